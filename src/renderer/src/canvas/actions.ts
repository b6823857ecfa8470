// What menus, shortcuts and buttons can ask of the canvas that is on the screen. Without one they do nothing.

export interface CanvasActions {
  /** Shows everything, as large as it fits. */
  fitView(): void
  zoomIn(): void
  zoomOut(): void
  /** Forgets where nodes were dragged, lays everything out anew and fits the view. */
  tidyUp(): void
}

let current: CanvasActions | undefined

/** Called by the canvas when it appears; returns the way to take its actions back. */
export function provideCanvasActions(actions: CanvasActions): () => void {
  current = actions
  return () => {
    if (current === actions) current = undefined
  }
}

export const canvasActions: CanvasActions = {
  fitView: () => current?.fitView(),
  zoomIn: () => current?.zoomIn(),
  zoomOut: () => current?.zoomOut(),
  tidyUp: () => current?.tidyUp(),
}
