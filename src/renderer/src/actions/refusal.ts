// Changes are refused while looking back, to viewers, and where a lesson has locked them, with a notice that says why.
import type { CommandType } from '../../../shared/commands'
import { useUi } from '../choices/ui'
import { refusalNow } from '../past/past'

/** Whether a change, by this command, is refused now; shows the notice if so. */
export function refused(command?: CommandType): boolean {
  const refusal = refusalNow(command)
  if (refusal !== undefined) useUi.getState().notify('info', refusal.sentence)
  return refusal !== undefined
}
