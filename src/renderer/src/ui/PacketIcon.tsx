// The shapes of packets, the same as on the canvas: circle, square, triangle, cross.
import type { PacketKind } from '../../../shared/events'
import './packet-icon.css'

interface PacketIconProps {
  kind: PacketKind
  /** Pixels. */
  size?: number
}

/** Decoration beside words, and so without an accessible name. */
export function PacketIcon({ kind, size = 14 }: PacketIconProps) {
  return (
    <svg
      className={`packet-icon packet-icon-${kind}`}
      width={size}
      height={size}
      viewBox="-8 -8 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <Shape kind={kind} />
    </svg>
  )
}

/** The dashed halo of a packet that is held or stopped. */
export function HaloIcon({ size = 14 }: { size?: number }) {
  return (
    <svg
      className="packet-icon packet-icon-halo"
      width={size}
      height={size}
      viewBox="-8 -8 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <circle r="6.5" fill="none" strokeWidth="1.6" strokeDasharray="2.6 2.5" />
    </svg>
  )
}

/** The halo with the glow that sets a held packet apart from one that is stopped with time. */
export function HeldIcon({ size = 14 }: { size?: number }) {
  return (
    <svg
      className="packet-icon packet-icon-halo"
      width={size}
      height={size}
      viewBox="-8 -8 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <circle r="6.5" fill="currentColor" fillOpacity="0.3" stroke="none" />
      <circle r="6.5" fill="none" strokeWidth="1.6" strokeDasharray="2.6 2.5" />
      <circle r="2.6" fill="currentColor" stroke="none" />
    </svg>
  )
}

function Shape({ kind }: { kind: PacketKind }) {
  switch (kind) {
    case 0:
      return <circle r="6" />
    case 1:
      return <rect x="-5.5" y="-5.5" width="11" height="11" rx="1" />
    case 2:
      return <path d="M0-6.5 6.8 5.5H-6.8Z" />
    case 'error':
      return <path d="M-5-5 5 5M5-5-5 5" fill="none" strokeWidth="3.4" strokeLinecap="round" />
  }
}
