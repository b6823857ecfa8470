// The labels of held packets, at their places: for these labels, and for the marks that keep off them.
import { useMemo } from 'react'
import { useUi } from '../choices/ui'
import { useHeldQueues } from '../lab/held-packets'
import { useLesson } from '../lab/lesson'
import { useRefusal } from '../past/past'
import type { GraphLayout } from './graph-layout'
import { heldLabels, type PlacedLabel, placedLabels } from './held-labels'
import { useLabelZoom } from './label-zoom'
import { heldPacket } from './spotlight'
import { useFaultPlaces } from './use-fault-places'
import { useVisibleRect } from './visible-rect'

const NONE: readonly PlacedLabel[] = []

export function useHeldLabels(layout: GraphLayout): readonly PlacedLabel[] {
  const queues = useHeldQueues()
  const selected = useUi(({ selection }) =>
    selection?.kind === 'packet' ? selection.id : undefined,
  )
  const selectedNode = useUi(({ selection }) =>
    selection?.kind === 'node' ? selection.id : undefined,
  )
  const zoom = useLabelZoom()
  const visible = useVisibleRect()
  const faults = useFaultPlaces(layout)
  const gate = useLesson(({ view }) => heldPacket(view))
  const canRelease = useRefusal('release') === undefined
  return useMemo(() => {
    if (queues.length === 0) return NONE
    const labels = heldLabels(queues, layout.links, selected)
    // Below its packet on the selected node's link, since that node's tools are above it.
    const marks = faults.map(({ rect }) => rect)
    const view = { zoom, visible, marks, gate, canRelease }
    return placedLabels(labels, queues, layout, view, selectedNode)
  }, [queues, selected, selectedNode, layout, zoom, visible, faults, gate, canRelease])
}
