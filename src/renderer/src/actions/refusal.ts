// Changes are refused while the past or a recording is on the screen, with a notice that says why.
import { useUi } from '../choices/ui'
import { refusalElsewhere } from '../lab/lab'

/** Whether a change is refused now; the person is then told why. */
export function refused(): boolean {
  const refusal = refusalElsewhere()
  if (refusal !== undefined) useUi.getState().notify('info', refusal)
  return refusal !== undefined
}
