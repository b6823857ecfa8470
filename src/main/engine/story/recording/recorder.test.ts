import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dismantle } from '../../../../../tests/support/dismantle'
import { inBatches, madeUpEvents } from '../../../../../tests/support/stories'
import type { EventBody } from '../../../../shared/events'
import { groupSecond } from '../../../../shared/metrics/testing'
import { RecordingReader } from '../../../../shared/recording/reader'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import {
  at,
  eventsOf,
  expectKeyframesToBeRight,
  RECORDING_HEAD,
  readAll,
  startRecorder,
  tell,
  useRecorder,
} from './recorder.testing'

useRecorder()

describe('a recording', () => {
  it('of nothing is a head', async () => {
    expect(dismantle(await readAll())).toEqual({
      head: RECORDING_HEAD,
      blocks: [],
      isComplete: false,
    })
  })

  it('has exactly what was told, with the real times, however it is cut and read', async () => {
    const ways = fc.record({
      told: madeUpEvents.filter(({ length }) => length > 0),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      blockEvents: fc.integer({ min: 1, max: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(ways, async ({ told, sizes, blockEvents }) => {
        startRecorder({ blockEvents })
        const bytes: Uint8Array[] = []
        let read = 0
        for (const batch of inBatches(told, sizes)) {
          for (const { seq: _seq, at: _at, ...body } of batch) {
            at.clock.advance(0.25)
            at.journal.emit(body as EventBody)
          }
          const part = await at.recorder.read(read)
          expect(part.from).toBe(read)
          bytes.push(part.bytes)
          read += part.bytes.length
        }
        const recording = dismantle(Buffer.concat(bytes))
        expect(eventsOf(recording)).toEqual(at.events)
        expect(recording.blocks.every(({ events: its }) => its.length <= blockEvents)).toBe(true)
        expectKeyframesToBeRight(recording)
        const realTimes = recording.blocks.flatMap((block) => block.realTimes)
        expect(realTimes).toEqual(realTimes.toSorted((one, other) => one - other))
        expect(dismantle(await readAll())).toEqual(recording)
      }),
      { numRuns: 25 },
    )
  })

  it('closes a block also for the bytes in it', async () => {
    startRecorder({ blockBytes: 1_000 })
    tell(10, 400)
    const { blocks } = dismantle(await readAll())
    expect(blocks.map((block) => block.events.length)).toEqual([5, 6, 6, 3])
  })

  it('has keyframes, which never make up more of it than the events', async () => {
    startRecorder({ blockEvents: 10 })
    const node = { role: 'client', origin: 'inside' } as const
    for (let id = 0; id < 60; id++) {
      at.journal.emit({ type: 'node.added', node: { ...node, id: `client:${id}` } })
    }
    tell(4_000)
    const recording = dismantle(await readAll())
    const withKeyframe = recording.blocks.filter(({ before }) => before !== undefined).length
    expect(withKeyframe).toBeGreaterThan(10)
    expect(withKeyframe).toBeLessThan(recording.blocks.length / 8)
    expectKeyframesToBeRight(recording)
  })

  it('has the figures by second at each moment, though keyframes are without them', async () => {
    startRecorder({ blockEvents: 10 })
    const server = { of: 'server', id: '100' } as const
    for (let second = 0; second < 200; second++) {
      tell(20)
      const groups = [groupSecond({ begun: second }), groupSecond({ ...server, begun: second })]
      at.journal.emit({ type: 'metrics.second', second, groups })
    }
    const bytes = await readAll()
    const keyframes = dismantle(bytes).blocks.flatMap(({ before }) => before ?? [])
    expect(keyframes.length).toBeGreaterThan(2)
    expect(keyframes.map(({ metrics }) => metrics.size)).toEqual(keyframes.map(() => 0))
    const reader = new RecordingReader()
    await reader.append(bytes)
    for (const seq of [at.events.length, 40, 41, 4_000, 7_999]) {
      const { metrics } = await reader.seek({ seq })
      expect(metrics).toEqual(reduce(INITIAL_STATE, at.events.slice(0, seq)).metrics)
    }
  })

  it('forgets the oldest past its limit, and begins anew with a head and a keyframe', async () => {
    const maxBytes = 24_000
    startRecorder({ maxBytes, blockEvents: 20 })
    tell(30)
    const early = await at.recorder.read(0)
    tell(1_500)
    const bytes = await readAll()
    expect(bytes.length).toBeLessThan(maxBytes)
    expect(bytes.length).toBeGreaterThan(maxBytes / 2)
    const recording = dismantle(bytes)
    expect(recording.head).toEqual(RECORDING_HEAD)
    expect(recording.blocks[0]?.before).toBeDefined()
    expectKeyframesToBeRight(recording)
    const first = eventsOf(recording)[0]?.seq ?? 0
    expect(first).toBeGreaterThan(1)
    expect(eventsOf(recording)).toEqual(at.events.slice(first - 1))
    const reader = new RecordingReader()
    expect(await reader.append(bytes)).toMatchObject({ firstSeq: first, lastSeq: at.events.length })
    const { totals } = await reader.seek({ seq: at.events.length })
    expect(totals).toEqual(at.journal.state.totals)
    // A read from a dropped offset returns the same recording.
    const late = await at.recorder.read(early.bytes.length)
    expect(late.from).toBeGreaterThan(early.bytes.length)
    expect(dismantle(await readAll(early.bytes.length))).toEqual(recording)
  })

  it('goes on for who has read it so far, whatever is forgotten behind them', async () => {
    startRecorder({ maxBytes: 32_000, blockEvents: 20 })
    const read: Uint8Array[] = []
    let end = 0
    for (let turn = 0; turn < 30; turn++) {
      tell(60)
      const part = await at.recorder.read(end)
      expect(part.from).toBe(end)
      read.push(part.bytes)
      end += part.bytes.length
    }
    expect(eventsOf(dismantle(Buffer.concat(read)))).toEqual(at.events)
    expect((await at.recorder.read(0)).from).toBeGreaterThan(0)
  })

  it('says in words where it has not come that far', async () => {
    await expect(at.recorder.read(20_000)).rejects.toThrow(
      /^The recording has \d+ bytes: .* 20000 on\.$/,
    )
  })
})
