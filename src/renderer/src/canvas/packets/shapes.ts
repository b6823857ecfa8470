// The shapes of packets, distinct without colour: circle, square, triangle along its way, cross.
import type { PacketKind } from '../../../../shared/events'
import { mostRadiusIn } from '../links/lanes'
import type { Palette } from './messages'

type Pen = Pick<OffscreenCanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'closePath'>

/** Half the width of the cross's arms, to its radius. */
const ARM = 0.3

/** The opacity of a faint packet. */
export const FAINT = 0.22

/** Few packets are large, many are small, with a smooth transition; CSS pixels at zoom 1. */
const RADIUS = { few: 9, many: 3, fewUpTo: 40, manyFrom: 500 } as const
/** Zoomed out, packets shrink with the nodes down to this zoom, then only as far as to cover no card beside their link. */
const LEAST_ZOOM = 0.5
/** CSS pixels: smaller ones would not be seen. */
const LEAST_RADIUS = 1.5

/** The radius for this many visible packets in lanes like this, in CSS pixels on the screen at this zoom. */
export function radiusFor(count: number, zoom: number, lane: number): number {
  const { few, many, fewUpTo, manyFrom } = RADIUS
  const crowd = Math.log(Math.max(count, 1) / fewUpTo) / Math.log(manyFrom / fewUpTo)
  const wanted = (few + (many - few) * Math.min(1, Math.max(0, crowd))) * Math.max(zoom, LEAST_ZOOM)
  return Math.min(wanted, Math.max(mostRadiusIn(lane) * zoom, LEAST_RADIUS))
}

/** The radius of packets in flow units, for finding the one under the pointer. */
export function reachFor(count: number, zoom: number, lane: number): number {
  return radiusFor(count, zoom, lane) / zoom
}

export function colourOf(kind: PacketKind, palette: Palette): string {
  switch (kind) {
    case 0:
      return palette.packet0
    case 1:
      return palette.packet1
    case 2:
      return palette.packet2
    case 'error':
      return palette.packetError
  }
}

/** Adds a packet's outline to the path: around (x, y), heading along the unit vector (dx, dy). */
export function trace(
  pen: Pen,
  kind: PacketKind,
  x: number,
  y: number,
  radius: number,
  dx: number,
  dy: number,
): void {
  switch (kind) {
    case 0:
      pen.moveTo(x + radius, y)
      pen.arc(x, y, radius, 0, 2 * Math.PI)
      return
    case 1:
      polygon(pen, SQUARE, x, y, radius, 1, 0)
      return
    case 2:
      polygon(pen, TRIANGLE, x, y, radius, dx, dy)
      return
    case 'error':
      polygon(pen, CROSS, x, y, radius, Math.SQRT1_2, Math.SQRT1_2)
      return
  }
}

/** Corners for a radius of 1, heading along x. The shapes have similar areas, so that no kind looks heavier. */
type Corners = readonly (readonly [number, number])[]
const SQUARE: Corners = [
  [-0.9, -0.9],
  [0.9, -0.9],
  [0.9, 0.9],
  [-0.9, 0.9],
]
const TRIANGLE: Corners = [
  [1.3, 0],
  [-0.85, 1.15],
  [-0.85, -1.15],
]
const CROSS: Corners = [
  [ARM, ARM],
  [ARM, 1.25],
  [-ARM, 1.25],
  [-ARM, ARM],
  [-1.25, ARM],
  [-1.25, -ARM],
  [-ARM, -ARM],
  [-ARM, -1.25],
  [ARM, -1.25],
  [ARM, -ARM],
  [1.25, -ARM],
  [1.25, ARM],
]

function polygon(
  pen: Pen,
  corners: Corners,
  x: number,
  y: number,
  radius: number,
  dx: number,
  dy: number,
): void {
  let first = true
  for (const [along, aside] of corners) {
    const cornerX = x + radius * (along * dx - aside * dy)
    const cornerY = y + radius * (along * dy + aside * dx)
    if (first) pen.moveTo(cornerX, cornerY)
    else pen.lineTo(cornerX, cornerY)
    first = false
  }
  pen.closePath()
}
