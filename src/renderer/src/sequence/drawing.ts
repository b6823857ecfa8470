// How an arrow is drawn, as strokes for the screen and for a saved picture. Colours are names in the theme.

import type { PacketKind } from '../../../shared/events'
import type { Point } from '../ui/point'
import type { Arrow } from './arrows'

export type Ink =
  | 'packet0'
  | 'packet1'
  | 'packet2'
  | 'packetError'
  | 'ink'
  | 'muted'
  | 'line'
  | 'panel'

/** A path in SVG's syntax. */
export interface Stroke {
  d: string
  ink: Ink
  /** The line's width in pixels; without one, the path is filled. */
  width?: number
  dash?: string
  /** Filled with the panel's colour under the line, for a hollow shape. */
  hollow?: boolean
}

/** Pixels at the usual size of text; everything scales with it. */
const ROW = 18
const LINE = 1.6
const HEAD = { length: 8, half: 3.6 }
const SHAPE = 5
const CROSS = 5.5

export const INKS: Record<PacketKind, Ink> = {
  0: 'packet0',
  1: 'packet1',
  2: 'packet2',
  error: 'packetError',
}

export function drawArrow(arrow: Arrow, row: number): Stroke[] {
  const size = row / ROW
  const { path, hold, end, packet } = arrow
  const ink = INKS[packet.kind]
  const width = LINE * size
  const strokes: Stroke[] = [{ d: pathOf(path), ink, width, ...dashed(arrow, size) }]
  if (hold) strokes.push(...holdMarks(hold, ink, size))
  strokes.push(...endMarks(arrow, ink, size))
  const isOpen = end === 'flying' || end === 'held'
  const shape: Stroke = { d: shapeOf(packet.kind, arrow.shape, SHAPE * size), ink }
  // A cross has no area to fill.
  if (packet.kind === 'error') strokes.push({ ...shape, width: 2.6 * size })
  else strokes.push(isOpen ? { ...shape, width, hollow: true } : shape)
  return strokes
}

/** An attempt that did not reach its server: a line to the server's lifeline, and a cross on it. */
export function drawAttempt({ from, to }: { from: Point; to: Point }, row: number): Stroke[] {
  const size = row / ROW
  return [
    { d: pathOf([from, to]), ink: 'muted', width: LINE * size, dash: `${2 * size} ${3 * size}` },
    { d: shapeOf('error', to, CROSS * size), ink: 'packetError', width: 2.4 * size },
  ]
}

/** The line alone, for finding it with the pointer. */
export function pathOf(path: readonly Point[]): string {
  return path.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}

/** Around (x, y): circle, square, triangle or cross, as everywhere in the app. */
export function shapeOf(kind: PacketKind, { x, y }: Point, radius: number): string {
  const at = (dx: number, dy: number) => `${round(x + dx * radius)} ${round(y + dy * radius)}`
  switch (kind) {
    case 0:
      return `M${at(-1, 0)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`
    case 1:
      return `M${at(-0.92, -0.92)}L${at(0.92, -0.92)}L${at(0.92, 0.92)}L${at(-0.92, 0.92)}Z`
    case 2:
      return `M${at(0, -1.08)}L${at(1.13, 0.92)}L${at(-1.13, 0.92)}Z`
    case 'error':
      return `M${at(-0.83, -0.83)}L${at(0.83, 0.83)}M${at(0.83, -0.83)}L${at(-0.83, 0.83)}`
  }
}

function dashed({ hold, end }: Arrow, size: number): { dash?: string } {
  return hold || end === 'held' ? { dash: `${5 * size} ${3.5 * size}` } : {}
}

/** A bar beside the time for which the packet was held, and the halo around its shape. */
function holdMarks([top, bottom]: readonly [Point, Point], ink: Ink, size: number): Stroke[] {
  const half = 4 * size
  const bar = (y: number) => `M${round(top.x - half)} ${round(y)}h${2 * half}`
  return [
    { d: `${bar(top.y)}${bar(bottom.y)}`, ink, width: LINE * size },
    {
      d: shapeOf(0, top, SHAPE * 1.9 * size),
      ink,
      width: 1.3 * size,
      dash: `${2.6 * size} ${2.5 * size}`,
      hollow: true,
    },
  ]
}

function endMarks({ path, end, hold }: Arrow, ink: Ink, size: number): Stroke[] {
  const last = path.at(-1)
  const before = path.at(-2)
  if (!last || !before) return []
  switch (end) {
    case 'arrived':
      return [{ d: headOf(before, last, size), ink }]
    case 'lost':
      return [{ d: shapeOf('error', last, CROSS * size), ink: 'ink', width: 2 * size }]
    case 'flying':
      return [{ d: openHead(before, last, size), ink, width: LINE * size }]
    case 'held':
      return hold ? [] : [{ d: openHead(before, last, size), ink, width: LINE * size }]
  }
}

/** The unit vector of the line's last piece. */
function direction(before: Point, last: Point): Point {
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1
  return { x: (last.x - before.x) / length, y: (last.y - before.y) / length }
}

function corners(before: Point, last: Point, size: number): [Point, Point] {
  const { x, y } = direction(before, last)
  const back = { x: last.x - x * HEAD.length * size, y: last.y - y * HEAD.length * size }
  const half = HEAD.half * size
  return [
    { x: back.x - y * half, y: back.y + x * half },
    { x: back.x + y * half, y: back.y - x * half },
  ]
}

function headOf(before: Point, last: Point, size: number): string {
  const [one, other] = corners(before, last, size)
  return `${pathOf([last, one, other])}Z`
}

/** Two barbs, for a packet in flight. */
function openHead(before: Point, last: Point, size: number): string {
  const [one, other] = corners(before, last, size)
  return pathOf([one, last, other])
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
