// Made-up events of exchanges: decisions, queues, failures and ends.
import fc from 'fast-check'
import { anyReason } from './reasons'

export const ids = fc.nat(4)
export const nodeIds = ids.map((id) => (id === 0 ? 'proxy' : `server:${id}`))
export const serverIds = ids.map(String)
export const policies = fc.constantFrom('111', '222')
export const reasons = fc.constantFrom('CLIENT_LEFT' as const, 'SERVER_TIMEOUT' as const)
const algorithms = fc.constantFrom('round-robin' as const, 'random' as const, 'maglev' as const)

const decided = {
  type: fc.constant('decision.made' as const),
  exchange: ids,
  attempt: fc.integer({ min: 1, max: 3 }),
  policy: policies,
  algorithm: algorithms,
  server: fc.option(serverIds),
  candidates: fc.uniqueArray(serverIds),
  passedOver: fc.array(
    fc.record({ server: serverIds, why: fc.constantFrom('down' as const, 'tried' as const) }),
    { maxLength: 2 },
  ),
  reason: fc.option(anyReason),
  next: fc.option(serverIds),
}

export const exchangeBodies = [
  fc.record(
    {
      ...decided,
      waitedMs: fc.nat(5_000),
      panic: fc.constant(true),
      coming: fc.array(serverIds, { maxLength: 3 }),
      others: fc.record({
        message: fc.integer({ min: 1, max: 3 }),
        chosen: fc.array(serverIds, { minLength: 12, maxLength: 12 }),
      }),
    },
    { requiredKeys: Object.keys(decided) as (keyof typeof decided)[] },
  ),
  fc.record({
    type: fc.constant('exchange.queued' as const),
    exchange: ids,
    policy: policies,
    position: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    type: fc.constant('queue.left' as const),
    exchange: ids,
    policy: policies,
  }),
  fc.record({
    type: fc.constant('upstream.failed' as const),
    exchange: ids,
    server: serverIds,
    reason: reasons,
    detail: fc.string(),
  }),
  fc.record({
    type: fc.constant('exchange.finished' as const),
    exchange: ids,
    client: nodeIds,
    outcome: fc.constantFrom('answered' as const, 'refused' as const, 'lost' as const),
    server: fc.option(serverIds),
    reason: fc.option(reasons),
  }),
] as const
