// The canvas's own memory: what was dragged where, whether the person has taken hold of the view, and which node is
// being edited in place. None of it is part of the lab's story.
import { create } from 'zustand'
import type { NodeId } from '../../../shared/ids'
import type { Point } from './geometry'

export interface Places {
  /** The top left corner of nodes that were dragged; the tidy layout has no say over these. */
  readonly dragged: ReadonlyMap<NodeId, Point>
  /** Width / height of what the tidy layout fills; undefined until the canvas has been measured. */
  readonly aspect: number | undefined
  /** Panned or zoomed by hand: the view then stays where it is when nodes are added. */
  readonly viewHeld: boolean
  readonly editing: NodeId | null
  drag(moved: Iterable<readonly [NodeId, Point]>): void
  /** Forgets what was dragged, and fits the layout to this aspect ratio. */
  tidyUp(aspect: number): void
  /** Forgets nodes that have left. */
  keepOnly(present: ReadonlySet<NodeId>): void
  setAspect(aspect: number): void
  holdView(viewHeld: boolean): void
  edit(node: NodeId | null): void
}

export const usePlaces = create<Places>((set) => ({
  dragged: new Map(),
  aspect: undefined,
  viewHeld: false,
  editing: null,
  drag: (moved) => set(({ dragged }) => ({ dragged: new Map([...dragged, ...moved]) })),
  tidyUp: (aspect) => set({ dragged: new Map(), aspect, viewHeld: false }),
  keepOnly: (present) =>
    set(({ dragged, editing }) => {
      const gone = [...dragged.keys()].some((id) => !present.has(id))
      return {
        // The same map where nobody has left: a new one would have the scene put together anew.
        dragged: gone ? new Map([...dragged].filter(([id]) => present.has(id))) : dragged,
        editing: editing !== null && present.has(editing) ? editing : null,
      }
    }),
  setAspect: (aspect) => set({ aspect }),
  holdView: (viewHeld) => set({ viewHeld }),
  edit: (editing) => set({ editing }),
}))
