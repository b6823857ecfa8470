import { expect, it } from 'vitest'
import { foldedClients, presentClients } from './left-clients'
import type { NodeState } from './state'

function client(id: number, rest: Partial<NodeState> = {}): NodeState {
  return {
    id: `outside:client:${id}`,
    role: 'client',
    origin: 'outside',
    protocolId: String(id),
    sent: 1,
    received: 1,
    errors: 0,
    served: 1,
    inFlight: 0,
    connections: 0,
    lastSeenAt: id,
    ...rest,
  }
}

function folded(...nodes: NodeState[]): string[] {
  return [...foldedClients(new Map(nodes.map((node) => [node.id, node])))]
}

it('are none while few have left', () => {
  expect(folded(...[1, 2, 3, 4].map((id) => client(id)))).toEqual([])
})

it('are those that left first, in whatever order they came', () => {
  expect(folded(...[6, 1, 5, 2, 4, 3].map((id) => client(id)))).toEqual([
    'outside:client:1',
    'outside:client:2',
  ])
})

it('are none that are connected, have a packet on its way, are of the lab, or are servers', () => {
  const others = [3, 4, 5, 6].map((id) => client(id))
  expect(folded(client(1, { connections: 1 }), ...others)).toEqual([])
  expect(folded(client(1, { inFlight: 1 }), ...others)).toEqual([])
  expect(folded(client(1, { origin: 'inside' }), ...others)).toEqual([])
  expect(folded(client(1, { role: 'server' }), ...others)).toEqual([])
})

it('are not counted among the clients', () => {
  const there = [client(1, { connections: 1 }), client(2, { origin: 'inside' })]
  const nodes = [client(3), ...there, client(4, { role: 'server' })]
  expect(presentClients(new Map(nodes.map((node) => [node.id, node])))).toBe(2)
})
