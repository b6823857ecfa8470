// Sends commands to the engine for the person at the screen.
import type { Command, CommandResult } from '../../../shared/commands'
import { useUi } from '../choices/ui'
import { execute } from '../lab/lab'

/** The field that an error is about, which forms put it beside. */
const FIELD = /^[a-zA-Z]+: /

/** Sends a command, and shows a hint if it was refused: nothing has happened then. */
export async function run(command: Command): Promise<CommandResult> {
  const result = await execute(command)
  if (!result.ok) useUi.getState().notify('info', result.error.replace(FIELD, ''))
  return result
}
