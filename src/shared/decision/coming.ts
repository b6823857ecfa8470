// The next choices of a policy, as far as somebody looks and the algorithm knows them.
import type { ProtocolId } from '../ids'
import type { State } from '../state/state'

const NOBODY: readonly ProtocolId[] = []

/** The next one first; none where all of them could only be the same. */
export function comingIn(
  { watched, next, rows }: Pick<State, 'watched' | 'next' | 'rows'>,
  policy: ProtocolId,
): readonly ProtocolId[] {
  const coming = watched.get(policy)?.coming ?? NOBODY
  if (coming[0] !== next.get(policy)) return NOBODY
  let servers = 0
  for (const row of rows.values()) if (row.policy === policy) servers++
  return servers > 1 ? coming : NOBODY
}
