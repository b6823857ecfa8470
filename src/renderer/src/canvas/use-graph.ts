// The graph on the screen. Its layout changes when nodes are added, removed or dragged, but not with messages.
import { useEffect, useMemo, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { type CanvasNode, flowMapping, type LinkFlowEdge } from './flow'
import { type GraphLayout, graphLayout } from './graph-layout'
import { type Structure, structureSelector } from './structure'
import { type TidyLayout, tidyLayout } from './tidy-layout'
import { useViewState } from './view-state'

const DEFAULT_ASPECT = 1.7

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
  const structure = useLab(({ state }) => selectStructure(state))
  const aspect = useViewState((view) => view.aspect) ?? DEFAULT_ASPECT
  const dragged = useViewState((view) => view.dragged)
  const placed = useLab(({ state }) => state.places)
  const selected = useUi(({ selection }) => (selection?.kind === 'node' ? selection.id : null))

  const tidy = useMemo(() => tidyLayout(structure, aspect), [structure, aspect])
  const places = useMemo(() => new Map([...placed, ...dragged]), [placed, dragged])
  const layout = useMemo(() => graphLayout(structure, tidy, places), [structure, tidy, places])
  const nodes = useMemo(
    () => mapping.nodes(structure, tidy, layout, selected),
    [mapping, structure, tidy, layout, selected],
  )
  const edges = useMemo(() => mapping.edges(layout), [mapping, layout])

  useEffect(() => {
    useViewState.getState().keepOnly(new Set(tidy.places.keys()))
  }, [tidy])
  return { structure, tidy, layout, nodes, edges, selected }
}
