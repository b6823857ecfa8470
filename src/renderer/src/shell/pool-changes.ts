// What has changed about pools between two states, as sentences for a screen reader: servers that drain, and queues. No
// single event says it.
import { counted } from '../../../shared/format'
import { poolIn } from '../../../shared/state/pool'
import type { State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'

export type PoolSource = Pick<State, 'rows' | 'nodes' | 'waiting' | 'pools'>

export function poolChanges(before: PoolSource, state: PoolSource): string[] {
  return [...drained(before, state), ...queues(before, state)]
}

function drained(before: PoolSource, state: PoolSource): string[] {
  if (state.nodes === before.nodes && state.rows === before.rows) return []
  const sentences: string[] = []
  for (const { server, node, inFlight: left = 0 } of state.rows.values()) {
    const drains = state.nodes.get(node)?.drain === true
    const drained = before.nodes.get(node)?.drain === true
    if (drains !== drained) {
      const what = left === 0 ? 'is drained' : `drains: ${counted(left, 'message')} left`
      sentences.push(
        drains
          ? visibly`Server ${server} ${what}.`
          : visibly`Server ${server} takes messages again.`,
      )
    } else if (drains && left === 0 && (before.rows.get(server)?.inFlight ?? 0) > 0) {
      sentences.push(visibly`Server ${server} is drained.`)
    }
  }
  return sentences
}

function queues(before: PoolSource, state: PoolSource): string[] {
  if (state.waiting === before.waiting) return []
  const sentences: string[] = []
  for (const policy of new Set([...before.waiting.keys(), ...state.waiting.keys()])) {
    const last = before.waiting.get(policy)?.length ?? 0
    const now = state.waiting.get(policy)?.length ?? 0
    const { queue } = poolIn(state, policy)
    const places = queue === 'off' ? Number.POSITIVE_INFINITY : queue.max
    if (now >= places && last < places) {
      sentences.push(visibly`The queue of policy ${policy} is full: ${now} wait.`)
    } else if (last === 0 && now > 0) {
      sentences.push(visibly`Messages of policy ${policy} wait for a server.`)
    } else if (now === 0 && last > 0) {
      sentences.push(visibly`The queue of policy ${policy} is empty again.`)
    }
  }
  return sentences
}
