import { expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { checkProgress, endedChecks } from './check-marks'

const check = {
  id: 7,
  server: '100',
  node: 'server:100',
  way: 'connect',
  sentAt: 1_000,
  dueAt: 1_600,
} as const

const ended = (id: number, passed: boolean): LabEvent => ({
  seq: 1,
  at: 1_700,
  type: 'check.ended',
  check: id,
  passed,
  detail: '',
})
const sent = (id: number): LabEvent => ({
  seq: 1,
  at: 1_700,
  type: 'check.sent',
  check: id,
  server: '300',
  node: 'server:300',
  way: 'connect',
  dueAt: 1_700,
})

it('a result stands at the server that was checked, also of a check that was just sent', () => {
  const before = new Map([[7, check]])
  expect(endedChecks([ended(7, false), sent(8), ended(8, true), ended(9, true)], before)).toEqual([
    { check: 7, node: 'server:100', passed: false },
    { check: 8, node: 'server:300', passed: true },
  ])
})

it('a check flies to its server and waits there for its result', () => {
  expect([900, 1_000, 1_300, 1_600, 2_000].map((now) => checkProgress(check, now))).toEqual([
    0, 0, 0.5, 1, 1,
  ])
  expect(checkProgress({ ...check, dueAt: 1_000 }, 1_000)).toBe(1)
})
