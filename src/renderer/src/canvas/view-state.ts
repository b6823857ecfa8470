// The canvas's own state: where nodes were dragged, whether a person moved the view, and which node is edited in place.
// No recording contains it.

import { create } from 'zustand'
import type { NodeId } from '../../../shared/ids'
import type { Point } from '../ui/point'

interface ViewState {
  /** The middles of nodes that this window has dragged: those that the lab does not know yet, or not from a viewer. */
  readonly dragged: ReadonlyMap<NodeId, Point>
  /** Width / height of the area that the tidy layout fills; undefined until the canvas is measured. */
  readonly aspect: number | undefined
  /** How often the layout began anew. */
  readonly tidied: number
  /** Whether a person panned or zoomed: then new nodes do not move the view. */
  readonly viewHeld: boolean
  readonly editing: NodeId | null
  /** The crowd whose clients are shown. */
  readonly unfolded: NodeId | null
  /** The folded group whose menu is open. */
  readonly group: NodeId | null
  drag(moved: Iterable<readonly [NodeId, Point]>): void
  /** Forgets the dragged places, and fits the layout to this aspect ratio. */
  tidyUp(aspect: number): void
  forgetDragged(nodes: readonly NodeId[]): void
  /** Forgets nodes that have left. */
  keepOnly(present: ReadonlySet<NodeId>): void
  setAspect(aspect: number): void
  holdView(viewHeld: boolean): void
  edit(node: NodeId | null): void
  unfold(node: NodeId | null): void
  openGroup(group: NodeId | null): void
}

/** Shows the clients of this crowd, or folds it. */
export function toggleCrowd(node: NodeId): void {
  const { unfolded, unfold } = useViewState.getState()
  unfold(unfolded === node ? null : node)
}

export const useViewState = create<ViewState>((set) => ({
  dragged: new Map(),
  aspect: undefined,
  tidied: 0,
  viewHeld: false,
  editing: null,
  unfolded: null,
  group: null,
  drag: (moved) => set(({ dragged }) => ({ dragged: new Map([...dragged, ...moved]) })),
  tidyUp: (aspect) =>
    set(({ tidied }) => ({
      dragged: new Map(),
      aspect,
      tidied: tidied + 1,
      viewHeld: false,
    })),
  forgetDragged: (nodes) =>
    set(({ dragged }) => ({
      dragged: new Map([...dragged].filter(([id]) => !nodes.includes(id))),
    })),
  keepOnly: (present) =>
    set(({ dragged, editing, unfolded }) => {
      const gone = [...dragged.keys()].some((id) => !present.has(id))
      return {
        // Keeps the map if no node has left, since another map would change the layout.
        dragged: gone ? new Map([...dragged].filter(([id]) => present.has(id))) : dragged,
        editing: editing !== null && present.has(editing) ? editing : null,
        unfolded: unfolded !== null && present.has(unfolded) ? unfolded : null,
      }
    }),
  setAspect: (aspect) => set({ aspect }),
  holdView: (viewHeld) => set({ viewHeld }),
  edit: (editing) => set({ editing }),
  unfold: (unfolded) => set({ unfolded }),
  openGroup: (group) => set({ group }),
}))
