// Changes are refused while looking back, and to viewers, with a notice that says why.
import { useUi } from '../choices/ui'
import { refusalNow } from '../past/past'

/** Whether a change is refused now; shows the notice if so. */
export function refused(): boolean {
  const refusal = refusalNow()
  if (refusal !== undefined) useUi.getState().notify('info', refusal.sentence)
  return refusal !== undefined
}
