// The shape of a health check: a hollow diamond; of a passed one filled, of a failed one crossed out.
import './check-icon.css'

interface CheckIconProps {
  result?: 'passed' | 'failed'
  /** Pixels. */
  size?: number
}

/** Decoration beside words, and so without an accessible name. */
export function CheckIcon({ result, size = 14 }: CheckIconProps) {
  return (
    <svg
      className={`check-icon ${result === undefined ? '' : `is-${result}`}`}
      width={size}
      height={size}
      viewBox="-8 -8 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M0-6 6 0 0 6-6 0Z" />
      {result === 'failed' && <path d="M-6.5-6.5 6.5 6.5" />}
    </svg>
  )
}
