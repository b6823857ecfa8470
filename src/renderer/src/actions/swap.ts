// Puts another program in the proxy's place, and takes it away again.
import type { CommandOf } from '../../../shared/commands'
import { useUi } from '../choices/ui'
import { execute } from '../lab/lab'
import { run } from './run'
import { noteChange } from './undo'

/** Returns why the program could not take the proxy's place; undefined if it did. */
export async function swapProxy(
  wish: Omit<CommandOf<'swapProxy'>, 'type'>,
): Promise<string | undefined> {
  const result = await execute({ type: 'swapProxy', ...wish })
  if (!result.ok) return result.error.replace(/^[a-zA-Z]+: /, '')
  noteChange('The proxy was swapped.', result)
  useUi.getState().select({ kind: 'node', id: 'proxy' })
  return undefined
}

export function returnProxy(): void {
  void run({ type: 'returnProxy' })
}
