import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ONE_OF_EACH } from '../../../tests/support/one-of-each'
import {
  batchSizes,
  inBatches,
  madeUpEvents,
  plain,
  type Story,
  tellRealStory,
} from '../../../tests/support/stories'
import type { LabEvent } from '../events'
import { SNAPSHOT_BYTES, SNAPSHOT_PACKETS } from '../limits'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { State } from '../state/state'
import { decodeFrame, encodeEvents, encodeSnapshot } from './frame'

const examples = Object.values(ONE_OF_EACH).map(
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
  ...ONE_OF_EACH['packet.sent'],
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
      return { seq: 100 + index, at: 1, ...ONE_OF_EACH['packet.sent'], bytes }
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
