// The shapes of servers' standings: on cards, exits of the roundabout, in the table and in the inspector. Each differs
// from the others without colour.
import type { Standing } from '../../../shared/state/standing'
import './standing.css'

type StandingKind = Standing['kind']

/** Decoration beside words, and so without an accessible name. */
export function StandingIcon({ kind, size = 12 }: { kind: StandingKind; size?: number }) {
  return (
    <svg
      className={`standing-icon is-${kind}`}
      width={size}
      height={size}
      viewBox="-8 -8 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <StandingShape kind={kind} />
    </svg>
  )
}

/** Within 16 × 16 units around 0, 0: lines of `currentColor`, and areas of class `solid`. */
export function StandingShape({ kind }: { kind: StandingKind }) {
  switch (kind) {
    case 'up':
      return <circle className="solid" r="5" />
    case 'seen':
      return <circle r="4.5" />
    case 'down':
      // A cross in a square.
      return <path d="M-6-6H6V6H-6ZM-3-3 3 3M3-3-3 3" />
    case 'failing':
      // An hourglass: its time runs.
      return <path d="M-5-6.5H5L-5 6.5H5Z" />
    case 'ejected':
      // The sign for ejecting.
      return <path className="solid" d="M0-7 6.5 1H-6.5ZM-6.5 3.5h13v3h-13Z" />
    case 'open':
      // An open switch.
      return <path d="M-7.5 3H-4L4-4M4 3h3.5" />
    case 'halfOpen':
      return (
        <>
          <circle r="5.5" />
          <path className="solid" d="M0-5.5A5.5 5.5 0 0 1 0 5.5Z" />
        </>
      )
    case 'trial':
      return (
        <>
          <circle r="6" strokeDasharray="2.6 2.1" />
          <circle className="solid" r="2" />
        </>
      )
    case 'draining':
      // What is left runs out.
      return <path d="M-6.5-6H6.5L1.5 1V6.5L-1.5 5V1Z" />
    case 'full':
      // A full stack.
      return <path className="solid" d="M-6-6.5H6v3.4H-6ZM-6-1.7H6V1.7H-6ZM-6 3.1H6v3.4H-6Z" />
    case 'checking':
      return <path d="M0-6.5 6.5 0 0 6.5-6.5 0Z" />
    case 'slow':
      // Steps.
      return <path className="solid" d="M-7 6.5V3h3.6v3.5ZM-1.8 6.5v-7h3.6v7ZM3.4 6.5v-12H7v12Z" />
    case 'backup':
      // One behind another.
      return <path d="M-6.5-3H3V6.5H-6.5ZM-3-3V-6.5H6.5V3H3" />
    case 'unknown':
      return <path d="M-3-3.5A3.2 3.2 0 1 1 0 .8V2.5M0 5.6V6" />
  }
}
