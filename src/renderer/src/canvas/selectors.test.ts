import { describe, expect, test } from 'vitest'
import { DEFAULTS } from '../../../shared/state/pool'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import type { NodeState, RowState, State } from '../../../shared/state/state'
import { ringsSelector } from './rings'
import { sharePercent } from './shares'
import { structureSelector } from './structure'

const counters = { sent: 0, received: 0, errors: 0, served: 0, inFlight: 0, connections: 0 }

function server(id: string, policy: string, served = 0): NodeState {
  return {
    id: `server:${id}`,
    role: 'server',
    origin: 'inside',
    protocolId: id,
    policy,
    ...counters,
    served,
  }
}

function row(id: string, policy: string, served = 0, health: RowState['health'] = 'up'): RowState {
  const learnt = { chosen: served, served, failed: 0 }
  return {
    server: id,
    policy,
    listenPort: 1,
    address: '127.0.0.1',
    node: `server:${id}`,
    health,
    ...learnt,
  }
}

function stateWith(rows: readonly RowState[]): State {
  const policies = [...new Set(rows.map(({ policy }) => policy))]
  return {
    ...INITIAL_STATE,
    nodes: new Map(
      rows.map((one) => [one.node, server(one.server, one.policy, one.served)] as const),
    ),
    rows: new Map(rows.map((one) => [one.server, one] as const)),
    next: new Map(policies.map((policy) => [policy, null] as const)),
  }
}

describe('what the canvas reads of the state', () => {
  test('the structure stays the same object while only counters change', () => {
    const select = structureSelector()
    const before = select(stateWith([row('1', '111', 0)]))
    expect(select(stateWith([row('1', '111', 5)]))).toBe(before)
    expect(select(stateWith([row('1', '222', 5)]))).not.toBe(before)
  })

  test('a ring has weights where its algorithm sees them', () => {
    const state = stateWith([row('1', '111')])
    const nodes = new Map([...state.nodes].map(([id, node]) => [id, { ...node, weight: 5 }]))
    const select = ringsSelector()
    expect(select({ ...state, nodes })[0]?.exits[0]?.weight).toBe(1)
    const pools = new Map([['111', { ...DEFAULTS, algorithm: 'maglev' as const }]])
    expect(select({ ...state, nodes, pools })[0]?.exits[0]?.weight).toBe(5)
    expect(select({ ...state, pools })[0]?.exits[0]?.weight).toBe(1)
  })

  test('the rings stay the same object while only counters change', () => {
    const select = ringsSelector()
    const before = select(stateWith([row('1', '111', 0), row('2', '222', 0)]))
    expect(select(stateWith([row('1', '111', 5), row('2', '222', 7)]))).toBe(before)
  })

  test('a server that goes down changes its own ring only', () => {
    const select = ringsSelector()
    const [first, second] = select(stateWith([row('1', '111'), row('2', '222')]))
    const [firstNow, secondNow] = select(stateWith([row('1', '111', 0, 'down'), row('2', '222')]))
    expect(firstNow).not.toBe(first)
    expect(firstNow?.exits).toMatchObject([{ server: '1', kind: 'down', isAway: true }])
    expect(secondNow).toBe(second)
  })

  test('a policy that nobody serves has a ring without exits', () => {
    const state = { ...INITIAL_STATE, next: new Map([['333', null]]) }
    expect(ringsSelector()(state)).toEqual([{ policy: '333', exits: [] }])
  })

  test('exits stand in order of registration', () => {
    const rings = ringsSelector()(stateWith([row('9', '111'), row('1', '222'), row('3', '111')]))
    expect(rings[0]?.exits.map((exit) => exit.server)).toEqual(['9', '3'])
  })

  test('shares are of the policy’s answers, or beside the busiest', () => {
    const { rows } = stateWith([row('1', '111', 30), row('2', '111', 10), row('3', '222', 99)])
    expect(sharePercent(rows, server('2', '111'), 'total')).toBe(25)
    expect(sharePercent(rows, server('2', '111'), 'most')).toBe(33)
    expect(sharePercent(rows, server('gone', '111'), 'total')).toBe(0)
  })

  test('the share is of the program that has registered the id, not of an inside server with the same id', () => {
    const taken = { ...row('1', '111', 30), node: 'outside:server:1' }
    const { rows } = stateWith([taken, row('2', '111', 10)])
    expect(sharePercent(rows, { id: 'outside:server:1', protocolId: '1' }, 'total')).toBe(75)
    expect(sharePercent(rows, server('1', '111'), 'total')).toBe(0)
  })
})
