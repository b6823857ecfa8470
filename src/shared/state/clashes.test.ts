import { expect, it } from 'vitest'
import type { EventBody } from '../events'
import { nodeId } from '../ids'
import { clashesOf } from './clashes'
import { INITIAL_STATE, reduce } from './reduce'

function stateOf(...bodies: readonly EventBody[]) {
  return reduce(
    INITIAL_STATE,
    bodies.map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
}

function added(origin: 'inside' | 'outside', role: 'server' | 'client', id: string): EventBody {
  return {
    type: 'node.added',
    node: { id: nodeId(origin, role, id), role, origin, protocolId: id },
  }
}

function registered(node: string, server: string, listenPort: number, address = '127.0.0.1') {
  return {
    type: 'row.set',
    row: { server, policy: '111', listenPort, address, node, health: 'up' },
  } as const
}

it('is an id that an outside server has taken from one of the lab, on both', () => {
  const state = stateOf(
    added('inside', 'server', '100'),
    added('outside', 'server', '100'),
    registered('outside:server:100', '100', 4_007),
  )
  const marks = ['server:100', 'outside:server:100'].map((id) =>
    clashesOf(state, id).map(({ mark }) => mark),
  )
  expect(marks).toEqual([['id taken'], ['shared id']])
})

it('is an id that two clients have, on both', () => {
  const state = stateOf(
    added('inside', 'client', '1'),
    added('outside', 'client', '1'),
    added('inside', 'client', '2'),
  )
  expect(clashesOf(state, 'client:1').map(({ mark }) => mark)).toEqual(['shared id'])
  expect(clashesOf(state, 'outside:client:1').map(({ mark }) => mark)).toEqual(['shared id'])
  expect(clashesOf(state, 'client:2')).toEqual([])
})

it('is a port that two servers of one machine have registered, by whatever address', () => {
  const state = stateOf(
    added('outside', 'server', '7'),
    added('outside', 'server', '8\n'),
    added('outside', 'server', '9'),
    added('outside', 'server', '10'),
    registered('outside:server:7', '7', 4_007),
    registered('outside:server:8\n', '8\n', 4_007, '::1'),
    registered('outside:server:9', '9', 4_007, '192.168.0.5'),
    registered('outside:server:10', '10', 4_010),
  )
  const details =
    'Servers 7 and 8\\n have registered port 4007: one program gets the messages of all of them. Each server needs a port of its own.'
  expect(clashesOf(state, 'outside:server:7')).toEqual([{ mark: 'shared port', details }])
  expect(clashesOf(state, 'outside:server:8\n')).toEqual([{ mark: 'shared port', details }])
  expect(clashesOf(state, 'outside:server:9')).toEqual([])
  expect(clashesOf(state, 'outside:server:10')).toEqual([])
  expect(clashesOf(state, 'proxy')).toEqual([])
})

it('counts the servers where there are many', () => {
  const ids = ['1', '2', '3', '4', '5', '6']
  const state = stateOf(
    ...ids.map((id) => added('outside', 'server', id)),
    ...ids.map((id) => registered(nodeId('outside', 'server', id), id, 4_007)),
  )
  expect(clashesOf(state, 'outside:server:1')[0]?.details).toMatch(/^6 servers have registered/)
})
