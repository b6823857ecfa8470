// The roundabout's geometry: a ring per policy around a hub, divided into the exits of its servers. Angles are degrees
// clockwise from twelve o'clock; the centre is 0, 0. Pure, and so tested without a screen.
import type { Point } from '../ui/point'

/** With more rings, the exits would be too thin for labels: the policies then have small rings (mini-rings.ts). */
export const MAX_RINGS = 6

export const LEAST_RADIUS = 112
/** The hub has room for three lines of text. */
const HUB_RADIUS = 62
/** Between the outermost ring and the roundabout's rim. */
export const KERB = 6
const GAP_BETWEEN_RINGS = 3
const THICKEST_RING = 32
/** The least length of an exit along the circumference, until the roundabout has its greatest radius. */
const LEAST_EXIT_LENGTH = 3
const LARGEST_RADIUS_FOR_EXITS = 180
/** A label's text as usual, in flow units. A bold face: a character's width and the text's height, to its size. */
const LABEL_TEXT = 12
const CHARACTER_WIDTH = 0.617
const TEXT_HEIGHT = 0.917
const SPARSEST_LABELS = 8

export interface Band {
  readonly inner: number
  readonly outer: number
}

export interface RoundaboutShape {
  /** Links end on this circle. */
  readonly radius: number
  readonly hubRadius: number
  /** Outermost first. */
  readonly bands: readonly Band[]
  /** The top left corners of the small rings' cells, in reading order; none where there are bands. */
  readonly cells: readonly Point[]
}

export interface Exit {
  readonly start: number
  readonly middle: number
  readonly end: number
}

/** The roundabout for up to MAX_RINGS rings, of which the most crowded has `mostExits` exits. */
export function roundaboutShape(count: number, mostExits: number): RoundaboutShape {
  const pitch = count <= 2 ? 25 : count <= 4 ? 22 : 19
  const radiusForExits = Math.min(
    (mostExits * LEAST_EXIT_LENGTH) / (2 * Math.PI) + KERB,
    LARGEST_RADIUS_FOR_EXITS,
  )
  const radius = Math.ceil(
    Math.max(LEAST_RADIUS, HUB_RADIUS + KERB + count * pitch, radiusForExits),
  )
  if (count === 0) return { radius, hubRadius: radius - KERB, bands: [], cells: [] }
  const thickness = Math.min(
    THICKEST_RING,
    (radius - KERB - HUB_RADIUS) / count - GAP_BETWEEN_RINGS,
  )
  const bands = Array.from({ length: count }, (_, index) => {
    const outer = radius - KERB - index * (thickness + GAP_BETWEEN_RINGS)
    return { inner: outer - thickness, outer }
  })
  const innermost = bands[count - 1]?.inner ?? radius
  return { radius, hubRadius: innermost - GAP_BETWEEN_RINGS, bands, cells: [] }
}

/** The exit at `index` of `of`: the first one is centred at twelve o'clock, the others follow clockwise. */
export function exitAt(index: number, of: number): Exit {
  const width = 360 / of
  const middle = index * width
  return { start: middle - width / 2, middle, end: middle + width / 2 }
}

/** An exit for each server, as wide as its weight; equal weights have those of `exitAt`. */
export function exitsFor(servers: readonly { readonly weight: number }[]): readonly Exit[] {
  const first = servers[0]?.weight ?? 1
  if (servers.every(({ weight }) => weight === first)) {
    return servers.map((_, index) => exitAt(index, servers.length))
  }
  const total = servers.reduce((sum, { weight }) => sum + weight, 0)
  let end = -(first / total) * 180
  return servers.map(({ weight }) => {
    const start = end
    const width = (weight / total) * 360
    end = start + width
    return { start, middle: start + width / 2, end }
  })
}

/** The part of a band from its inner edge, for a level from 0 to 1. */
export function levelBand({ inner, outer }: Band, level: number): Band {
  return { inner, outer: inner + (outer - inner) * level }
}

export function pointAt(radius: number, angle: number): Point {
  const radians = ((angle - 90) * Math.PI) / 180
  return { x: radius * Math.cos(radians), y: radius * Math.sin(radians) }
}

/**
 * An arc segment of a band as an SVG path. `gap` is the space left free at its two ends, in flow units along the
 * middle of the band; a segment that would vanish keeps a third of its width.
 */
export function segmentPath(band: Band, exit: Exit, gap: number): string {
  const width = exit.end - exit.start
  const middleRadius = (band.inner + band.outer) / 2
  const gapAngle = Math.min((gap / middleRadius) * (180 / Math.PI), (width * 2) / 3)
  return arcPath(band, exit.start + gapAngle / 2, exit.end - gapAngle / 2)
}

function arcPath({ inner, outer }: Band, start: number, end: number): string {
  // SVG draws no arc that ends where it starts, so that a full ring is two halves.
  if (end - start >= 359.99) {
    const half = start + 180
    return `${arcPath({ inner, outer }, start, half)}${arcPath({ inner, outer }, half, start + 359.98)}`
  }
  const large = end - start > 180 ? 1 : 0
  return (
    `M${written(pointAt(outer, start))}A${outer} ${outer} 0 ${large} 1 ${written(pointAt(outer, end))}` +
    `L${written(pointAt(inner, end))}A${inner} ${inner} 0 ${large} 0 ${written(pointAt(inner, start))}Z`
  )
}

/** The gap between two exits, which shrinks with the exits. */
export function gapFor(band: Band, exits: number): number {
  if (exits < 2) return 0
  const length = (Math.PI * (band.inner + band.outer)) / exits
  return Math.min(6, Math.max(0.6, length * 0.12))
}

/** The width of the gliding segment in degrees: its exit's width, but at least a visible one. */
export function pointerWidth(band: Band, exit: Exit): number {
  const leastAngle = (5 / ((band.inner + band.outer) / 2)) * (180 / Math.PI)
  return Math.max(widthOf(exit), leastAngle)
}

/** The angle to turn to so that the pointer, now at `from`, arrives at `to` by turning clockwise. */
export function turnClockwise(from: number, to: number): number {
  const turn = (((to - from) % 360) + 360) % 360
  // A tiny turn back, from rounding, counts as no turn.
  return turn > 359.9 ? from : from + turn
}

interface LabelPlan {
  /** One exit of this many is labelled. */
  readonly every: number
  readonly characters: number
}

/**
 * Which exits are labelled, and with how many characters at most. Where exits are narrow, only every second, third …
 * eighth one is labelled. There are no labels where even that is too crowded, or the band is too thin for text.
 */
export function labelPlan(
  band: Band,
  exits: number,
  longestLabel: number,
  textSize = LABEL_TEXT,
): LabelPlan | undefined {
  const characterWidth = CHARACTER_WIDTH * textSize
  const textHeight = TEXT_HEIGHT * textSize
  const thickness = band.outer - band.inner
  if (thickness < textHeight + 2 || exits < 1) return undefined
  const radius = (band.inner + band.outer) / 2
  // Straight text in a round band: its corners must stay within the band.
  const spare = (thickness - textHeight) / 2 + 1
  const chord = 2 * Math.sqrt(radius ** 2 - (radius - spare) ** 2)
  const characters = Math.max(3, Math.min(longestLabel, Math.floor(chord / characterWidth)))
  const exitLength = (2 * Math.PI * radius) / exits
  const every = Math.ceil((characters * characterWidth + 4) / exitLength)
  return every > SPARSEST_LABELS ? undefined : { every, characters }
}

/** Whether the exit at `index` of `of` has a label; the last one keeps its distance from the first. */
export function isLabelled({ every }: LabelPlan, index: number, of: number): boolean {
  return index % every === 0 && of - index >= every
}

/**
 * The most characters of each exit's label; 0 for an exit without one. Where exits have different widths, those that are
 * wide enough have one.
 */
export function labelLengths(
  band: Band,
  exits: readonly Exit[],
  longestLabel: number,
  textSize = LABEL_TEXT,
): readonly number[] {
  const [first] = exits
  if (first === undefined) return []
  const of = exits.length
  const isEven = exits.every((exit) => Math.abs(widthOf(exit) - widthOf(first)) < 1e-6)
  if (isEven) {
    const plan = labelPlan(band, of, longestLabel, textSize)
    return exits.map((_, index) => (plan && isLabelled(plan, index, of) ? plan.characters : 0))
  }
  return exits.map((exit) => {
    const plan = labelPlan(band, 360 / widthOf(exit), longestLabel, textSize)
    return plan?.every === 1 ? plan.characters : 0
  })
}

function widthOf({ start, end }: Exit): number {
  return end - start
}

/** Between a label and the shape before it, and the shape's half width. */
const ICON = { gap: 4, half: 6 } as const

/**
 * Where the shape of a server's standing stands, from the middle of the label of this length that follows it; undefined
 * where the exit is too short for both.
 */
export function iconPlace(band: Band, exit: Exit, characters: number): number | undefined {
  const half = (characters * CHARACTER_WIDTH * LABEL_TEXT) / 2
  const place = half + ICON.gap + ICON.half
  const length = (widthOf(exit) / 360) * Math.PI * (band.inner + band.outer)
  return length / 2 > place + ICON.half ? -place : undefined
}

/** The transform that puts a label at its exit, along the ring, never upside down. */
export function labelTransform(band: Band, middle: number): string {
  const radius = (band.inner + band.outer) / 2
  const angle = ((middle % 360) + 360) % 360
  const upsideDown = angle > 90.01 && angle < 269.99
  const { x, y } = pointAt(radius, angle)
  return `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${(upsideDown ? angle - 180 : angle).toFixed(2)})`
}

function written({ x, y }: Point): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`
}
