// Which part of the layout the screen shows. Until a person pans or zooms, the view is fitted: at first, after a
// resize, and when a new node would lie outside.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { getViewportForBounds, useReactFlow } from 'reactflow'
import type { NodeId } from '../../../shared/ids'
import { provideCanvasActions } from '../actions/canvas-actions'
import { useUi } from '../choices/ui'
import { forgetPlaces } from './dragging'
import { boundsOf, centreOf, contains, type Rect } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { MARGINS } from './projector-layout'
import { PROJECTOR } from './spacing'
import type { Structure } from './structure'
import { NARROW } from './upright-layout'
import { useNarrowCanvas } from './use-graph'
import { useViewState } from './view-state'
import { EDGES } from './visible-rect'

export const LEAST_ZOOM = 0.05
export const MOST_ZOOM = 4
/** No limit: a small graph on a large screen. */
export const MOST_PROJECTOR_ZOOM = 50
const MOST_ZOOM_TO_FIT = 1.3
/** With space at the bottom for the counts and a legend of one line. */
const PADDING = { top: '32px', right: '36px', bottom: '68px', left: '36px' } as const
/** Pixels around a legend of more lines. */
const AROUND_LEGEND = 30
/** Space at the top for the note about clients that have left. */
const FOLDED_NOTE = 54
const PADDING_WITH_NOTE = { ...PADDING, top: `${FOLDED_NOTE + 4}px` } as const
const PROJECTOR_PADDING = {
  top: percent(MARGINS.top),
  right: percent(MARGINS.right),
  bottom: percent(MARGINS.bottom),
  left: percent(MARGINS.left),
}
const MOVE_MS = 300
/** A narrow canvas shows the roundabout and what is around it, rather than everything too small: names have ten pixels. */
const LEGIBLE_ZOOM = 0.8
/** A view that shows everything is zoomed in when nodes would be at least this much larger. */
const WORTH_ZOOMING = 1.25

const reducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function useView(
  frame: RefObject<HTMLElement | null>,
  structure: Structure,
  layout: GraphLayout,
): { reveal(node: NodeId): void } {
  const flow = useReactFlow()
  const latestLayout = useRef(layout)
  latestLayout.current = layout
  const hasNote = useRef(false)
  hasNote.current = structure.folded > 0
  const fitted = useRef(false)
  const wasNarrow = useRef(false)
  const projector = useUi((ui) => ui.projector)

  const fit = useCallback(
    (animated: boolean, whole = false) => {
      const element = frame.current
      const bounds = sceneBounds(latestLayout.current, projector)
      if (!element || !bounds || element.clientWidth === 0) return
      const { clientWidth, clientHeight } = element
      const fittedView = getViewportForBounds(
        bounds,
        clientWidth,
        clientHeight,
        LEAST_ZOOM,
        projector ? MOST_PROJECTOR_ZOOM : MOST_ZOOM_TO_FIT,
        projector
          ? PROJECTOR_PADDING
          : withLegend(hasNote.current ? PADDING_WITH_NOTE : PADDING, element),
      )
      const shown =
        !projector && !whole && clientWidth < NARROW && fittedView.zoom < LEGIBLE_ZOOM
          ? centredOn(latestLayout.current.proxy, element, LEGIBLE_ZOOM)
          : fittedView
      useViewState.getState().holdView(false)
      fitted.current = true
      flow.setViewport(shown, { duration: animated && !reducedMotion() ? MOVE_MS : 0 })
    },
    [flow, frame, projector],
  )

  // Before the first paint, so that the first layout has this window's aspect ratio.
  useLayoutEffect(() => {
    if (frame.current && useViewState.getState().aspect === undefined) {
      useViewState.getState().setAspect(aspectOf(frame.current))
    }
  }, [frame])

  useViewReturns(projector)
  const isNarrow = useNarrowCanvas()
  useEffect(() => {
    if (isNarrow !== wasNarrow.current && !useViewState.getState().viewHeld) fit(false)
    wasNarrow.current = isNarrow
  }, [isNarrow, fit])
  // The canvas's new size changes the layout of projector mode, which always fills it.
  useEffect(() => {
    if (projector && layout.actors.size > 0 && !useViewState.getState().viewHeld) fit(false)
  }, [projector, layout, fit])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (!useViewState.getState().viewHeld) fit(false)
    })
    observer.observe(element)
    // It has more lines when there is more to explain.
    const legend = element.querySelector('.legend')
    if (legend) observer.observe(legend)
    return () => observer.disconnect()
  }, [fit, frame])

  useEffect(() => {
    const element = frame.current
    // The view stays unchanged in an empty lab; the first frame brings the first nodes.
    if (!element || structure.actors.length === 0) {
      fit(false)
      fitted.current = false
      return
    }
    if (!fitted.current) return fit(false)
    if (projector || useViewState.getState().viewHeld) return
    const { zoom } = flow.getViewport()
    const view = viewRect(element, flow.getViewport(), structure.folded > 0)
    const bounds = sceneBounds(latestLayout.current, false)
    if (!bounds) return
    const largest = Math.min(view.width / bounds.width, view.height / bounds.height) * zoom
    const roomToSpare = Math.min(largest, MOST_ZOOM_TO_FIT) > zoom * WORTH_ZOOMING
    if (!contains(view, bounds) || roomToSpare) fit(true)
  }, [structure, fit, flow, frame, projector])

  useEffect(() => {
    const move = () => ({ duration: reducedMotion() ? 0 : 150 })
    return provideCanvasActions({
      fitView: () => fit(true, true),
      zoomIn: () => {
        useViewState.getState().holdView(true)
        void flow.zoomIn(move())
      },
      zoomOut: () => {
        useViewState.getState().holdView(true)
        void flow.zoomOut(move())
      },
      tidyUp: () => {
        // Projector mode is always tidy, and leaves the lab's own places alone.
        if (projector) return fit(true)
        if (!frame.current) return
        useViewState.getState().tidyUp(aspectOf(frame.current))
        forgetPlaces()
        // The layout is computed during rendering; the view is fitted afterwards.
        requestAnimationFrame(() => fit(true))
      },
    })
  }, [fit, flow, frame, projector])

  const reveal = useCallback(
    (node: NodeId) => {
      const element = frame.current
      const { boxes } = latestLayout.current
      const rect = rectOf(latestLayout.current, node) ?? boxes.find(({ id }) => id === node)?.rect
      if (!element || !rect) return
      if (contains(viewRect(element, flow.getViewport(), hasNote.current), rect)) return
      const { x, y } = centreOf(rect)
      const { zoom } = flow.getViewport()
      void flow.setCenter(x, y, { zoom, duration: reducedMotion() ? 0 : MOVE_MS })
    },
    [flow, frame],
  )
  return { reveal }
}

/** Gives back the view from before projector mode. */
function useViewReturns(projector: boolean): void {
  const flow = useReactFlow()
  useLayoutEffect(() => {
    if (!projector) return
    const { viewHeld, holdView } = useViewState.getState()
    const before = flow.getViewport()
    holdView(false)
    return () => {
      holdView(viewHeld)
      if (viewHeld) void flow.setViewport(before)
    }
  }, [projector, flow])
}

function withLegend<P extends { bottom: string }>(padding: P, element: HTMLElement) {
  const height = element.querySelector('.legend')?.clientHeight ?? 0
  const bottom = Math.max(Number.parseInt(padding.bottom, 10), height + AROUND_LEGEND)
  return { ...padding, bottom: `${bottom}px` as const }
}

function centredOn(rect: Rect, { clientWidth, clientHeight }: HTMLElement, zoom: number) {
  const { x, y } = centreOf(rect)
  return { x: clientWidth / 2 - x * zoom, y: clientHeight / 2 - y * zoom, zoom }
}

function percent(part: number): `${number}%` {
  return `${part * 100}%`
}

/** `withReceipt`: with the room above the roundabout. */
function sceneBounds(layout: GraphLayout, withReceipt: boolean): Rect | undefined {
  const { proxy } = layout
  const above = withReceipt ? PROJECTOR.caption : 0
  return boundsOf([
    { ...proxy, y: proxy.y - above, height: proxy.height + above },
    ...layout.boxes.map(({ rect }) => rect),
    ...layout.actors.values(),
    ...linkPoints(layout),
  ])
}

/** The ends of all pieces of links, as rectangles without a size: links may run around the outermost cards. */
function linkPoints({ links }: GraphLayout): Rect[] {
  return [...links.values()].flatMap((path) =>
    path.map(([, , , end]) => ({ ...end, width: 0, height: 0 })),
  )
}

/** The visible and uncovered part of the element, in flow units. */
function viewRect(
  { clientWidth, clientHeight }: HTMLElement,
  { x, y, zoom }: { x: number; y: number; zoom: number },
  hasNote: boolean,
): Rect {
  const top = hasNote ? FOLDED_NOTE : EDGES.top
  return {
    x: (EDGES.left - x) / zoom,
    y: (top - y) / zoom,
    width: (clientWidth - EDGES.left - EDGES.right) / zoom,
    height: (clientHeight - top - EDGES.bottom) / zoom,
  }
}

function aspectOf({ clientWidth, clientHeight }: HTMLElement): number {
  const width = clientWidth - Number.parseInt(PADDING.left, 10) - Number.parseInt(PADDING.right, 10)
  const height =
    clientHeight - Number.parseInt(PADDING.top, 10) - Number.parseInt(PADDING.bottom, 10)
  return Math.min(4, Math.max(0.5, width / Math.max(1, height)))
}
