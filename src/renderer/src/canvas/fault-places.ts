// Where the marks of harmed links stand, and how large they are: no two over one another, at any zoom. Pure.
import type { NodeId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { overlaps, type Rect } from './geometry'
import type { LinkHarm } from './link-harm'
import type { LinkPath } from './links/path'
import { isCrowded, roomAround, spanOf } from './links/room'
import { pointOnLink } from './packets/curves'

interface MarkedLink {
  readonly node: NodeId
  readonly harm: Pick<LinkHarm, 'short' | 'names'>
  readonly path: LinkPath
  /** How many arrows the mark has. */
  readonly arrows: number
}

export interface FaultPlace {
  readonly node: NodeId
  /** Its middle, in flow units. */
  readonly at: Point
  /** Undefined: the shapes stand alone. */
  readonly words: string | undefined
  /** Without a border, its arrows under its shape. */
  readonly isNarrow: boolean
  /** Less than 1 where there is no room for its usual size. */
  readonly scale: number
  /** In pixels of a label. */
  readonly rect: Rect
}

/** Parts of the way from the node to the proxy, the best first. */
const PARTS = [0.45, 0.3, 0.6, 0.2, 0.75]
/** Among many links, beside the node: farther on, links share their way. */
const PARTS_CROWDED = [0.06, 0.14, 0.3]
/** Pixels, as in fault-marks.css. */
const WIDE = { height: 20, empty: 25, arrow: 13, character: 7, beforeWords: 4 } as const
const NARROW = { width: 18, height: 22 } as const
const SCALES = [1, 0.75, 0.5, 0.35, 0.25, 0.15, 0.1]

/**
 * @param zoom pixels of a label to a flow unit
 * @param switches the rectangles of power switches, in pixels of a label
 */
export function faultPlaces(
  harmed: readonly MarkedLink[],
  links: number,
  zoom: number,
  switches: readonly Rect[] = [],
): FaultPlace[] {
  const crowded = isCrowded(links, zoom)
  let places: FaultPlace[] = []
  for (const scale of SCALES) {
    const placed = placedAt(harmed, zoom, { crowded, scale, switches })
    places = placed.places
    if (placed.isFree) break
  }
  return places
}

interface Look {
  readonly crowded: boolean
  readonly scale: number
  readonly switches: readonly Rect[]
}

/** Whether each has a place of its own at this scale, and the places. */
function placedAt(
  harmed: readonly MarkedLink[],
  zoom: number,
  look: Look,
): { places: FaultPlace[]; isFree: boolean } {
  const places: FaultPlace[] = []
  const taken = [...look.switches]
  let isFree = true
  for (const link of harmed) {
    const all = candidates(link, zoom, look)
    const free = all.find(({ rect }) => !taken.some((other) => overlaps(rect, other)))
    const place = free ?? all[0]
    if (place === undefined) continue
    places.push(place)
    taken.push(place.rect)
    isFree &&= free !== undefined
  }
  return { places, isFree }
}

/** The best first. */
function candidates(link: MarkedLink, zoom: number, { crowded, scale }: Look): FaultPlace[] {
  const narrow = PARTS_CROWDED.map((part) => placeOf(link, part, zoom, { isNarrow: true, scale }))
  if (crowded || scale < 1) return narrow
  const [usual = 0] = PARTS
  const room = roomAround(pointOnLink(link.path, usual), spanOf(link.path)) * zoom
  const withWords = [link.harm.short, link.harm.names]
    .map((words) => placeOf(link, usual, zoom, { words }))
    .filter(({ rect }) => rect.width <= room)
  return [...withWords, ...PARTS.map((part) => placeOf(link, part, zoom, {})), ...narrow]
}

interface Form {
  readonly words?: string
  readonly isNarrow?: boolean
  readonly scale?: number
}

function placeOf(
  { node, path, arrows }: MarkedLink,
  part: number,
  zoom: number,
  { words, isNarrow = false, scale = 1 }: Form,
): FaultPlace {
  const at = pointOnLink(path, part)
  const ofWords = words === undefined ? 0 : WIDE.beforeWords + words.length * WIDE.character
  const full = isNarrow
    ? NARROW
    : { width: WIDE.empty + arrows * WIDE.arrow + ofWords, height: WIDE.height }
  const width = full.width * scale
  const height = full.height * scale
  const rect = { x: at.x * zoom - width / 2, y: at.y * zoom - height / 2, width, height }
  return { node, at, words, isNarrow, scale, rect }
}
