// Made-up events of rows of the switching table, and of health checks.
import fc from 'fast-check'
import type { EventBody, Row } from '../../src/shared/events'
import { policies, serverIds } from './exchange-bodies'

const checks = fc.nat(4)
const counts = fc.integer({ min: 1, max: 9 })

/** Fields that explain a server's health, in any combination: also in those that no engine reports. */
const conditions = fc.record(
  {
    cause: fc.constantFrom('failures' as const, 'checks' as const, 'ejected' as const),
    until: fc.nat(90_000),
    trial: fc.constant(true),
    streak: counts,
    streakOf: counts,
    weightPercent: fc.integer({ min: 1, max: 99 }),
  },
  { requiredKeys: [] },
)

export const rowBodies = [
  fc
    .tuple(
      serverIds,
      policies,
      fc.constantFrom('up' as const, 'down' as const),
      conditions,
      fc.option(serverIds, { nil: undefined }),
    )
    .map(([server, policy, health, condition, before]): EventBody => {
      const node = `server:${server}`
      const row: Row = { server, policy, listenPort: 5_000, address: '127.0.0.1', node, health }
      return {
        type: 'row.set',
        row: { ...row, ...condition },
        ...(before !== undefined && { before }),
      }
    }),
  fc.record({ type: fc.constant('row.removed' as const), server: serverIds }),
  fc.record({
    type: fc.constant('check.sent' as const),
    check: checks,
    server: serverIds,
    node: serverIds.map((id) => `server:${id}`),
    way: fc.constantFrom('connect' as const, 'message' as const),
    dueAt: fc.nat(5_000),
  }),
  fc.record({
    type: fc.constant('check.ended' as const),
    check: checks,
    passed: fc.boolean(),
    detail: fc.string(),
  }),
] as const
