// What a drag on the canvas does: nodes follow the pointer as far as they cover no card and no title. An operator's drag ends with a
// command, so that the place belongs to the lab; everybody else's belongs to this window.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { run } from '../actions/run'
import { useLab } from '../lab/lab'
import { refusalNow } from '../past/past'
import type { Point } from '../ui/point'
import { centreOf, type Rect } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { nearestFree } from './placing'
import { useViewState } from './view-state'

type Nodes = Omit<GraphLayout, 'links'>

/** The new middles of the nodes that move when the element `id` is dragged `to` here, its top left corner. */
export function placesAfterDrag(layout: Nodes, id: string, to: Point): Map<NodeId, Point> {
  const box = layout.boxes.find(({ policy }) => id === `policy:${policy}`)
  const members = box ? box.members : [id]
  const from = box?.rect ?? rectOf(layout, id)
  if (!from) return new Map()
  const others = new Map<string, Rect>([[PROXY, layout.proxy], ...layout.actors])
  for (const member of members) others.delete(member)
  for (const { policy, members: servers, title } of layout.boxes) {
    const isForeign = !members.some((member) => servers.includes(member))
    if (isForeign) others.set(`title:${policy}`, title)
  }
  const free = nearestFree(id, { ...from, ...to }, others)
  const [dx, dy] = [free.x - from.x, free.y - from.y]
  return new Map(
    members.flatMap((member) => {
      const rect = rectOf(layout, member)
      return rect ? [[member, middleOf(rect, dx, dy)] as const] : []
    }),
  )
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
