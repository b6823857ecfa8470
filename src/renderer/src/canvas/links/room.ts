// How much room there is for words on a link. Pure.
import type { Point } from '../../ui/point'
import type { LinkPath } from './path'

/** With this many links, they lie close together, and several share a part of their way. */
const MANY_LINKS = 17

/** Whether links lie too close together for words; `zoom`: pixels of a label to a flow unit. */
export function isCrowded(links: number, zoom: number): boolean {
  return links >= MANY_LINKS && zoom < 1
}

/** From left to right, in flow units. */
export interface LinkSpan {
  readonly from: number
  readonly to: number
}

export function spanOf(path: LinkPath): LinkSpan {
  const xs = path.flatMap(([start, , , end]) => [start.x, end.x])
  return { from: Math.min(...xs), to: Math.max(...xs) }
}

/** The width of words around a point that stay on the link. */
export function roomAround({ x }: Point, { from, to }: LinkSpan): number {
  return 2 * Math.max(0, Math.min(x - from, to - x))
}

/** The part of the way from left to right, 0 to 1; the middle of a link that is upright. */
export function partOf({ from, to }: LinkSpan, { x }: Point): number {
  return to - from < 1 ? 0.5 : Math.min(1, Math.max(0, (x - from) / (to - from)))
}
