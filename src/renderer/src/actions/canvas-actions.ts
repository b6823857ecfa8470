// What menus, shortcuts and buttons can ask of the canvas. Without a canvas on the screen they do nothing.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { SpotlightTarget } from '../../../shared/spotlight-target'

interface CanvasActions {
  /** Fits everything into the view. */
  fitView(): void
  zoomIn(): void
  zoomOut(): void
  /** Forgets where nodes were dragged, lays out everything again and fits the view. */
  tidyUp(): void
  focusNode(node: NodeId): void
  /** Moves the focus to a policy's box. */
  focusPolicy(policy: ProtocolId): void
  /** Moves the focus to a node beside this one, which is about to be removed. */
  focusBeside(node: NodeId): void
  /** What the pointer is over, or the node that has the focus by the keyboard. */
  pointedAt(): SpotlightTarget | undefined
}

let provided: readonly Partial<CanvasActions>[] = []

/** Registers actions of a part of the canvas. Returns the way to unregister them. */
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
  focusNode: (node) => provider('focusNode')?.focusNode?.(node),
  focusPolicy: (policy) => provider('focusPolicy')?.focusPolicy?.(policy),
  focusBeside: (node) => provider('focusBeside')?.focusBeside?.(node),
  pointedAt: () => provider('pointedAt')?.pointedAt?.(),
}
