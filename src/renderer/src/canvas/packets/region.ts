// The part of the graph that a canvas shows. A canvas lies in flow coordinates, inside the element that React Flow
// moves, and so it pans and zooms with the nodes. It is redrawn for another part only when its own no longer covers the
// view, or is no longer sharp.

/** React Flow's viewport: a flow point p is at `p * zoom + (x, y)` CSS pixels from the pane's corner. */
export interface PaneView {
  x: number
  y: number
  zoom: number
  /** The pane's size in CSS pixels. */
  width: number
  height: number
  pixelRatio: number
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Region {
  /** The canvas's top left corner in flow coordinates. */
  x: number
  y: number
  /** The zoom that it is drawn for; it has `zoom * pixelRatio` pixels to a flow unit. */
  zoom: number
  pixelRatio: number
  /** Its size in canvas pixels. */
  width: number
  height: number
}

/** CSS pixels drawn around the view, so that panning does not reach the edge at once. */
const MARGIN = 160
/** Another region is requested when less than this is left of the margin; CSS pixels. */
const LOOK_AHEAD = 80
/** Room for a packet's own size around the links; flow units. */
const PADDING = 40
/** While zooming, a canvas is stretched up to these ratios before it is redrawn. */
const STRETCH = { least: 0.7, most: 1.4 }

/** A graph of up to this many times the pane's area is drawn whole, so that panning never needs another region. */
const WHOLE_UP_TO = 1.6

/** The region to draw for this view: all links, or those within the view and a margin. Null: nothing is visible. */
export function regionFor(view: PaneView, bounds: Box | null): Region | null {
  const all = pad(bounds)
  const wanted =
    all && area(all) <= WHOLE_UP_TO * area(seen(view, 0)) ? all : intersect(seen(view, MARGIN), all)
  if (wanted === null) return null
  const { zoom, pixelRatio } = view
  const scale = zoom * pixelRatio
  // The corner falls on a whole pixel of the screen, so that still packets are as sharp as can be.
  const left = Math.floor((wanted.left * zoom + view.x) * pixelRatio)
  const top = Math.floor((wanted.top * zoom + view.y) * pixelRatio)
  const right = Math.ceil((wanted.right * zoom + view.x) * pixelRatio)
  const bottom = Math.ceil((wanted.bottom * zoom + view.y) * pixelRatio)
  return {
    x: (left - view.x * pixelRatio) / scale,
    y: (top - view.y * pixelRatio) / scale,
    zoom,
    pixelRatio,
    width: Math.max(1, right - left),
    height: Math.max(1, bottom - top),
  }
}

/** Whether a canvas drawn for `region` can show this view. `settled`: the view does not move. */
export function serves(
  region: Region,
  view: PaneView,
  bounds: Box | null,
  settled: boolean,
): boolean {
  if (region.pixelRatio !== view.pixelRatio) return false
  const stretch = view.zoom / region.zoom
  if (settled ? Math.abs(stretch - 1) > 1e-6 || !sharp(region, view) : !within(stretch))
    return false
  const needed = intersect(seen(view, settled ? 0 : LOOK_AHEAD), pad(bounds))
  if (needed === null) return true
  const scale = region.zoom * region.pixelRatio
  const slack = 1 / scale
  return (
    needed.left >= region.x - slack &&
    needed.top >= region.y - slack &&
    needed.right <= region.x + region.width / scale + slack &&
    needed.bottom <= region.y + region.height / scale + slack
  )
}

function area({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top)
}

function within(stretch: number): boolean {
  return stretch >= STRETCH.least && stretch <= STRETCH.most
}

function sharp(region: Region, view: PaneView): boolean {
  const x = (region.x * view.zoom + view.x) * view.pixelRatio
  const y = (region.y * view.zoom + view.y) * view.pixelRatio
  return Math.abs(x - Math.round(x)) < 0.01 && Math.abs(y - Math.round(y)) < 0.01
}

function seen(view: PaneView, margin: number): Box {
  return {
    left: (-margin - view.x) / view.zoom,
    top: (-margin - view.y) / view.zoom,
    right: (view.width + margin - view.x) / view.zoom,
    bottom: (view.height + margin - view.y) / view.zoom,
  }
}

function pad(box: Box | null): Box | null {
  return (
    box && {
      left: box.left - PADDING,
      top: box.top - PADDING,
      right: box.right + PADDING,
      bottom: box.bottom + PADDING,
    }
  )
}

function intersect(a: Box, b: Box | null): Box | null {
  if (b === null) return null
  const left = Math.max(a.left, b.left)
  const top = Math.max(a.top, b.top)
  const right = Math.min(a.right, b.right)
  const bottom = Math.min(a.bottom, b.bottom)
  return left < right && top < bottom ? { left, top, right, bottom } : null
}
