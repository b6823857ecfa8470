// The presenter's spotlight: on what the pointer is over, else on what is selected, until it is ended.
import type { SpotlightTarget } from '../../../shared/spotlight-target'
import { useUi } from '../choices/ui'
import { canvasActions } from './canvas-actions'

export function toggleSpotlight(): void {
  const { spotlight, setSpotlight, notify } = useUi.getState()
  if (spotlight !== null) {
    setSpotlight(null)
    return
  }
  const target = canvasActions.pointedAt() ?? selected()
  if (target === undefined) {
    notify('info', 'Point at something on the graph, or select it: the spotlight dims all else.')
  } else setSpotlight(target)
}

function selected(): SpotlightTarget | undefined {
  return useUi.getState().selection ?? undefined
}
