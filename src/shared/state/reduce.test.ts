import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  batchSizes,
  inBatches,
  madeUpEvents,
  plain,
  type Story,
  tellRealStory,
} from '../../../tests/support/stories'
import type { EventBody, LabEvent } from '../events'
import { MAX_MARKS, PACKET_HISTORY, PACKET_HISTORY_BYTES, TERMINAL_LINES } from '../limits'
import { DEFAULTS, poolIn } from './pool'
import { INITIAL_STATE, reduce } from './reduce'
import type { State } from './state'

/** The state after these, from the beginning or from a state. */
function after(bodies: readonly EventBody[], state: State = INITIAL_STATE): State {
  return reduce(
    state,
    bodies.map((body, index): LabEvent => ({ seq: state.seq + index + 1, at: 10, ...body })),
  )
}

const server = (id: string): EventBody => ({
  type: 'node.added',
  node: { id: `server:${id}`, role: 'server', origin: 'inside', protocolId: id },
})
const proxy: EventBody = {
  type: 'node.added',
  node: { id: 'proxy', role: 'proxy', origin: 'inside' },
}
const sent = (
  packet: number,
  also: Partial<Extract<EventBody, { type: 'packet.sent' }>> = {},
): EventBody => ({
  type: 'packet.sent',
  packet,
  exchange: 0,
  kind: 2,
  from: 'server:1',
  to: 'proxy',
  connection: 1,
  dueAt: 600,
  bytes: Uint8Array.of(packet),
  copyOf: null,
  ...also,
})
const row = (id: string): EventBody => ({
  type: 'row.set',
  row: {
    server: id,
    policy: '111',
    listenPort: 5_000,
    address: '127.0.0.1',
    node: `server:${id}`,
    health: 'up',
  },
})

/** What is true of any state: the counts are those of what is there. */
function checkCounts({ nodes, inFlight, connections, packets, packetBytes, totals }: State): void {
  for (const node of nodes.values()) {
    const ends = (list: Iterable<{ from: string; to: string }>) =>
      [...list].filter(({ from, to }) => from === node.id || to === node.id).length
    expect([node.id, node.inFlight]).toEqual([node.id, ends(inFlight.values())])
    expect([node.id, node.connections]).toEqual([node.id, ends(connections.values())])
  }
  const kept = [...packets]
  expect(kept.map(({ id }) => id)).toEqual(kept.map((_, index) => packets.first + index + 1))
  expect(packetBytes).toBe(kept.reduce((total, { bytes }) => total + bytes.length, 0))
  const all = totals.sent.reduce((sum, count) => sum + count)
  expect(totals.delivered + totals.dropped + inFlight.size).toBe(all)
}

describe('reduce', () => {
  let real: Story[]

  beforeAll(async () => {
    real = await Promise.all([1, 2, 3].map(tellRealStory))
  })

  it('comes to what the engine says, for a real story', () => {
    for (const { start, events, end } of real) {
      expect(plain(reduce(start, events))).toEqual(plain(end))
      checkCounts(end)
    }
  })

  it('leaves the state that it was given as it was', () => {
    for (const { start, events } of real) {
      const before = plain(start)
      reduce(start, events)
      expect(plain(start)).toEqual(before)
    }
    fc.assert(
      fc.property(madeUpEvents, fc.nat(120), (events, at) => {
        const state = reduce(INITIAL_STATE, events.slice(0, at))
        const before = plain(state)
        reduce(state, events.slice(at))
        expect(plain(state)).toEqual(before)
      }),
    )
  })

  it('comes to the same whatever the batches', () => {
    const inParts = (start: State, events: readonly LabEvent[], sizes: readonly number[]) =>
      plain(inBatches(events, sizes).reduce(reduce, start))
    for (const { start, events, end } of real) {
      expect(inParts(start, events, [1])).toEqual(plain(end))
      expect(inParts(start, events, [7, 1, 30])).toEqual(plain(end))
    }
    fc.assert(
      fc.property(madeUpEvents, batchSizes, (events, sizes) => {
        const whole = plain(reduce(INITIAL_STATE, events))
        expect(inParts(INITIAL_STATE, events, sizes)).toEqual(whole)
      }),
    )
  })

  it('keeps counts that are those of what is there, whatever happens', () => {
    fc.assert(
      fc.property(madeUpEvents, (events) => {
        checkCounts(reduce(INITIAL_STATE, events))
      }),
    )
  })

  it('stops a held packet on its way, and lets a released one go on from there', () => {
    const held = after([
      proxy,
      server('1'),
      sent(1),
      { type: 'packet.held', packet: 1, breakpoint: 3, behind: null, progress: 0.5 },
    ])
    expect(held.inFlight.get(1)).toMatchObject({
      status: 'flying',
      held: { breakpoint: 3, behind: null },
      legAt: 10,
      legFrom: 0.5,
    })
    expect(held.packets.at(0)).toBe(held.inFlight.get(1))
    const released = after([{ type: 'packet.released', packet: 1, dueAt: 900 }], held)
    expect(released.inFlight.get(1)).toMatchObject({ held: undefined, legFrom: 0.5, dueAt: 900 })
    const gone = after([{ type: 'packet.dropped', packet: 1, reason: 'DROPPED_BY_HAND' }], held)
    expect(gone.packets.at(0)).toMatchObject({ status: 'dropped', held: undefined })
    expect(held.packets.at(0)?.status).toBe('flying')
  })

  it('keeps the first bytes of a packet that was edited, however often', () => {
    const edit = (...bytes: number[]): EventBody => ({
      type: 'packet.edited',
      packet: 1,
      kind: 'error',
      bytes: Uint8Array.from(bytes),
    })
    const state = after([proxy, server('1'), sent(1), edit(8, 8), edit(9, 9, 9)])
    expect(state.packets.at(0)).toMatchObject({
      kind: 'error',
      bytes: Uint8Array.of(9, 9, 9),
      original: Uint8Array.of(1),
    })
    checkCounts(state)
  })

  it('keeps the decision of each attempt with the message that it was made for', () => {
    const decision = (server: string, attempt = 1): EventBody => ({
      type: 'decision.made',
      exchange: 1,
      attempt,
      policy: '111',
      algorithm: 'round-robin',
      server,
      candidates: ['1', '2'],
      passedOver: [{ server: '2', why: 'down' }],
      reason: { by: 'round-robin', turn: '2' },
      next: '2',
    })
    const question = sent(1, { kind: 0, exchange: 1, from: 'client:1', to: 'proxy' })
    const state = after([proxy, question, { type: 'packet.delivered', packet: 1 }, decision('1')])
    expect(state.packets.at(0)?.decision).toEqual(state.decisions.get('111'))
    expect(state.packets.at(0)?.decision).toMatchObject({ server: '1', reason: { turn: '2' } })
    expect(state.packets.at(0)?.earlierDecisions).toBeUndefined()
    const retried = after([row('1'), row('2'), decision('2', 2)], state)
    expect(retried.packets.at(0)?.decision).toEqual(retried.decisions.get('111'))
    expect(retried.packets.at(0)?.decision).toMatchObject({ server: '2', attempt: 2 })
    expect(retried.packets.at(0)?.earlierDecisions).toEqual([state.packets.at(0)?.decision])
    expect(retried.rows.get('2')?.chosen).toBe(1)
  })

  it('marks registrations, errors and held packets on the timeline, over a reset too', () => {
    const state = after([
      proxy,
      server('1'),
      sent(1, { kind: 1 }),
      { type: 'packet.delivered', packet: 1 },
      sent(2, { kind: 'error', from: 'proxy', to: 'client:1' }),
      { type: 'packet.held', packet: 2, breakpoint: 1, behind: null, progress: 0.5 },
      sent(3),
      { type: 'packet.held', packet: 3, breakpoint: null, behind: 2, progress: 0.5 },
      { type: 'scenario.reset' },
    ])
    expect(state.marks.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['registration', 4],
      ['error', 5],
      ['held', 6],
    ])
  })

  it('thins out the marks of a kind that there are very many of, and no others', () => {
    const error = (packet: number) => sent(packet, { kind: 'error', from: 'proxy', to: 'client:1' })
    const errors = Array.from({ length: 10 * MAX_MARKS }, (_, index) => error(index + 3))
    const { marks } = after([
      sent(1, { kind: 1 }),
      { type: 'packet.delivered', packet: 1 },
      sent(2),
      { type: 'packet.held', packet: 2, breakpoint: 1, behind: null, progress: 0.5 },
      ...errors,
    ])
    const of = (kind: string) => marks.filter((mark) => mark.kind === kind)
    expect([of('registration').length, of('held').length]).toEqual([1, 1])
    expect(of('error').length).toBeGreaterThanOrEqual(MAX_MARKS / 2)
    expect(of('error').length).toBeLessThanOrEqual(MAX_MARKS)
    expect(marks.map(({ seq }) => seq)).toEqual(
      marks.map(({ seq }) => seq).toSorted((a, b) => a - b),
    )
  })

  it('keeps the same objects where nothing changed', () => {
    const before = after([proxy, server('1'), row('1'), sent(1)])
    const state = after([{ type: 'log', node: 'proxy', level: 'info', text: 'x' }], before)
    expect(state.rows).toBe(before.rows)
    expect(state.nodes).toBe(before.nodes)
    expect(state.inFlight).toBe(before.inFlight)
    expect(state.decisions).toBe(before.decisions)
    const moved = after([{ type: 'packet.dropped', packet: 1, reason: 'STOPPED' }], before)
    expect(moved.rows).toBe(before.rows)
    expect(reduce(before, [])).toBe(before)
  })

  it('gives a node that comes back under its id what it has left open, to be taken off again', () => {
    const left = after([
      proxy,
      server('1'),
      {
        type: 'connection.opened',
        connection: 1,
        from: 'server:1',
        to: 'proxy',
        fromPort: 1,
        toPort: 2,
        fromAddress: '127.0.0.1',
        toAddress: '127.0.0.1',
      },
      sent(1),
      { type: 'node.removed', id: 'server:1' },
      server('1'),
    ])
    expect(left.nodes.get('server:1')).toMatchObject({ sent: 0, inFlight: 1, connections: 1 })
    const ended = after(
      [
        { type: 'packet.dropped', packet: 1, reason: 'STOPPED' },
        { type: 'connection.closed', connection: 1, node: 'server:1' },
      ],
      left,
    )
    expect(ended.nodes.get('server:1')).toMatchObject({ inFlight: 0, connections: 0 })
  })

  it('counts what a server has answered, in its node and its row', () => {
    const state = after([
      proxy,
      server('1'),
      row('1'),
      sent(1),
      { type: 'packet.delivered', packet: 1 },
      sent(2, { kind: 'error' }),
      { type: 'packet.delivered', packet: 2 },
      { type: 'upstream.failed', exchange: 1, server: '1', reason: 'SERVER_TIMEOUT', detail: '' },
      row('1'),
    ])
    expect(state.nodes.get('server:1')).toMatchObject({ sent: 2, served: 1, errors: 1 })
    expect(state.rows.get('1')).toMatchObject({ served: 1, failed: 1, chosen: 0 })
    expect(state.nodes.get('proxy')?.received).toBe(2)
    expect(state.totals.sent).toEqual([0, 0, 1, 1])
  })

  it('tells whose turn it is from the last decision', () => {
    const decision = (policy: string, next: string): EventBody => ({
      type: 'decision.made',
      exchange: 1,
      attempt: 1,
      policy,
      algorithm: 'round-robin',
      server: '1',
      candidates: ['100', '300'],
      passedOver: [],
      reason: { by: 'round-robin', turn: '100' },
      next,
    })
    const state = after([row('1'), decision('111', '3'), decision('111', '1')])
    expect([...state.next]).toEqual([['111', '1']])
    expect(state.rows.get('1')?.chosen).toBe(2)
    expect(state.decisions.get('111')).toEqual({
      exchange: 1,
      attempt: 1,
      policy: '111',
      algorithm: 'round-robin',
      server: '1',
      candidates: ['100', '300'],
      passedOver: [],
      reason: { by: 'round-robin', turn: '100' },
      next: '1',
      at: 10,
    })
  })

  it('knows which packet one is a copy of', () => {
    const state = after([sent(1), sent(2, { copyOf: 1 })])
    expect([...state.packets].map(({ copyOf }) => copyOf)).toEqual([undefined, 1])
  })

  it('writes the verdict on the answer', () => {
    const state = after([
      sent(1),
      { type: 'packet.delivered', packet: 1 },
      { type: 'answer.verified', exchange: 1, packet: 1, node: 'client:1', verdict: 'wrong' },
    ])
    expect(state.packets.at(0)).toMatchObject({
      status: 'delivered',
      endedAt: 10,
      verdict: 'wrong',
    })
    expect(state.totals.verdicts).toEqual({ correct: 0, wrong: 1, error: 0 })
  })

  it('counts an error that answers no question, at the proxy and at whom it is for', () => {
    const error = (packet: number, exchange: number): EventBody =>
      sent(packet, { kind: 'error', from: 'proxy', to: 'server:1', exchange })
    const refused: EventBody = {
      type: 'exchange.finished',
      exchange: 7,
      client: 'server:1',
      outcome: 'refused',
      server: null,
      reason: 'NO_SERVER_FOR_POLICY',
    }
    const faulty = after([proxy, server('1'), error(1, 0)])
    const errors = ({ nodes }: State) => [...nodes.values()].map((node) => node.errors)
    expect(errors(faulty)).toEqual([1, 1])
    expect(errors(after([error(2, 7), refused], faulty))).toEqual([2, 2])
  })

  it('knows the pools whose algorithm is not the default one, also while nobody serves the policy', () => {
    const pool = (policy: string, algorithm: 'random' | 'round-robin'): EventBody => {
      return { type: 'pool.changed', policy, ...DEFAULTS, algorithm }
    }
    const changed = after([pool('111', 'random'), pool('222', 'random')])
    expect([...changed.pools.keys()]).toEqual(['111', '222'])
    expect(poolIn(changed, '111')).toMatchObject({ algorithm: 'random' })
    expect(poolIn(changed, '333')).toMatchObject({ algorithm: 'round-robin' })
    expect([...after([pool('222', 'round-robin')], changed).pools.keys()]).toEqual(['111'])
    expect(after([{ type: 'scenario.reset' }], changed).pools.size).toBe(0)
  })

  it('begins again on a reset, except for who is there and what is open', () => {
    const log: EventBody = { type: 'log', node: 'proxy', level: 'info', text: 'x' }
    const opened: EventBody = {
      type: 'connection.opened',
      connection: 1,
      from: 'server:1',
      to: 'proxy',
      fromPort: 1,
      toPort: 2,
      fromAddress: '127.0.0.1',
      toAddress: '127.0.0.1',
    }
    const history = [opened, log, row('1'), sent(1), sent(2), sent(3, { kind: 'error' })]
    const before = after([proxy, server('1'), ...history])
    const state = after([{ type: 'scenario.reset' }], before)
    const { connections, nodes, packets } = state
    expect(plain(state)).toEqual({
      ...(plain(after([proxy, server('1')])) as State),
      seq: state.seq,
      firstPacket: packets.end,
      connections,
      nodes: new Map([...nodes].map(([id, node]) => [id, { ...node, connections: 1, sent: 0 }])),
      first: 3,
      end: 3,
    })
    expect(packets.at(2)).toBeUndefined()
    const late: EventBody[] = [
      { type: 'packet.delivered', packet: 1 },
      { type: 'packet.dropped', packet: 2, reason: 'STOPPED' },
      sent(4),
    ]
    const later = after(late, state)
    checkCounts(later)
    expect(later.packets.at(3)?.id).toBe(4)
    expect(later.totals).toMatchObject({ sent: [0, 0, 1, 0], delivered: 0, dropped: 0 })
  })
})

describe('history', () => {
  it('is bounded by the number of packets, and the counters go on', () => {
    const count = PACKET_HISTORY + 1_000
    let state = after([proxy, server('1')])
    for (const batch of inBatches(
      Array.from({ length: count }, (_, index) => index + 1),
      [700],
    )) {
      state = after(
        batch.flatMap((id) => [sent(id), { type: 'packet.delivered' as const, packet: id }]),
        state,
      )
    }
    expect(state.packets.length).toBeLessThanOrEqual(PACKET_HISTORY)
    expect(state.packets.length).toBeGreaterThan(PACKET_HISTORY * 0.9)
    expect(state.packets.at(count - 1)?.id).toBe(count)
    expect(state.packets.at(0)).toBeUndefined()
    expect(state.totals).toMatchObject({ sent: [0, 0, count, 0], delivered: count })
    expect(state.nodes.get('server:1')).toMatchObject({ sent: count, served: count })
  })

  it('is bounded by bytes, however few packets they are', () => {
    const bytes = new Uint8Array(1024 * 1024)
    const sendMany = Array.from({ length: 300 }, (_, index) => sent(index + 1, { bytes }))
    const state = inBatches(sendMany, [9]).reduce((so, batch) => after(batch, so), INITIAL_STATE)
    expect(state.packetBytes).toBeLessThanOrEqual(PACKET_HISTORY_BYTES)
    expect(state.packetBytes).toBe(state.packets.length * bytes.length)
    expect(state.packets.at(299)?.id).toBe(300)
  })

  it('does not forget a packet that is still under way', () => {
    const bytes = new Uint8Array(1024 * 1024)
    const many = Array.from({ length: 200 }, (_, index) => sent(index + 1, { bytes }))
    const state = after([proxy, server('1'), ...many])
    expect(state.packets.at(0)).toBeUndefined()
    expect(state.inFlight.get(1)?.id).toBe(1)
    const later = after([{ type: 'packet.delivered', packet: 1 }], state)
    expect(later.totals.delivered).toBe(1)
    expect(later.inFlight.size).toBe(199)
  })

  it('of what a node has logged is its last lines', () => {
    const count = TERMINAL_LINES + 20
    const lines = Array.from({ length: count }, (_, index): EventBody => {
      return { type: 'log', node: 'proxy', level: 'info', text: `line ${index}` }
    })
    const state = inBatches(lines, [1, 90]).reduce((so, batch) => after(batch, so), after([proxy]))
    const texts = state.logs.get('proxy')?.map(({ text }) => text)
    expect(texts).toEqual(lines.slice(20).map((line) => line.type === 'log' && line.text))
  })

  it('of what a node has logged goes with it', () => {
    const log: EventBody = { type: 'log', node: 'server:1', level: 'info', text: 'x' }
    const gone = after([server('1'), log, { type: 'node.removed', id: 'server:1' }])
    expect(gone.logs.size).toBe(0)
    expect(after([server('1'), log], gone).logs.get('server:1')?.length).toBe(1)
    expect(after([log]).logs.size).toBe(0)
  })
})
