// Made-up events about policies: their pools, decisions, and what somebody looks at.
import fc from 'fast-check'
import { anyReason } from './reasons'

export const ids = fc.nat(4)
export const serverIds = ids.map(String)
export const policies = fc.constantFrom('111', '222')
const algorithms = fc.constantFrom('round-robin' as const, 'random' as const, 'maglev' as const)

export const policyBodies = [
  fc.record({
    type: fc.constant('pool.changed' as const),
    policy: policies,
    algorithm: algorithms,
    hashKey: fc.string({ maxLength: 9 }),
    decayMs: fc.constant(10_000),
    tableSize: fc.constantFrom(251, 65_537),
  }),
  fc.record(
    {
      type: fc.constant('policy.next' as const),
      policy: policies,
      server: fc.option(serverIds),
      coming: fc.array(serverIds, { maxLength: 3 }),
    },
    { requiredKeys: ['type', 'policy', 'server'] },
  ),
  fc.record({
    type: fc.constant('keys.moved' as const),
    policy: policies,
    gone: fc.array(serverIds, { maxLength: 2 }),
    back: fc.array(serverIds, { maxLength: 2 }),
    keys: ids,
    oneIn: fc.constantFrom(1, 2),
    moved: ids,
    needless: ids,
  }),
  fc.record(
    {
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
      coming: fc.array(serverIds, { maxLength: 3 }),
      others: fc.record({
        message: fc.integer({ min: 1, max: 3 }),
        chosen: fc.array(serverIds, { minLength: 12, maxLength: 12 }),
      }),
    },
    {
      requiredKeys: [
        'type',
        'exchange',
        'attempt',
        'policy',
        'algorithm',
        'server',
        'candidates',
        'passedOver',
        'reason',
        'next',
      ],
    },
  ),
] as const
