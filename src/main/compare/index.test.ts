import { expect, it } from 'vitest'
import type { ComparisonUpdate } from '../../shared/compare/comparison'
import { createCompare } from './index'

const SERVERS = [{ id: '100', policy: '111' }]
const COMPARE = ['One', 'Other'].map((name) => ({ name, pools: [] }))

it.each([
  [{}, /^scenario: /],
  [{ scenario: { name: 'None', servers: SERVERS, clients: [] }, forMs: 1 }, /needs “compare”/],
  [
    { scenario: { name: 'Long', servers: SERVERS, clients: [], compare: COMPARE }, forMs: 1e9 },
    /^forMs: /,
  ],
])('what is asked is checked before a thread starts: %#', (asked, words) => {
  const told: ComparisonUpdate[] = []
  createCompare('nowhere.cjs')(asked, (update) => told.push(update))
  expect(told).toEqual([{ kind: 'failed', error: expect.stringMatching(words) }])
})
