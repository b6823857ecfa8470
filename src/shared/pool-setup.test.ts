import { expect, it } from 'vitest'
import { poolNow } from './pool-setup'
import { CLASSIC_POOL } from './scenario'
import { INITIAL_STATE } from './state/reduce'
import type { NodeState } from './state/state'

function server(id: string, policy: string): NodeState {
  return {
    id: `server:${id}`,
    role: 'server',
    origin: 'inside',
    protocolId: id,
    policy,
    sent: 0,
    received: 0,
    errors: 0,
    served: 0,
    inFlight: 0,
    connections: 0,
  }
}

it('keeps the order of policies, and so their colours, after a server was removed and added again', () => {
  const nodes = [server('200', '222'), server('300', '111'), server('100', '111')]
  const slots = new Map([
    ['222', 1],
    ['111', 0],
  ])
  const state = { ...INITIAL_STATE, slots, nodes: new Map(nodes.map((node) => [node.id, node])) }
  const { servers } = poolNow(state, CLASSIC_POOL).asItIs
  expect(servers.map(({ id }) => id)).toEqual(['300', '100', '200'])
})
