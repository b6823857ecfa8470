// What menus, shortcuts and buttons can ask of the canvas that is on the screen. Without one they do nothing.
import type { NodeId } from '../../../shared/ids'

interface CanvasActions {
  /** Shows everything, as large as it fits. */
  fitView(): void
  zoomIn(): void
  zoomOut(): void
  /** Forgets where nodes were dragged, lays everything out again and fits the view. */
  tidyUp(): void
  /** Moves the focus to a node beside this one, which is about to go. */
  focusBeside(node: NodeId): void
}

let provided: readonly Partial<CanvasActions>[] = []

/** Called by the canvas's parts when they appear; returns the way to take their actions back. */
export function provideCanvasActions(actions: Partial<CanvasActions>): () => void {
  provided = [actions, ...provided]
  return () => {
    provided = provided.filter((other) => other !== actions)
  }
}

function provider(name: keyof CanvasActions): Partial<CanvasActions> | undefined {
  return provided.find((actions) => actions[name] !== undefined)
}

export const canvasActions: CanvasActions = {
  fitView: () => provider('fitView')?.fitView?.(),
  zoomIn: () => provider('zoomIn')?.zoomIn?.(),
  zoomOut: () => provider('zoomOut')?.zoomOut?.(),
  tidyUp: () => provider('tidyUp')?.tidyUp?.(),
  focusBeside: (node) => provider('focusBeside')?.focusBeside?.(node),
}
