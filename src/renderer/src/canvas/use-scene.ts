// The scene on the screen: laid out anew when somebody joins or leaves, put together anew when something is dragged,
// and untouched by messages.
import { useEffect, useMemo, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { type CanvasNode, flowMapping, type LinkEdge } from './flow'
import { type Layout, layout } from './layout'
import { usePlaces } from './places'
import { type Scene, sceneOf } from './scene'
import { type Structure, structureSelector } from './structure'

const DEFAULT_ASPECT = 1.7

interface OnScreen {
  structure: Structure
  tidy: Layout
  scene: Scene
  nodes: CanvasNode[]
  edges: LinkEdge[]
  selected: NodeId | null
}

export function useScene(): OnScreen {
  const [selectStructure] = useState(structureSelector)
  const [mapping] = useState(flowMapping)
  const structure = useLab(({ state }) => selectStructure(state))
  const aspect = usePlaces((places) => places.aspect) ?? DEFAULT_ASPECT
  const dragged = usePlaces((places) => places.dragged)
  const selected = useUi(({ selection }) => (selection?.kind === 'node' ? selection.id : null))

  const tidy = useMemo(() => layout(structure, aspect), [structure, aspect])
  const scene = useMemo(() => sceneOf(structure, tidy, dragged), [structure, tidy, dragged])
  const nodes = useMemo(
    () => mapping.nodes(structure, tidy, scene, selected),
    [mapping, structure, tidy, scene, selected],
  )
  const edges = useMemo(() => mapping.edges(scene), [mapping, scene])

  useEffect(() => {
    usePlaces.getState().keepOnly(new Set(tidy.places.keys()))
  }, [tidy])
  return { structure, tidy, scene, nodes, edges, selected }
}
