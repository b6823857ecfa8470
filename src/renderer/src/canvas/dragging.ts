// What a drag on the canvas does: nodes follow the pointer as far as they cover no card and no other policy's box. An
// operator's drag ends with a command, so that the place belongs to the lab. Anybody else's place belongs to this window.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { run } from '../actions/run'
import { useLab } from '../lab/lab'
import { refusalNow } from '../past/past'
import type { Point } from '../ui/point'
import { centreOf, grown, type Rect } from './geometry'
import { type NodeLayout, rectOf } from './graph-layout'
import { nearestFree, withRoom } from './placing'
import { USUAL } from './spacing'
import { useViewState } from './view-state'

/** Flow units between a box and a card that does not belong to it, where links begin and end at their sides. */
const BETWEEN = { x: USUAL.groupGap, y: 8 } as const
const BETWEEN_BOXES = { x: USUAL.groupGap, y: USUAL.groupGap } as const

/** The new middles of the nodes that move when the element `id` is dragged `to` here, its top left corner. */
export function placesAfterDrag(layout: NodeLayout, id: string, to: Point): Map<NodeId, Point> {
  const box = layout.boxes.find((one) => one.id === id)
  const members = box ? box.members : [id]
  const from = box?.rect ?? rectOf(layout, id)
  if (!from) return new Map()
  const free = nearestFree({ ...from, ...to }, inTheWayOf(id, members, layout))
  const [dx, dy] = [free.x - from.x, free.y - from.y]
  return new Map(
    members.flatMap((member) => {
      const rect = rectOf(layout, member)
      return rect ? [[member, middleOf(rect, dx, dy)] as const] : []
    }),
  )
}

/** All nodes and boxes that this element must not cover, with the room that it leaves free around them. */
function inTheWayOf(id: string, members: readonly NodeId[], { actors, proxy, boxes }: NodeLayout) {
  const policy = boxes.find((box) => members.some((one) => box.members.includes(one)))?.policy
  const own = new Set(boxes.flatMap((box) => (box.policy === policy ? box.members : [])))
  // A server that leaves its box has one of its own around it.
  const isServer = own.has(id)
  const withBox = (rect: Rect) => (isServer ? [withRoomForBox(rect, BETWEEN)] : [])
  const cards = [...actors].flatMap(([other, rect]) => {
    if (members.includes(other)) return []
    const withWay = withRoom(rect, id, other)
    return own.has(other) ? [withWay] : [withWay, ...withBox(rect)]
  })
  const foreign = boxes.flatMap(({ policy: other, rect }) =>
    other === policy
      ? []
      : [isServer ? withRoomForBox(rect, BETWEEN_BOXES) : grown(rect, USUAL.groupGap)],
  )
  return [
    ...cards,
    ...foreign,
    ...(id === PROXY ? [] : [withRoom(proxy, id, PROXY), ...withBox(withReceipt(proxy))]),
  ]
}

function withReceipt({ x, y, width, height }: Rect): Rect {
  return { x, y: y - USUAL.caption, width, height: height + USUAL.caption }
}

/** Room for a card with a box around it, at this distance. Nodes are dragged in the usual layout alone. */
function withRoomForBox({ x, y, width, height }: Rect, around: Point): Rect {
  const { groupPadding, groupTitle } = USUAL
  return {
    x: x - groupPadding - around.x,
    y: y - groupPadding - around.y,
    width: width + 2 * (groupPadding + around.x),
    height: height + groupPadding + groupTitle + 2 * around.y,
  }
}

/** Whole numbers, which are easily read and changed in a scenario file. */
function middleOf(rect: Rect, dx: number, dy: number): Point {
  const { x, y } = centreOf(rect)
  return { x: Math.round(x + dx), y: Math.round(y + dy) }
}

/** Gives the lab the places of the nodes that this window has dragged. */
export async function endDrag(): Promise<void> {
  const { dragged } = useViewState.getState()
  if (dragged.size === 0 || refusalNow() !== undefined) return
  const places = [...dragged].map(([node, place]) => ({ node, ...place }))
  const before = useLab.getState().live.places
  const result = await run({ type: 'placeNodes', places, forgotten: [] })
  // Until the lab's own state has the places, this window's keep the nodes from jumping back.
  if (result.ok) await changeOf(before)
  useViewState.getState().forgetDragged([...dragged.keys()])
}

function changeOf(before: State['places']): Promise<void> {
  const hasChanged = () => useLab.getState().live.places !== before
  return new Promise((resolve) => {
    if (hasChanged()) return resolve()
    const stop = useLab.subscribe(() => {
      if (!hasChanged()) return
      stop()
      resolve()
    })
  })
}

/** Puts all nodes back into the tidy layout. */
export function forgetPlaces(): void {
  const forgotten = [...useLab.getState().live.places.keys()]
  if (forgotten.length === 0 || refusalNow() !== undefined) return
  void run({ type: 'placeNodes', places: [], forgotten })
}
