// Gives inside servers other ids, where outside programs have taken theirs.
import { freeIds } from '../../../shared/chosen-ids'
import type { NodeId } from '../../../shared/ids'
import { useLab } from '../lab/lab'
import { run } from './run'

/** One after another. Undo takes all of them back at once. */
export async function giveNewIds(servers: readonly NodeId[]): Promise<void> {
  const ids = freeIds('server', useLab.getState().live, servers.length)
  let joins: number | undefined
  for (const [index, node] of servers.entries()) {
    const result = await run({ type: 'updateServer', node, id: ids[index], joins })
    if (!result.ok) return
    joins ??= result.change?.number
  }
}
