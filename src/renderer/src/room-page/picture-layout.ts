// Where everything is in the small picture of the lab, in units of its view box: clients at the left, the proxy in the middle,
// servers at the right.
import type { ClassPicture } from '../../../shared/room/class-picture'
import { PROXY_INDEX } from '../../../shared/room/class-picture'

export const WIDTH = 360
const [TOP, ROW, LEAST_ROW, MOST_HEIGHT] = [10, 42, 15, 400]
export const [CLIENT_WIDTH, SERVER_WIDTH, PROXY_RADIUS] = [88, 92, 46]
const [CLIENT_RIGHT, SERVER_LEFT, MIDDLE] = [CLIENT_WIDTH + 4, WIDTH - SERVER_WIDTH - 4, 170]

export interface PictureLayout {
  readonly height: number
  readonly middle: number
  /** The middles of the nodes, by their index. */
  readonly ys: readonly number[]
  /** The height of a client's and of a server's row. */
  readonly rows: readonly [number, number]
}

export function layOutPicture({
  nodes,
  clients,
}: Pick<ClassPicture, 'nodes' | 'clients'>): PictureLayout {
  const servers = nodes.length - clients
  const rowOf = (count: number) =>
    Math.max(LEAST_ROW, Math.min(ROW, MOST_HEIGHT / Math.max(1, count)))
  const rows = [rowOf(clients), rowOf(servers)] as const
  const inner = Math.max(clients * rows[0], servers * rows[1], 2 * PROXY_RADIUS + 20)
  const column = (count: number, row: number) =>
    Array.from({ length: count }, (_, at) => TOP + (inner - count * row) / 2 + (at + 0.5) * row)
  return {
    height: inner + 2 * TOP,
    middle: TOP + inner / 2,
    ys: [...column(clients, rows[0]), ...column(servers, rows[1])],
    rows,
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The ends of the link between a node and the proxy, at the node and at the proxy. */
export function linkEnds(layout: PictureLayout, node: number, clients: number): [Point, Point] {
  const isClient = node < clients
  const y = layout.ys[node] ?? layout.middle
  const share = (y - layout.middle) / (layout.height / 2)
  const side = isClient ? -1 : 1
  return [
    { x: isClient ? CLIENT_RIGHT : SERVER_LEFT, y },
    {
      x: MIDDLE + side * PROXY_RADIUS * Math.cos(share * 0.9),
      y: layout.middle + PROXY_RADIUS * Math.sin(share * 0.9),
    },
  ]
}

export const PROXY_X = MIDDLE

/** The curve of a link. */
export function linkPath([from, to]: readonly [Point, Point]): string {
  const middle = (from.x + to.x) / 2
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
}

/** The place on that curve, 0 at its beginning, 1 at its end. */
function pointOn([from, to]: readonly [Point, Point], progress: number): Point {
  const [p, q] = [progress, 1 - progress]
  const middle = (from.x + to.x) / 2
  return {
    x: q ** 3 * from.x + 3 * q * p * (q + p) * middle + p ** 3 * to.x,
    y: (q ** 3 + 3 * q * q * p) * from.y + (p ** 3 + 3 * q * p * p) * to.y,
  }
}

/** Where a packet is between two nodes, one of which is the proxy; undefined: not on the picture. */
export function packetPoint(
  layout: PictureLayout,
  clients: number,
  from: number,
  to: number,
  progress: number,
): Point | undefined {
  const node = from === PROXY_INDEX ? to : from
  if (node === PROXY_INDEX || layout.ys[node] === undefined) return undefined
  const ends = linkEnds(layout, node, clients)
  return pointOn(ends, from === PROXY_INDEX ? 1 - progress : progress)
}

/** How far a packet is on its link at this time, 0 to 1. */
export function progressAt(
  atMs: number,
  legAt: number,
  legFrom: number,
  dueAt: number,
  isHeld: boolean,
): number {
  if (isHeld) return legFrom
  if (dueAt <= legAt) return 1
  return Math.min(1, Math.max(0, legFrom + ((1 - legFrom) * (atMs - legAt)) / (dueAt - legAt)))
}
