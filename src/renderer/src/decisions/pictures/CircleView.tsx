// The whole ring of a ring hash: every server's points, those of the chosen one longer, and the key's own place.
import type { Circle } from './picture'

const OUTER = 46
const TICK = 5
const LONG_TICK = 12

export function CircleView({ chosen, others, at, to }: Circle) {
  const key = written(OUTER + 7, at)
  return (
    <svg className="drawing-circle" viewBox="-60 -60 120 120" aria-hidden="true">
      <path className="drawing-ticks" d={others.map((share) => tick(share, TICK)).join('')} />
      <path
        className="drawing-ticks is-chosen"
        d={chosen.map((share) => tick(share, LONG_TICK)).join('')}
      />
      <path className="drawing-hand" d={`M0 0L${written(OUTER, to)}`} />
      <path className="drawing-diamond" d="M0 -5L5 0L0 5L-5 0Z" transform={`translate(${key})`} />
    </svg>
  )
}

function tick(share: number, length: number): string {
  return `M${written(OUTER, share)}L${written(OUTER - length, share)}`
}

/** From twelve o'clock, clockwise. */
function written(radius: number, share: number): string {
  const angle = 2 * Math.PI * share
  return `${(radius * Math.sin(angle)).toFixed(1)} ${(-radius * Math.cos(angle)).toFixed(1)}`
}
