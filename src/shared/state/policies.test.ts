import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpEvents } from '../../../tests/support/stories'
import type { EventBody, LabEvent, Node } from '../events'
import { MAX_UNSERVED_POLICIES } from '../limits'
import { DEFAULTS } from './pool'
import { INITIAL_STATE, reduce } from './reduce'
import type { State } from './state'

function after(bodies: readonly EventBody[], state: State = INITIAL_STATE): State {
  return reduce(
    state,
    bodies.map((body, index): LabEvent => ({ seq: state.seq + index + 1, at: 10, ...body })),
  )
}

const added = (node: Node): EventBody => ({ type: 'node.added', node })
const server = (id: string, policy: string): Node => ({
  id: `server:${id}`,
  role: 'server',
  origin: 'inside',
  protocolId: id,
  policy,
})
const client = (origin: Node['origin'], policy: string): Node => ({
  id: 'client:1',
  role: 'client',
  origin,
  protocolId: '1',
  policy,
})
const row = (id: string, policy: string): EventBody => ({
  type: 'row.set',
  row: {
    server: id,
    policy,
    listenPort: 5_000,
    address: '127.0.0.1',
    node: `server:${id}`,
    health: 'up',
  },
})
const asked = (exchange: number, policy: string, by: string | null = null): EventBody => ({
  type: 'decision.made',
  exchange,
  attempt: 1,
  policy,
  algorithm: 'round-robin',
  server: by,
  candidates: by === null ? [] : [by],
  passedOver: [],
  reason: by === null ? null : { by: 'round-robin', turn: by },
  next: by,
})
const finished = (exchange: number): EventBody => ({
  type: 'exchange.finished',
  exchange,
  client: 'client:1',
  outcome: 'refused',
  server: null,
  reason: 'NO_SERVER_FOR_POLICY',
})
const connection = { connection: 1, from: 'client:1', to: 'proxy', fromPort: 1, toPort: 2 } as const
const opened: EventBody = {
  type: 'connection.opened',
  ...connection,
  fromAddress: '127.0.0.1',
  toAddress: '127.0.0.1',
}
const closed: EventBody = { type: 'connection.closed', connection: 1, node: 'client:1' }

const policies = ({ next }: State) => [...next.keys()]

describe('a policy', () => {
  it('appears with its first server, whatever registers first and whatever its pool’s settings', () => {
    const random: EventBody = {
      type: 'pool.changed',
      policy: '333',
      ...DEFAULTS,
      algorithm: 'random',
    }
    const state = after([
      random,
      added(server('100', '111')),
      added(server('200', '222')),
      added(server('300', '333')),
      row('300', '333'),
      row('200', '222'),
    ])
    expect(policies(state)).toEqual(['111', '222', '333'])
    expect([...state.slots.values()]).toEqual([0, 1, 2])
    expect(policies(after([random]))).toEqual([])
  })

  it('that nobody serves stays until the last message for it has its answer', () => {
    const during = after([asked(1, 'typo'), asked(2, 'typo'), finished(1)])
    expect(policies(during)).toEqual(['typo'])
    expect(during.decisions.has('typo')).toBe(true)
    const later = after([finished(2)], during)
    expect(policies(later)).toEqual([])
    expect(later.decisions.size + later.asking.size + later.slots.size).toBe(0)
  })

  it('stays while a client asks for it by default: an outside one until it has left', () => {
    const typo = [asked(1, 'typo'), finished(1)]
    expect(policies(after([added(client('inside', 'typo')), ...typo]))).toEqual(['typo'])
    const connected = after([added(client('outside', 'typo')), opened, ...typo])
    expect(policies(connected)).toEqual(['typo'])
    expect(policies(after([closed], connected))).toEqual([])
    const changed: EventBody = { type: 'node.changed', node: client('outside', '111') }
    expect(policies(after([changed], connected))).toEqual([])
    expect(policies(after([{ type: 'node.removed', id: 'client:1' }], connected))).toEqual([])
  })

  it('goes with its last server, and with its last row', () => {
    const served = after([added(server('1', '111')), row('1', '111')])
    const unregistered = after([{ type: 'row.removed', server: '1' }], served)
    expect(policies(unregistered)).toEqual(['111'])
    const gone: EventBody = { type: 'node.removed', id: 'server:1' }
    expect(policies(after([gone], unregistered))).toEqual([])
    expect(policies(after([row('1', '222')], after([row('1', '111')])))).toEqual(['222'])
  })

  it('that was served stays for the messages that are in progress', () => {
    const asking = after([row('1', '111'), asked(7, '111', '1')])
    const next: EventBody = { type: 'policy.next', policy: '111', server: null }
    const left = after([{ type: 'row.removed', server: '1' }, next], asking)
    expect([...left.next]).toEqual([['111', null]])
    expect(policies(after([finished(7)], left))).toEqual([])
  })

  it('keeps its number, and so its colour, when an earlier one goes; the next one gets the free number', () => {
    const three = after([row('1', '111'), asked(1, 'typo'), row('2', '222')])
    expect([...three.slots]).toEqual([
      ['111', 0],
      ['typo', 1],
      ['222', 2],
    ])
    const two = after([finished(1)], three)
    expect([...two.slots]).toEqual([
      ['111', 0],
      ['222', 2],
    ])
    expect(after([row('3', '333')], two).slots.get('333')).toBe(1)
  })

  it('that nobody serves is one of a limited number, of which the newest go first', () => {
    const many = Array.from({ length: 100 }, (_, index) => `nobody ${index}`)
    const full = after([
      row('1', '111'),
      ...many.map((policy, index) => asked(index + 1, policy)),
      row('2', '222'),
    ])
    const kept = many.slice(0, MAX_UNSERVED_POLICIES)
    expect(policies(full)).toEqual(['111', ...kept, '222'])
    expect([...full.decisions.keys()]).toEqual(kept)
  })

  it('is there if and only if it is used, whatever happens', () => {
    fc.assert(
      fc.property(madeUpEvents, (events) => {
        const state = reduce(INITIAL_STATE, events)
        for (const policy of state.next.keys())
          expect([policy, users(state, policy)]).not.toEqual([policy, []])
        for (const { policy } of state.rows.values()) expect(state.next.has(policy)).toBe(true)
        expect([...state.slots.keys()].toSorted()).toEqual(policies(state).toSorted())
        expect(new Set(state.slots.values()).size).toBe(state.slots.size)
      }),
    )
  })
})

function users({ nodes, rows, asking, next }: State, policy: string): string[] {
  const users: string[] = []
  for (const row of rows.values()) if (row.policy === policy) users.push('a row')
  for (const asked of asking.values()) if (asked === policy) users.push('an exchange')
  for (const { id, role, origin, connections, policy: own } of nodes.values()) {
    const isThere = role === 'server' || origin === 'inside' || connections > 0
    if (own === policy && isThere) users.push(id)
  }
  if (typeof next.get(policy) === 'string') users.push('a turn')
  return users
}
