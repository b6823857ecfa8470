// Where the power switch lies on the card of a server. Pure.
import type { Rect } from './geometry'
import { USUAL } from './spacing'

/** Pixels. */
export const SWITCH_SIZE = 24
/** Flow units of the card to the right of its words (power-switch.css). */
const ROOM = 32
/** Where the graph is smaller, the switch becomes smaller with it: it would cover the words of its card. */
const LEAST_ZOOM = 0.5

/** In flow units. Where it needs more room than there is, it reaches over the edge of the card and not over its words. */
export function switchRect({ x, y, width, height }: Rect, zoom: number): Rect {
  const size = SWITCH_SIZE / Math.max(zoom, LEAST_ZOOM)
  return {
    x: x + width - ROOM / 2 - size / 2,
    y: y + (height - size) / 2,
    width: size,
    height: size,
  }
}

/** Those of all servers that are drawn as cards. */
export function switchRects(actors: ReadonlyMap<string, Rect>, zoom: number): Rect[] {
  return [...actors]
    .filter(([id, { width }]) => id.startsWith('server:') && width === USUAL.servers.card.width)
    .map(([, rect]) => switchRect(rect, zoom))
}
