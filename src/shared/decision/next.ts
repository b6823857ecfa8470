// Which server of a policy is next, in words: for the roundabout and its name.
import type { ProtocolId } from '../ids'
import { poolIn } from '../state/pool'
import type { State } from '../state/state'
import { algorithmName } from './parts'

type Pools = Pick<State, 'next' | 'rows' | 'pools'>

interface NextWords {
  before: string
  next: string | undefined
  /** The next one is down: no other server of the policy is up. */
  isDown: boolean
}

/** `next for` 111 → 100; `random for` 111 where the algorithm has no turn. */
export function nextWords(state: Pools, policy: ProtocolId): NextWords {
  const next = state.next.get(policy) ?? null
  if (next !== null || !isServed(state, policy)) {
    const isDown = next !== null && state.rows.get(next)?.health === 'down'
    return { before: 'next for', next: next ?? 'nobody', isDown }
  }
  const algorithm = algorithmName(poolIn(state, policy).algorithm)
  return { before: `${algorithm} for`, next: undefined, isDown: false }
}

/** The algorithms of the policies that are served, each once, in words. */
export function algorithmsInUse(state: Pools): string[] {
  const policies = new Set([...state.rows.values()].map(({ policy }) => policy))
  const names = new Set([...policies].map((policy) => poolIn(state, policy).algorithm))
  return [...names].map((name) => algorithmName(name))
}

function isServed({ rows }: Pools, policy: ProtocolId): boolean {
  for (const row of rows.values()) if (row.policy === policy) return true
  return false
}
