// The part of the graph that the canvas shows, free of the legend and the controls, in flow units.
import { useStore } from 'reactflow'
import { useUi } from '../choices/ui'
import type { Rect } from './geometry'
import { MARGINS } from './projector-layout'

/** Pixels at the canvas's edges to keep free: the legend, in up to two rows, the counts and the controls are at the bottom. */
export const EDGES = { top: 4, right: 4, bottom: 84, left: 4 } as const
/** Pixels: what depends on the part follows a moving view in steps. */
const STEP = 24

export function useVisibleRect(): Rect {
  const projector = useUi((ui) => ui.projector)
  return useStore(({ transform: [x, y, zoom], width, height }) => {
    const bottom = projector ? height * MARGINS.bottom : EDGES.bottom
    return {
      x: (EDGES.left - stepped(x)) / zoom,
      y: (EDGES.top - stepped(y)) / zoom,
      width: (width - EDGES.left - EDGES.right) / zoom,
      height: (height - EDGES.top - bottom) / zoom,
    }
  }, isSame)
}

function stepped(pixels: number): number {
  return Math.round(pixels / STEP) * STEP
}

function isSame(one: Rect, other: Rect): boolean {
  return (
    one.x === other.x &&
    one.y === other.y &&
    one.width === other.width &&
    one.height === other.height
  )
}
