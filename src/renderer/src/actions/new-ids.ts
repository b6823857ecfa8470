// Gives inside servers other ids, where outside programs have taken theirs.
import { freeId } from '../../../shared/chosen-ids'
import type { NodeId } from '../../../shared/ids'
import { useLab } from '../lab/lab'
import { run } from './run'

/** One after another: each id is free when it is given. Undo takes all of them back at once. */
export async function giveNewIds(servers: readonly NodeId[]): Promise<void> {
  let joins: number | undefined
  for (const node of servers) {
    const id = freeId('server', useLab.getState().state)
    const result = await run({ type: 'updateServer', node, id, joins })
    if (!result.ok) return
    joins ??= result.change?.number
  }
}
