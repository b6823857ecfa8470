// The graph on the screen. Its layout changes when nodes are added, removed or dragged, but not with messages.
import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'reactflow'
import type { NodeId } from '../../../shared/ids'
import { useFolds } from '../choices/folds'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import type { Point } from '../ui/point'
import { type CanvasNode, flowMapping, type LinkFlowEdge } from './flow'
import { type GraphLayout, graphLayout } from './graph-layout'
import { projectorLayout } from './projector-layout'
import { type Structure, structureSelector } from './structure'
import { type TidyLayout, tidyLayout } from './tidy-layout'
import { NARROW, uprightLayout } from './upright-layout'
import { useViewState } from './view-state'

const DEFAULT_ASPECT = 1.7
const NO_PLACES: ReadonlyMap<NodeId, Point> = new Map()

interface OnScreen {
  structure: Structure
  tidy: TidyLayout
  layout: GraphLayout
  nodes: CanvasNode[]
  edges: LinkFlowEdge[]
  selected: NodeId | null
}

export function useGraph(): OnScreen {
  const [selectStructure] = useState(structureSelector)
  const [mapping] = useState(flowMapping)
  const folds = useFolds()
  const structure = useLab(({ state }) => selectStructure(state, folds))
  const aspect = useViewState((view) => view.aspect) ?? DEFAULT_ASPECT
  const dragged = useViewState((view) => view.dragged)
  const placed = useLab(({ state }) => state.places)
  const selection = useUi((ui) => ui.selection)

  const whole = useProjectorAspect()
  const isNarrow = useNarrowCanvas()
  const tidied = useViewState((view) => view.tidied)
  const last = useRef<{ occasion: string; tidy: TidyLayout }>(undefined)
  const tidy = useMemo(() => {
    // In another area, after "Tidy up" and in an empty lab there is nothing to keep.
    const occasion = [aspect, whole, isNarrow, tidied, structure.actors.length === 0].join(' ')
    const before = last.current?.occasion === occasion ? last.current.tidy : undefined
    const layoutNow = () => {
      if (whole !== 0) return projectorLayout(structure, whole, before)
      return isNarrow ? uprightLayout(structure) : tidyLayout(structure, aspect, before)
    }
    const fresh = layoutNow()
    last.current = { occasion, tidy: fresh }
    return fresh
  }, [structure, aspect, whole, isNarrow, tidied])
  // Places belong to cards of the usual size in the usual layout.
  const places = useMemo(
    () => (whole === 0 && !isNarrow ? new Map([...placed, ...dragged]) : NO_PLACES),
    [placed, dragged, whole, isNarrow],
  )
  const layout = useMemo(() => graphLayout(structure, tidy, places), [structure, tidy, places])
  const nodes = useMemo(
    () => mapping.nodes(structure, tidy, layout, selection),
    [mapping, structure, tidy, layout, selection],
  )
  const edges = useMemo(() => mapping.edges(layout), [mapping, layout])

  useEffect(() => {
    useViewState.getState().keepOnly(new Set(tidy.places.keys()))
  }, [tidy])
  const selected = selection?.kind === 'node' ? selection.id : null
  return { structure, tidy, layout, nodes, edges, selected }
}

/** Whether the canvas has the upright layout, unless it is in projector mode. */
export function useNarrowCanvas(): boolean {
  return useStore(({ width }) => width > 0 && width < NARROW)
}

/** The canvas's width / height in projector mode, else 0. */
function useProjectorAspect(): number {
  const projector = useUi((ui) => ui.projector)
  return useStore(({ width, height }) => (projector ? (width || 16) / (height || 9) : 0))
}
