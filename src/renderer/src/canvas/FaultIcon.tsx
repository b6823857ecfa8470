// The shapes of a link's faults: that of the fault, a bolt for several, and an arrow to where the bytes go that meet them.
import type { LinkFault } from '../../../shared/link-fault'
import { HarmIcon } from '../ui/HarmIcon'

const TURNED = { right: 0, down: 90, left: 180, up: 270 } as const

export type ArrowWay = keyof typeof TURNED

export function FaultIcon({ kinds: [first, ...others] }: { kinds: readonly LinkFault['fault'][] }) {
  return first === undefined || others.length > 0 ? <Bolt /> : <HarmIcon fault={first} />
}

export function Bolt() {
  return (
    <svg className="fault-bolt" viewBox="-7 -12 14 24" aria-hidden="true" focusable="false">
      <path d="M2 -11 L-6 2 L-0.5 2 L-2 11 L6 -2 L0.5 -2 Z" />
    </svg>
  )
}

export function WayArrow({ to }: { to: ArrowWay }) {
  return (
    <svg
      className="fault-arrow"
      viewBox="-5 -6 10 12"
      data-to={to}
      aria-hidden="true"
      focusable="false"
    >
      <path d="M-4 -5 L4.5 0 L-4 5 Z" transform={`rotate(${TURNED[to]})`} />
    </svg>
  )
}
