// The window's saved bounds, corrected if their display is no longer connected.
import * as v from 'valibot'

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** `x` and `y` absent: the system chooses. */
type WindowBounds = Omit<Rectangle, 'x' | 'y'> & {
  x?: number
  y?: number
  maximized: boolean
}

export const MIN_WIDTH = 480
export const MIN_HEIGHT = 400
export const DEFAULT_BOUNDS: WindowBounds = { width: 1280, height: 800, maximized: false }

/** Pixels of the title bar that must be on a display, so that the window can be dragged back. */
const MIN_VISIBLE = 80

const pixels = v.pipe(v.number(), v.safeInteger())

const schema = v.object({
  x: v.optional(pixels),
  y: v.optional(pixels),
  width: pixels,
  height: pixels,
  maximized: v.boolean(),
})

/**
 * Returns the bounds to open with. `saved`: the stored value, unchecked. `workAreas`: those of the
 * connected displays, the primary one first.
 */
export function windowBoundsFor(saved: unknown, workAreas: readonly Rectangle[]): WindowBounds {
  const parsed = v.safeParse(schema, saved)
  const { x, y, width, height, maximized } = parsed.success ? parsed.output : DEFAULT_BOUNDS
  const position = x === undefined || y === undefined ? undefined : { x, y }
  const home =
    position && workAreas.find((area) => isReachable({ ...position, width, height }, area))
  const area = home ?? workAreas[0]
  const size = {
    width: between(MIN_WIDTH, width, area?.width ?? width),
    height: between(MIN_HEIGHT, height, area?.height ?? height),
    maximized,
  }
  return home === undefined ? size : { ...position, ...size }
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const titleBarInside = window.y >= area.y && window.y <= area.y + area.height - MIN_VISIBLE
  return titleBarInside && across >= MIN_VISIBLE
}

/** A display smaller than the minimum still gets a window of the minimum size. */
function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
