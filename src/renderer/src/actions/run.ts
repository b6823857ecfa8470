// Asking the engine on behalf of the person at the screen.
import type { Command, CommandResult } from '../../../shared/commands'
import { useUi } from '../choices/ui'
import { execute } from '../lab/lab'

/** Asks the engine and tells the person if it could not be done. */
export async function run(command: Command): Promise<CommandResult> {
  const result = await execute(command)
  if (!result.ok) useUi.getState().notify('error', result.error)
  return result
}
