import { expect, it } from 'vitest'
import { nodeId } from '../ids'
import { INITIAL_STATE, reduce } from './reduce'
import { clientsWithSharedId, serversWithTakenId, sharedIdsWords, takenIdsWords } from './taken-ids'

function stateWith(...rows: readonly (readonly [server: string, node: string])[]) {
  const inside = ['100', '200', '300'].map((id) => ({
    type: 'node.added' as const,
    node: {
      id: `server:${id}`,
      role: 'server' as const,
      origin: 'inside' as const,
      protocolId: id,
    },
  }))
  const set = rows.map(([server, node]) => ({
    type: 'row.set' as const,
    row: {
      server,
      policy: '111',
      listenPort: 5_000,
      address: '127.0.0.1',
      node,
      health: 'up' as const,
    },
  }))
  return reduce(
    INITIAL_STATE,
    [...inside, ...set].map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
}

it('are those whose row in the switching table belongs to another program', () => {
  const state = stateWith(
    ['100', 'outside:server:100'],
    ['200', 'server:200'],
    ['7', 'outside:server:7'],
  )
  expect(serversWithTakenId(state).map(({ id }) => id)).toEqual(['server:100'])
})

it('are none of those that are not in the table yet', () => {
  expect(serversWithTakenId(stateWith())).toEqual([])
})

it('are named with who took what from whom', () => {
  expect(takenIdsWords([{ protocolId: '100' }])).toBe(
    'An outside program has registered the id 100: server 100 of this lab gets no more messages.',
  )
  expect(takenIdsWords([{ protocolId: '100' }, { protocolId: '200' }, { protocolId: '300' }])).toBe(
    'Outside programs have registered 3 ids: servers 100, 200 and 300 of this lab get no more messages.',
  )
})

it('are of clients those that an outside client has too', () => {
  const client = (origin: 'inside' | 'outside', protocolId: string) => ({
    type: 'node.added' as const,
    node: { id: nodeId(origin, 'client', protocolId), role: 'client' as const, origin, protocolId },
  })
  const state = reduce(
    INITIAL_STATE,
    [
      client('inside', '1'),
      client('inside', '2'),
      client('outside', '50'),
      client('outside', '1'),
    ].map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
  const clients = clientsWithSharedId(state)
  expect(clients.map(({ id }) => id)).toEqual(['client:1'])
  expect(sharedIdsWords(clients)).toBe(
    'An outside program has the id of client 1 of this lab. Each gets its own answers, but they are easily confused.',
  )
  expect(sharedIdsWords([{ protocolId: '1' }, { protocolId: '2' }])).toMatch(
    /^Outside programs have the ids of clients 1 and 2 of this lab\. /,
  )
})
