import { expect, it } from 'vitest'
import { standingWords } from '../../../shared/state/standing'
import type { NodeState, RowState } from '../../../shared/state/state'
import { poolMembers } from './pool-members'

const node = (id: string, parts: Partial<NodeState> = {}): NodeState => ({
  id: `server:${id}`,
  role: 'server',
  origin: 'inside',
  protocolId: id,
  sent: 0,
  received: 0,
  errors: 0,
  served: 0,
  inFlight: 0,
  connections: 0,
  ...parts,
})

const row = (server: string, parts: Partial<RowState> = {}): RowState => ({
  server,
  policy: '111',
  listenPort: 5_000,
  address: '127.0.0.1',
  node: `server:${server}`,
  health: 'up',
  chosen: 0,
  served: 0,
  failed: 0,
  ...parts,
})

function membersOf(rows: readonly RowState[], nodes: readonly NodeState[]) {
  const state = {
    decisions: new Map(),
    rows: new Map(rows.map((one) => [one.server, one])),
    nodes: new Map(nodes.map((one) => [one.id, one])),
  }
  return poolMembers(state, '111').map(({ server, settings, inHand, share, standings }) =>
    [server, settings.weight, inHand, share, standings.map(standingWords).join(', ')].join(' '),
  )
}

it('lists the servers of the policy alone, in order of registration', () => {
  const rows = [
    row('300', { chosen: 3, inFlight: 2 }),
    row('200', { policy: '222', chosen: 9 }),
    row('100', { chosen: 1, health: 'down' }),
  ]
  const nodes = [node('100'), node('300', { weight: 5, maxConnections: 2 })]
  expect(membersOf(rows, nodes)).toEqual(['300 5 2 75 % full: 2 of 2', '100 1 0 25 % down'])
})

it('claims no share before the first message', () => {
  expect(membersOf([row('100')], [node('100')])).toEqual(['100 1 0  up'])
})
