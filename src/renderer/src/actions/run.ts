// Sends commands to the engine for the person at the screen.
import type { Command, CommandResult } from '../../../shared/commands'
import { useUi } from '../choices/ui'
import { execute } from '../lab/lab'

/** Sends a command, and shows a notice if it failed. */
export async function run(command: Command): Promise<CommandResult> {
  const result = await execute(command)
  if (!result.ok) useUi.getState().notify('error', result.error)
  return result
}
