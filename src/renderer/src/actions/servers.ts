// Changes of one server's settings where they are shown, with a notice that undoes them.
import type { CommandResult } from '../../../shared/commands'
import type { NodeId } from '../../../shared/ids'
import { execute, useLab } from '../lab/lab'
import { nodeName } from '../ui/names'
import { refused } from './refusal'
import { run } from './run'
import { noteChange } from './undo'

type Values = Readonly<Record<string, unknown>>

/** A change in a field, where the error belongs. */
export async function setServer(node: NodeId, values: Values): Promise<CommandResult> {
  const result = await execute({ type: 'updateServer', node, ...values })
  noted(node, values, result)
  return result
}

/** Lets a server finish its messages without new ones, or gives it messages again. */
export async function drainServer(node: NodeId, drain: boolean): Promise<void> {
  if (refused()) return
  noted(node, { drain }, await run({ type: 'updateServer', node, drain }))
}

function noted(node: NodeId, { drain }: Values, result: CommandResult): void {
  if (!result.ok || result.change === undefined) return
  const name = nodeName(useLab.getState().live, node)
  noteChange(
    `${name} ${drain === undefined ? 'changed' : drain ? 'drains' : 'takes messages again'}.`,
    result,
  )
}
