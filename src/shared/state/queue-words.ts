// How many messages wait for a server of a policy, in words.
import type { ProtocolId } from '../ids'
import { poolIn } from './pool'
import type { State } from './state'

type Source = Pick<State, 'waiting' | 'pools'>

/** Undefined without a queue. */
function placesOf(state: Pick<State, 'pools'>, policy: ProtocolId): number | undefined {
  const { queue } = poolIn(state, policy)
  return queue === 'off' ? undefined : queue.max
}

/** `5 waiting of 10`; empty if none is. */
export function waitingWords(state: Source, policy: ProtocolId): string {
  const count = state.waiting.get(policy)?.length ?? 0
  if (count === 0) return ''
  const places = placesOf(state, policy)
  return places === undefined ? `${count} waiting` : `${count} waiting of ${places}`
}
