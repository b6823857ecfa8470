// Changes are refused while the past or a recording is on the screen, and to viewers, with a notice that says why.
import { useUi } from '../choices/ui'
import { refusalNow } from '../past/past'

/** Whether a change is refused now; the person is then told why. */
export function refused(): boolean {
  const refusal = refusalNow()
  if (refusal !== undefined) useUi.getState().notify('info', refusal.sentence)
  return refusal !== undefined
}
