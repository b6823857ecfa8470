import { expect, it } from 'vitest'
import type { EventBody, LabEvent, Row } from '../events'
import { INITIAL_STATE, reduce } from './reduce'

const ROW: Row = {
  server: '7',
  policy: '111',
  listenPort: 5_000,
  address: '127.0.0.1',
  node: 'server:7',
  health: 'up',
}

/** The state after these events, a second apart. */
function after(...story: EventBody[]) {
  const events = story.map(
    (body, index): LabEvent => ({ seq: index + 1, at: (index + 1) * 1_000, ...body }),
  )
  return reduce(INITIAL_STATE, events)
}

const SENT = { server: '7', node: 'server:7', way: 'connect', dueAt: 2_600 } as const

it('a health check is on its way until its result, which its server’s row has', () => {
  const sent: EventBody = { type: 'check.sent', check: 3, ...SENT }
  const ended: EventBody = { type: 'check.ended', check: 3, passed: false, detail: 'refused' }
  const row: EventBody = { type: 'row.set', row: ROW }
  expect([...after(row, sent).checks.values()]).toEqual([{ id: 3, ...SENT, sentAt: 2_000 }])
  const state = after(row, sent, ended)
  expect(state.checks.size).toBe(0)
  expect(state.rows.get('7')?.lastCheck).toEqual({ at: 3_000, passed: false, detail: 'refused' })
  expect(after(sent, ended).rows.size).toBe(0)
  expect(after(sent, { type: 'scenario.reset' }).checks.size).toBe(0)
})

it('a row has its condition until it is set without it', () => {
  const condition = {
    cause: 'failures',
    until: 9_000,
    trial: true,
    streak: 1,
    streakOf: 3,
  } as const
  const down: EventBody = { type: 'row.set', row: { ...ROW, health: 'down', ...condition } }
  expect(after(down).rows.get('7')).toMatchObject(condition)
  const row = after(down, { type: 'row.set', row: ROW }).rows.get('7')
  expect(row).toEqual({
    ...ROW,
    chosen: 0,
    served: 0,
    failed: 0,
    lastFailure: undefined,
    since: 2_000,
  })
})
