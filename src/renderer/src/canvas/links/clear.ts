// Whether a curve keeps its distance from cards.
import type { Rect } from '../geometry'
import { type Cubic, coordinateAt } from './path'

/** Flow units between a link and a card that it does not belong to: room for packets in the lanes of both directions. */
export const CLEARANCE = 16

/** Flow units, at most, between the points that are looked at near a card. */
const STEP = 6

/** Whether each point of the curve is this far from each card but its own. */
export function isClear(
  cubic: Cubic,
  cards: readonly Rect[],
  clearance: number,
  own?: Rect,
): boolean {
  const near = cardsNear(cubic, cards, clearance).filter((card) => card !== own)
  if (near.length === 0) return true
  const [p0, p1, p2, p3] = cubic
  const fastest =
    3 *
    Math.max(
      Math.hypot(p1.x - p0.x, p1.y - p0.y),
      Math.hypot(p2.x - p1.x, p2.y - p1.y),
      Math.hypot(p3.x - p2.x, p3.y - p2.y),
    )
  const steps = Math.max(1, Math.ceil(fastest / STEP))
  for (let step = 0; ; ) {
    const t = step / steps
    const x = coordinateAt(p0.x, p1.x, p2.x, p3.x, t)
    const y = coordinateAt(p0.y, p1.y, p2.y, p3.y, t)
    let least = Number.POSITIVE_INFINITY
    for (const card of near) least = Math.min(least, distanceTo(card, x, y))
    if (least < clearance) return false
    if (step === steps) return true
    // The curve moves by at most STEP in a step, so it cannot reach a card within the steps that are skipped.
    step = Math.min(steps, step + Math.max(1, Math.floor((least - clearance) / STEP)))
  }
}

/** The cards in the rectangle around the curve's control points. */
function cardsNear([p0, p1, p2, p3]: Cubic, cards: readonly Rect[], clearance: number): Rect[] {
  const left = Math.min(p0.x, p1.x, p2.x, p3.x) - clearance
  const right = Math.max(p0.x, p1.x, p2.x, p3.x) + clearance
  const top = Math.min(p0.y, p1.y, p2.y, p3.y) - clearance
  const bottom = Math.max(p0.y, p1.y, p2.y, p3.y) + clearance
  return cards.filter(
    ({ x, y, width, height }) => x < right && y < bottom && x + width > left && y + height > top,
  )
}

function distanceTo({ x, y, width, height }: Rect, pointX: number, pointY: number): number {
  const dx = Math.max(x - pointX, 0, pointX - x - width)
  const dy = Math.max(y - pointY, 0, pointY - y - height)
  return Math.sqrt(dx * dx + dy * dy)
}
