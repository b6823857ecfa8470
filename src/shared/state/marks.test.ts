import { expect, it } from 'vitest'
import type { LabEvent, Row } from '../events'
import { INITIAL_STATE, reduce } from './reduce'

it('marks where a server went down and where it came back', () => {
  const healths: Row['health'][] = ['up', 'down', 'down', 'up', 'up', 'down']
  const events = healths.map(
    (health, index): LabEvent => ({
      seq: index + 1,
      at: index * 100,
      type: 'row.set',
      row: {
        server: '300',
        policy: '111',
        listenPort: 5_000,
        address: '127.0.0.1',
        node: 'server:300',
        health,
      },
    }),
  )
  expect(reduce(INITIAL_STATE, events).marks).toEqual([
    { kind: 'down', at: 100, seq: 2, server: '300' },
    { kind: 'up', at: 300, seq: 4, server: '300' },
    { kind: 'down', at: 500, seq: 6, server: '300' },
  ])
})
