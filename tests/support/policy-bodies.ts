// Made-up events about policies: their pools, whose turn is next, and what somebody looks at.
import fc from 'fast-check'
import type { EventBody } from '../../src/shared/events'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import { ids, policies, serverIds } from './exchange-bodies'
import { valuesOfAll } from './settings'

type PoolChanged = Extract<EventBody, { type: 'pool.changed' }>

export const policyBodies = [
  fc
    .record({ policy: policies, settings: valuesOfAll(POOL_SETTINGS) })
    .map(({ policy, settings }): PoolChanged => ({ type: 'pool.changed', policy, ...settings })),
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
    type: fc.constant('upstream.left' as const),
    exchange: ids,
    server: serverIds,
  }),
  fc.record({
    type: fc.constant('traffic.changed' as const),
    client: fc.constantFrom('client:1', 'client:2'),
    running: fc.boolean(),
    unsent: fc.nat(100),
  }),
  fc.record({
    type: fc.constant('answer.misaddressed' as const),
    exchange: ids,
    server: serverIds,
  }),
  fc.record({
    type: fc.constant('message.late' as const),
    exchange: ids,
    lateMs: fc.nat(10_000),
  }),
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
] as const
