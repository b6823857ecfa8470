import { expect, it } from 'vitest'
import { standingWords } from '../../../shared/state/standing'
import type { NodeState, RowState } from '../../../shared/state/state'
import { insideServer, serverRow } from '../../../shared/state/testing'
import { poolMembers } from './pool-members'

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
    serverRow('300', { chosen: 3, inFlight: 2 }),
    serverRow('200', { policy: '222', chosen: 9 }),
    serverRow('100', { chosen: 1, health: 'down' }),
  ]
  const nodes = [insideServer('100'), insideServer('300', { weight: 5, maxConnections: 2 })]
  expect(membersOf(rows, nodes)).toEqual(['300 5 2 75 % full: 2 of 2', '100 1 0 25 % down'])
})

it('claims no share before the first message', () => {
  expect(membersOf([serverRow('100')], [insideServer('100')])).toEqual(['100 1 0  up'])
})
