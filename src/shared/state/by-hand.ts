// Notes what waits for a person at a server that answers by hand, and how it ended.
import type { ByHand } from '../by-hand'
import type { LabEvent } from '../events'
import { MAX_ENDED_BY_HAND } from '../limits'
import type { NodeState } from './state'

const NOTHING: ByHand = { awaited: [], ended: [] }

export function noteByHand(
  node: NodeState,
  event: Extract<LabEvent, { type: 'answer.awaited' | 'answer.ended' }>,
): void {
  const { awaited, ended } = node.byHand ?? NOTHING
  if (event.type === 'answer.awaited') {
    const { exchange, client, payload, hash, at: since } = event
    node.byHand = { awaited: [...awaited, { exchange, client, payload, hash, since }], ended }
    return
  }
  // A message that was sent twice waits twice.
  const job = awaited.find(({ exchange }) => exchange === event.exchange)
  if (job === undefined) return
  const { exchange, payload, since } = job
  const { outcome, at } = event
  node.byHand = {
    awaited: awaited.filter((one) => one !== job),
    ended: [...ended, { exchange, payload, since, outcome, at }].slice(-MAX_ENDED_BY_HAND),
  }
}
