// Changes of a policy's pool, with a notice that undoes them.
import type { ProtocolId } from '../../../shared/ids'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { visibly } from '../../../shared/visible-controls'
import { refused } from './refusal'
import { run } from './run'
import { noteChange } from './undo'

type Values = Readonly<Record<string, unknown>>

export async function changePool(policy: ProtocolId, values: Values): Promise<void> {
  if (refused()) return
  const result = await run({ type: 'updatePool', policy, ...values })
  // Nothing has changed where it was set already.
  if (result.ok && result.change) noteChange(changedWords(policy, values), result)
}

function changedWords(policy: ProtocolId, { algorithm }: Values): string {
  if (typeof algorithm !== 'string') return visibly`Policy ${policy} changed.`
  return visibly`Policy ${policy} changed to “${POOL_SETTINGS.algorithm.say(algorithm)}”.`
}
