// Changes of a policy's pool, with a notice that undoes them.
import type { CommandResult } from '../../../shared/commands'
import type { ProtocolId } from '../../../shared/ids'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { OFF } from '../../../shared/settings/setting'
import { poolIn } from '../../../shared/state/pool'
import { visibly } from '../../../shared/visible-controls'
import { execute, useLab } from '../lab/lab'
import { refused } from './refusal'
import { run } from './run'
import { noteChange } from './undo'

type Values = Readonly<Record<string, unknown>>

/** A choice in a menu: a hint says why it was refused. */
export async function changePool(policy: ProtocolId, values: Values): Promise<void> {
  if (refused('updatePool')) return
  const words = changedWords(policy, values)
  noted(words, await run({ type: 'updatePool', policy, ...values }))
}

/** A change in a field, where the error belongs. */
export async function setPool(policy: ProtocolId, values: Values): Promise<CommandResult> {
  const words = changedWords(policy, values)
  const result = await execute({ type: 'updatePool', policy, ...values })
  noted(words, result)
  return result
}

/** Nothing has changed where it was set already. */
function noted(words: string, result: CommandResult): void {
  if (result.ok && result.change) noteChange(words, result)
}

/** `Policy 111: queue on.` */
function changedWords(policy: ProtocolId, values: Values): string {
  const [[name, value] = [], ...others] = Object.entries(values)
  const setting = Object.entries(POOL_SETTINGS).find(([one]) => one === name)?.[1]
  if (setting === undefined || others.length > 0) return visibly`Policy ${policy} changed.`
  if (setting.kind === 'choice' && typeof value === 'string') {
    return visibly`Policy ${policy} changed to “${setting.say(value)}”.`
  }
  const what = setting.label.charAt(0).toLowerCase() + setting.label.slice(1)
  if (setting.kind !== 'feature') {
    return visibly`Policy ${policy}: ${what} changed.`
  }
  const before: unknown = Reflect.get(poolIn(useLab.getState().live, policy), name ?? '')
  const now = value === OFF ? 'off' : before === OFF ? 'on' : 'changed'
  return visibly`Policy ${policy}: ${what} ${now}.`
}
