// Gives inside servers or clients other ids, where outside programs have theirs too.
import { freeIds } from '../../../shared/chosen-ids'
import type { NodeId } from '../../../shared/ids'
import { useLab } from '../lab/lab'
import { run } from './run'

/** One after another. Undo takes all of them back at once. */
export async function giveNewIds(
  role: 'server' | 'client',
  nodes: readonly NodeId[],
): Promise<void> {
  const type = role === 'server' ? 'updateServer' : 'updateClient'
  const ids = freeIds(role, useLab.getState().live, nodes.length)
  let joins: number | undefined
  for (const [index, node] of nodes.entries()) {
    const result = await run({ type, node, id: ids[index], joins })
    if (!result.ok) return
    joins ??= result.change?.number
  }
}
