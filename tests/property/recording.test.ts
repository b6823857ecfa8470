// Laws of a recording: the state at any moment equals the state when it happened, and a file that
// is opened equals what was saved.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { decodeFrame, encodeSnapshot } from '../../src/shared/feed/frame'
import { parseFilter } from '../../src/shared/filter/filter'
import { factsOf } from '../../src/shared/filter/state-facts'
import { PAST_PACKETS } from '../../src/shared/limits'
import { type Moment, RecordingReader } from '../../src/shared/recording/reader'
import { encodeHead } from '../../src/shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import type { State } from '../../src/shared/state/state'
import { blocksOf, type Cut, HEAD, recordingOf, SORT_KEYS } from '../support/recorded-stories'
import { batchSizes, plain, type Story, stories, tellRealStory } from '../support/stories'

const cuts: fc.Arbitrary<Cut> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ sizes: batchSizes, keyframeEvery: fc.nat(4) }) },
  // With this many blocks without a keyframe, opening the file makes keyframes.
  { weight: 1, arbitrary: fc.constant({ sizes: [1], keyframeEvery: 0 }) },
)
const RUNS = { numRuns: 60 }

/** As a screen shows the past: with its last packets. */
function past(state: State, packets = PAST_PACKETS): unknown {
  const frame = decodeFrame(
    encodeSnapshot(0, 0, { ...state, notShown: 0 }, 0, {
      packets,
      bytes: Number.POSITIVE_INFINITY,
    }),
  )
  if (frame.kind !== 'snapshot') throw new Error('A snapshot is one.')
  return plain(frame.state)
}

async function opened(
  events: readonly LabEvent[],
  cut: Cut,
  start: State = INITIAL_STATE,
): Promise<RecordingReader> {
  const reader = new RecordingReader()
  // A recording that begins later begins with a state.
  const keyframeEvery = start.seq > 0 ? Math.max(1, cut.keyframeEvery) : cut.keyframeEvery
  await reader.open(await recordingOf(events, { ...cut, keyframeEvery }, start))
  return reader
}

const moments = fc.oneof(
  fc.record({ at: fc.integer({ min: -50, max: 1_500 }) }),
  fc.record({ seq: fc.integer({ min: -5, max: 150 }) }),
  fc.record({ after: fc.nat(150) }),
  fc.record({ before: fc.nat(150) }),
)

/** Counts the events before a moment, by the definition. */
function eventsBefore(events: readonly LabEvent[], moment: Moment): number {
  const upTo = (at: number) => events.filter((event) => event.at <= at).length
  const happened = events.filter(({ type }) => type !== 'metrics.second')
  const count = (() => {
    if ('seq' in moment) return moment.seq
    if ('at' in moment) return upTo(moment.at)
    if ('after' in moment) {
      const next = happened.find(({ seq }) => seq > moment.after)
      return next ? upTo(next.at) : events.length
    }
    if (!events.some(({ seq }) => seq === moment.before)) return moment.before - 1
    const present = happened.findLast(({ seq }) => seq <= moment.before)
    const earlier = happened.findLast(({ at }) => present !== undefined && at < present.at)
    return earlier ? upTo(earlier.at) : 1
  })()
  return Math.min(Math.max(count, 1), events.length)
}

describe('the state at a moment', () => {
  it('that is sought is the one that playing all events up to it leads to', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        cuts,
        fc.array(moments, { minLength: 1, maxLength: 8 }),
        async (events, cut, sought) => {
          const reader = await opened(events, cut)
          for (const moment of sought) {
            const played = reduce(INITIAL_STATE, events.slice(0, eventsBefore(events, moment)))
            expect(past(await reader.seek(moment))).toEqual(past(played))
          }
        },
      ),
      RUNS,
    )
  })

  it('is that of a whole lesson too, however it was cut', async () => {
    const { events, start } = await tellRealStory(7)
    const counts = fc.array(fc.integer({ min: 1, max: events.length }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(cuts, counts, async (cut, sought) => {
        const reader = await opened(events, cut, start)
        for (const count of sought) {
          const state = await reader.seek({ seq: start.seq + count })
          const kept = state.packets.length
          const played = reduce(start, events.slice(0, count))
          expect(past(state, kept)).toEqual(past(played, kept))
        }
      }),
      { numRuns: 8 },
    )
  })

  it('goes on, event by event, like the one that was there', async () => {
    await fc.assert(
      fc.asyncProperty(stories, cuts, fc.nat(120), async (events, cut, seq) => {
        const reader = await opened(events, cut)
        const start = await reader.seek({ seq })
        const rest = await reader.events(start.seq, 1_000)
        expect(past(reduce(start, rest))).toEqual(past(reduce(INITIAL_STATE, events)))
      }),
      RUNS,
    )
  })
})

describe('a recording', () => {
  it('that is saved and opened has the same events and the same head', async () => {
    await fc.assert(
      fc.asyncProperty(stories, cuts, async (events, cut) => {
        const reader = await opened(events, cut)
        expect(reader.head).toEqual(HEAD)
        expect(await reader.events(0, 1_000)).toEqual(events)
        const again = new RecordingReader()
        await again.open(Buffer.concat(reader.recording()))
        expect(await again.events(0, 1_000)).toEqual(events)
        expect(again.extent).toEqual(reader.extent)
      }),
      RUNS,
    )
  })

  it('is the same in whatever parts its bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        cuts,
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 }),
        async (events, cut, sizes) => {
          const bytes = await recordingOf(events, cut)
          const reader = new RecordingReader()
          for (let from = 0, turn = 0; from < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1
            await reader.append(bytes.subarray(from, from + size))
            from += size
          }
          expect(await reader.events(0, 1_000)).toEqual(events)
          expect(Buffer.concat(reader.recording()).equals(bytes)).toBe(true)
        },
      ),
      RUNS,
    )
  })

  it('whose beginning has been forgotten begins with the state that it led to', async () => {
    await fc.assert(
      fc.asyncProperty(stories, cuts, fc.nat(), fc.nat(120), async (events, cut, where, seq) => {
        if (events.length < 2) return
        const forgotten = 1 + (where % (events.length - 1))
        const start = reduce(INITIAL_STATE, events.slice(0, forgotten))
        const reader = new RecordingReader()
        const keyed = { ...cut, keyframeEvery: Math.max(1, cut.keyframeEvery) }
        await reader.open(await recordingOf(events.slice(forgotten), keyed, start))
        const count = Math.min(Math.max(seq, forgotten + 1), events.length)
        const played = reduce(INITIAL_STATE, events.slice(0, count))
        const sought = await reader.seek({ seq })
        // Dropped packets are not in its list, except those that were in flight.
        const kept = sought.packets.length
        expect(past(sought, kept)).toEqual(past(played, kept))
      }),
      RUNS,
    )
  })
})

describe('packets at a moment', () => {
  let lesson: Story

  beforeAll(async () => {
    lesson = await tellRealStory(11)
  })

  it('are as they stood then', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        cuts,
        fc.array(fc.integer({ min: -1, max: 60 }), { maxLength: 30 }),
        fc.nat(130),
        async (events, cut, ids, asOf) => {
          const reader = await opened(events, cut)
          const { packets } = reduce(INITIAL_STATE, events.slice(0, asOf))
          const found = await reader.packets(ids, asOf)
          const there = found.filter(({ id }) => packets.at(id - 1) !== undefined)
          const expected = ids.flatMap((id) => packets.at(id - 1) ?? [])
          expect(there).toEqual(expected)
        },
      ),
      RUNS,
    )
  })

  it('of an exchange are all of it, in order', async () => {
    const reader = await opened(lesson.events, { sizes: [50], keyframeEvery: 2 }, lesson.start)
    const { seq, firstPacket } = lesson.end
    for (const packet of lesson.end.packets) {
      if (packet.exchange === 0 || packet.exchange <= firstPacket) continue
      const expected = [...lesson.end.packets].filter(
        ({ exchange }) => exchange === packet.exchange,
      )
      expect(await reader.exchange(packet.exchange, seq)).toEqual(expected)
    }
    expect(await reader.exchange(0, seq)).toEqual([])
  })

  const filters = fc.constantFrom(
    '',
    'type:0',
    'type:2',
    'client:2',
    'server:300',
    'policy:111',
    'policy:222',
    'is:error',
    'is:harmed',
    'is:held',
    'is:flying',
    'is:edited',
    'is:copy',
    'hash:wrong',
    'hash:correct',
    'from:proxy',
    'xyz',
    'nobody',
    'field.srcid:1',
    'size:>80',
  )

  it('that a filter finds are those that it lets through', async () => {
    const check = async (
      { events, start }: Pick<Story, 'events' | 'start'>,
      cut: Cut,
      text: string,
      count: number,
    ) => {
      const parsed = parseFilter(text)
      if (!parsed.ok) throw new Error(`${text}: ${parsed.error}`)
      const reader = await opened(events, cut, start)
      const state = reduce(start, events.slice(0, count))
      const asOf = start.seq + count
      const after = state.firstPacket
      const query = { filter: text, sort: { key: 'id', descending: false }, after, asOf } as const
      const found = await reader.find(query)
      const expected = [...state.packets].filter(
        (packet) => packet.id > start.packets.end && parsed.filter.matches(factsOf(packet, state)),
      )
      expect([...found]).toEqual(expected.map(({ id }) => id))
    }
    const told = stories.map((events) => ({ events, start: INITIAL_STATE }))
    await fc.assert(fc.asyncProperty(told, cuts, filters, fc.nat(130), check), { numRuns: 150 })
    await fc.assert(
      fc.asyncProperty(cuts, filters, fc.nat(lesson.events.length), (cut, text, count) =>
        check(lesson, cut, text, count),
      ),
      { numRuns: 25 },
    )
  })

  it('can be sorted by anything, the same ones whichever way', async () => {
    const reader = await opened(lesson.events, { sizes: [70], keyframeEvery: 2 }, lesson.start)
    const asOf = lesson.end.seq
    const all = [
      ...(await reader.find({
        filter: '',
        sort: { key: 'id', descending: false },
        after: 0,
        asOf,
      })),
    ]
    const packets = await reader.packets(all, asOf)
    const byId = new Map(packets.map((packet) => [packet.id, packet]))
    const sizeOf = (id: number) => byId.get(id)?.bytes.length ?? -1
    for (const key of SORT_KEYS) {
      for (const descending of [false, true]) {
        const sorted = [
          ...(await reader.find({ filter: '', sort: { key, descending }, after: 0, asOf })),
        ]
        expect(sorted.toSorted((a, b) => a - b)).toEqual(all)
        if (key !== 'size') continue
        const expected = all.toSorted((a, b) => (descending ? -1 : 1) * (sizeOf(a) - sizeOf(b)))
        expect(sorted).toEqual(expected)
      }
    }
  })
})

describe('a recording that grows', () => {
  it('is what it was, after bytes that were refused', async () => {
    await fc.assert(
      fc.asyncProperty(stories, cuts, fc.nat(), fc.nat(), async (events, cut, where, place) => {
        const blocks = await blocksOf(events, cut)
        if (blocks.length < 2) return
        const good = 1 + (where % (blocks.length - 1))
        const reader = new RecordingReader()
        await reader.append(Buffer.concat([encodeHead(HEAD), ...blocks.slice(0, good)]))
        const before = { extent: reader.extent, events: await reader.events(0, 1_000) }
        const packets = await reader.packets(range(1, reader.extent.packets), Infinity)
        const damaged = Buffer.concat(blocks.slice(good))
        const index = place % damaged.length
        damaged[index] = (damaged[index] ?? 0) ^ 64
        const refused = await reader.append(damaged).then(
          () => undefined,
          (error: Error) => error.message,
        )
        // A length that was increased means a truncated block.
        if (refused === undefined) return
        expect(refused).toMatch(/^It is damaged in block \d+, at byte \d+: .+\.$/)
        expect(reader.extent).toEqual(before.extent)
        expect(await reader.events(0, 1_000)).toEqual(before.events)
        expect(await reader.packets(range(1, reader.extent.packets), Infinity)).toEqual(packets)
        await reader.append(Buffer.concat(blocks.slice(good)))
        expect(await reader.events(0, 1_000)).toEqual(events)
        const end = reduce(INITIAL_STATE, events)
        expect(past(await reader.seek({ seq: Infinity }))).toEqual(past(end))
      }),
      RUNS,
    )
  })
})

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
