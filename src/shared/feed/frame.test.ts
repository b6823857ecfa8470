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
import type { EventBody, EventType, LabEvent } from '../events'
import { SNAPSHOT_BYTES, SNAPSHOT_PACKETS } from '../limits'
import { DEFAULTS } from '../state/pool'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { State } from '../state/state'
import { decodeFrame, encodeEvents, encodeSnapshot } from './frame'

/** One of each, with texts that are not plain. */
const EXAMPLES: { readonly [T in EventType]: Extract<EventBody, { type: T }> } = {
  'packet.sent': {
    type: 'packet.sent',
    packet: 7,
    exchange: 3,
    kind: 'error',
    from: 'client:ä"\\',
    to: 'proxy',
    connection: 4,
    dueAt: 600.25,
    bytes: Uint8Array.of(0, 255, 123),
    copyOf: 6,
  },
  'packet.delivered': { type: 'packet.delivered', packet: 7 },
  'packet.dropped': { type: 'packet.dropped', packet: 7, reason: 'CLIENT_LEFT' },
  'packet.held': {
    type: 'packet.held',
    packet: 7,
    breakpoint: 2,
    behind: null,
    progress: 0.5,
  },
  'packet.released': { type: 'packet.released', packet: 7, dueAt: 900.125 },
  'packet.edited': {
    type: 'packet.edited',
    packet: 7,
    kind: 0,
    bytes: Uint8Array.of(123, 125),
  },
  'packet.read': {
    type: 'packet.read',
    packet: 7,
    pieces: [
      { bytes: 2, of: 2, at: 300.5 },
      { bytes: 1, of: 9, at: 301 },
    ],
  },
  'breakpoint.set': {
    type: 'breakpoint.set',
    breakpoint: { id: 2, filter: 'payload:"ä"', once: true, enabled: true },
  },
  'breakpoint.removed': { type: 'breakpoint.removed', breakpoint: 2 },
  'decision.made': {
    type: 'decision.made',
    exchange: 3,
    policy: '111',
    server: null,
    candidates: ['100', '300'],
    attempt: 2,
    algorithm: 'random',
    passedOver: [{ server: '100', why: 'tried' }],
    reason: { by: 'random', drawn: 1 },
    next: '300',
    waitedMs: 350.5,
  },
  'exchange.queued': { type: 'exchange.queued', exchange: 3, policy: '111', position: 2 },
  'upstream.failed': {
    type: 'upstream.failed',
    exchange: 3,
    server: '100',
    reason: 'SERVER_TIMEOUT',
    detail: 'Server 100 did not answer.',
  },
  'answer.verified': {
    type: 'answer.verified',
    exchange: 3,
    packet: 8,
    node: 'client:1',
    verdict: 'wrong',
  },
  'exchange.finished': {
    type: 'exchange.finished',
    exchange: 3,
    client: 'client:1',
    outcome: 'lost',
    server: null,
    reason: 'STOPPED',
  },
  'connection.opened': {
    type: 'connection.opened',
    connection: 4,
    from: 'client:1',
    to: 'proxy',
    fromPort: 40_000,
    toPort: 2100,
    fromAddress: '127.0.0.1',
    toAddress: '127.0.0.1',
  },
  'connection.closed': { type: 'connection.closed', connection: 4, node: 'client:1' },
  'proxy.listening': {
    type: 'proxy.listening',
    host: '127.0.0.1',
    port: 2101,
    askedPort: 2100,
    otherHosts: ['::1'],
  },
  'node.added': {
    type: 'node.added',
    node: { id: 'client:1', role: 'client', origin: 'inside', protocolId: '1', payload: '\ud800✓' },
  },
  'node.changed': {
    type: 'node.changed',
    node: { id: 'server:1', role: 'server', origin: 'outside', port: 5000, keepConnection: false },
  },
  'node.removed': { type: 'node.removed', id: 'client:1' },
  'row.set': {
    type: 'row.set',
    row: {
      server: '1',
      policy: '111',
      listenPort: 5000,
      address: '::1',
      node: 'server:1',
      health: 'down',
    },
  },
  'row.removed': { type: 'row.removed', server: '1' },
  'policy.next': { type: 'policy.next', policy: '111', server: null },
  'clock.changed': { type: 'clock.changed', paused: true, speed: 0.25 },
  'links.changed': { type: 'links.changed', latencyMs: 0 },
  log: { type: 'log', node: 'proxy', level: 'warning', text: 'A line\nand "another" – \u0000' },
  'scenario.reset': { type: 'scenario.reset' },
  'scenario.opened': { type: 'scenario.opened', name: 'Lesson “3”', seed: 7 },
  'pool.changed': { type: 'pool.changed', policy: '111', ...DEFAULTS, algorithm: 'random' },
  'history.changed': {
    type: 'history.changed',
    undo: { number: 3, label: 'open “Lesson 3”' },
    redo: null,
  },
  'nodes.placed': {
    type: 'nodes.placed',
    places: [{ node: 'server:1', x: -12.5, y: 40 }],
    forgotten: ['proxy'],
  },
  'messages.queued': { type: 'messages.queued', client: 'client:1', count: 6 },
  'event.unknown': { type: 'event.unknown', name: 'lesson.begun' },
}

const examples = Object.values(EXAMPLES).map(
  (body, index): LabEvent => ({ seq: 41 + index, at: 12.5 * index, ...body }),
)

/** The state that a consumer has after this snapshot. */
function throughSnapshot(state: State): State {
  const frame = decodeFrame(encodeSnapshot(1, 0, state, 0))
  if (frame.kind !== 'snapshot') throw new Error('A snapshot came back as something else.')
  return frame.state
}

const sent = (packet: number, size: number): LabEvent => ({
  seq: packet,
  at: packet,
  ...EXAMPLES['packet.sent'],
  packet,
  bytes: new Uint8Array(size),
})

describe('a frame of events', () => {
  it.each(examples)('carries $type as it is', (event) => {
    const carried = { kind: 'events', number: 9, now: 77.5, events: [event] }
    expect(decodeFrame(encodeEvents(9, 77.5, [event]))).toEqual(carried)
  })

  it('carries many, with their numbers and each with its own bytes', () => {
    const packets = [0, 3, 100_000, 1].map((size, index): LabEvent => {
      const bytes = new Uint8Array(size).fill(index + 1)
      return { seq: 100 + index, at: 1, ...EXAMPLES['packet.sent'], bytes }
    })
    const frame = decodeFrame(encodeEvents(1, 1, packets))
    expect(frame.kind === 'events' && frame.events).toEqual(packets)
  })

  it('is read wherever it lies in memory', () => {
    const frame = encodeEvents(1, 2, examples)
    const moved = new Uint8Array(frame.length + 9)
    moved.set(frame, 5)
    expect(decodeFrame(moved.subarray(5, 5 + frame.length))).toEqual(decodeFrame(frame))
  })

  it('carries any story', () => {
    fc.assert(
      fc.property(madeUpEvents, batchSizes, (events, sizes) => {
        const decoded = inBatches(events, sizes).flatMap((batch, index) => {
          const frame = decodeFrame(encodeEvents(index, 0, batch))
          return frame.kind === 'events' ? frame.events : []
        })
        expect(decoded).toEqual(events)
      }),
    )
  })
})

describe('a snapshot', () => {
  let real: Story

  beforeAll(async () => {
    real = await tellRealStory(4)
  })

  it('is the state, where nothing had to be left out', () => {
    expect(real.end.packets.length).toBeLessThan(SNAPSHOT_PACKETS)
    expect(real.end.packets.length).toBeGreaterThan(20)
    expect(plain(throughSnapshot(real.end))).toEqual(plain(real.end))
    expect(Object.keys(throughSnapshot(real.end)).sort()).toEqual(Object.keys(real.end).sort())
    fc.assert(
      fc.property(madeUpEvents, (events) => {
        const state = reduce(INITIAL_STATE, events)
        expect(plain(throughSnapshot(state))).toEqual(plain(state))
      }),
    )
  })

  it('is a state that goes on like the one that it was taken of', () => {
    fc.assert(
      fc.property(madeUpEvents, fc.nat(120), (events, at) => {
        const state = reduce(INITIAL_STATE, events.slice(0, at))
        const rest = events.slice(at)
        expect(plain(reduce(throughSnapshot(state), rest))).toEqual(plain(reduce(state, rest)))
      }),
    )
  })

  it('says its number, the time, and how many events it stands for', () => {
    const frame = decodeFrame(encodeSnapshot(3, 99.5, INITIAL_STATE, 1_234))
    expect(frame).toMatchObject({ kind: 'snapshot', number: 3, now: 99.5, skipped: 1_234 })
  })

  it('carries the newest packets only, and all that are under way, with exact counters', () => {
    const count = SNAPSHOT_PACKETS + 100
    const events = Array.from({ length: count }, (_, index) => sent(index + 1, 1))
    const delivered = Array.from({ length: 90 }, (_, index): LabEvent => {
      return { seq: count + index + 1, at: 0, type: 'packet.delivered', packet: index + 1 }
    })
    const state = reduce(INITIAL_STATE, [...events, ...delivered])
    const shown = throughSnapshot(state)
    expect(shown.packets.length).toBe(SNAPSHOT_PACKETS)
    expect(shown.packets.at(count - 1)?.id).toBe(count)
    expect([...shown.inFlight.keys()]).toEqual([...state.inFlight.keys()])
    expect(shown.totals).toEqual(state.totals)
    const last: LabEvent = { seq: count + 91, at: 0, type: 'packet.delivered', packet: 91 }
    expect(reduce(shown, [last]).totals).toEqual(reduce(state, [last]).totals)
  })

  it('is bounded in bytes by packets that are under way as well, and still has them all', () => {
    const large = 300 * 1024
    const old = Array.from({ length: 40 }, (_, index) => sent(index + 1, large))
    const small = Array.from({ length: SNAPSHOT_PACKETS }, (_, index) => sent(41 + index, 1))
    const state = reduce(INITIAL_STATE, [...old, ...small])
    expect(encodeSnapshot(1, 0, state, 0).length).toBeLessThan(SNAPSHOT_BYTES + 200_000)
    const { inFlight } = throughSnapshot(state)
    expect([...inFlight.keys()]).toEqual([...state.inFlight.keys()])
    expect(inFlight.get(1)?.bytes.length).toBe(large)
    expect(inFlight.get(40)?.bytes.length).toBe(0)
  })

  it('is bounded in bytes', () => {
    const large = 300 * 1024
    const events = Array.from({ length: 40 }, (_, index) => sent(index + 1, large))
    const ended = events.map(({ seq }): LabEvent => {
      return { seq: 40 + seq, at: 0, type: 'packet.delivered', packet: seq }
    })
    const state = reduce(INITIAL_STATE, [...events, ...ended])
    const frame = encodeSnapshot(1, 0, state, 0)
    expect(frame.length).toBeLessThan(SNAPSHOT_BYTES + 100_000)
    const { packets } = throughSnapshot(state)
    expect(packets.length).toBe(Math.floor(SNAPSHOT_BYTES / large))
    expect(packets.end).toBe(40)
  })

  it('keeps every byte under way where no bound is set, however many', () => {
    const large = 300 * 1024
    const events = Array.from({ length: 40 }, (_, index) => sent(index + 1, large))
    const state = reduce(INITIAL_STATE, events)
    const whole = { packets: 0, bytes: Number.POSITIVE_INFINITY }
    const frame = decodeFrame(encodeSnapshot(1, 0, state, 0, whole))
    expect(frame.kind).toBe('snapshot')
    if (frame.kind !== 'snapshot') return
    const sizes = [...frame.state.inFlight.values()].map(({ bytes }) => bytes.length)
    expect(sizes).toEqual(Array(40).fill(large))
  })
})
