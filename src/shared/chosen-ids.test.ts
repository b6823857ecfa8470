import { expect, it } from 'vitest'
import { freeId, freeIds } from './chosen-ids'
import type { EventBody } from './events'
import { INITIAL_STATE, reduce } from './state/reduce'

function stateAfter(...bodies: readonly EventBody[]) {
  return reduce(
    INITIAL_STATE,
    bodies.map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
}

function added(id: string, origin: 'inside' | 'outside', role: 'server' | 'client'): EventBody {
  return { type: 'node.added', node: { id, role, origin } }
}

it('is far from the ids of the homework and of the examples, and no id of a client is one of a server', () => {
  expect(freeId('server', INITIAL_STATE)).toBe('1001')
  expect(freeId('client', INITIAL_STATE)).toBe('2001')
})

it('is the lowest one that neither a node of the lab, nor an outside program, nor a row has', () => {
  const state = stateAfter(
    added('server:1001', 'inside', 'server'),
    added('outside:server:1002', 'outside', 'server'),
    {
      type: 'row.set',
      row: {
        server: '1003',
        policy: '111',
        listenPort: 5_000,
        address: '127.0.0.1',
        node: 'server:7',
        health: 'up',
      },
    },
    added('server:1005', 'inside', 'server'),
    added('outside:client:2001', 'outside', 'client'),
  )
  expect(freeId('server', state)).toBe('1004')
  expect(freeId('client', state)).toBe('2002')
  expect(freeIds('server', state, 3)).toEqual(['1004', '1006', '1007'])
})
