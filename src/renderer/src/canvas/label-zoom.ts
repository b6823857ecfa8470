// The size of labels on the canvas: the same at every zoom.
import { useStore } from 'reactflow'
import { useUi } from '../choices/ui'
import { LEGIBLE } from './projector-layout'

/** Pixels, as in held-labels.css. */
const LABEL_TEXT = 12.5

/** The zoom at which labels have their size: in projector mode they are the larger, the higher the canvas is. */
export function useLabelZoom(): number {
  const projector = useUi((ui) => ui.projector)
  return useStore(({ transform: [, , zoom], height }) =>
    projector ? (zoom * LABEL_TEXT) / (LEGIBLE * height) : zoom,
  )
}
