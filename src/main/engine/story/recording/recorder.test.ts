import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Dismantled, dismantle } from '../../../../../tests/support/dismantle'
import { inBatches, madeUpEvents, plain } from '../../../../../tests/support/stories'
import type { EventBody, LabEvent } from '../../../../shared/events'
import { decodeFrame, encodeSnapshot } from '../../../../shared/feed/frame'
import { RecordingReader } from '../../../../shared/recording/reader'
import { WHOLE_STATE } from '../../../../shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import { createManualClock, type ManualClock } from '../../clock/manual-clock'
import { Journal } from '../journal'
import { Recorder, type RecorderOptions } from './recorder'
import { RecoveredSessions } from './recovered'

const HEAD = { startedAt: 1_700_000_000_000, app: '1.2.3' }

let folder: string
let clock: ManualClock
let journal: Journal
let recorder: Recorder
let events: LabEvent[]
let warnings: string[]
/** Calls the scheduled flush to the disk, if there is one. */
let flush: (() => Promise<void>) | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-recorder-'))
  start()
})

afterEach(async () => {
  await recorder.close()
  await rm(folder, { recursive: true, force: true })
})

function start(options: Partial<RecorderOptions> = {}): void {
  clock = createManualClock()
  journal = new Journal(clock)
  warnings = []
  events = []
  flush = undefined
  recorder = new Recorder(journal, {
    ...HEAD,
    warn: (text) => warnings.push(text),
    later: (fire) => {
      flush = fire
      return () => {
        flush = undefined
      }
    },
    ...options,
  })
  journal.subscribe((event) => events.push(event))
}

async function passFlushTime(): Promise<void> {
  const due = flush
  flush = undefined
  await due?.()
}

/** Tells this many packets, with that many bytes each that do not compress. */
function tell(count: number, size = 40): void {
  for (let index = 0; index < count; index++) {
    clock.advance(1.5)
    const packet = journal.nextPacket()
    const bytes = Uint8Array.from({ length: size }, (_, at) => (packet * 7919 + at * 104_729) >> 3)
    const ends = { from: 'client:1', to: 'proxy', connection: 1, dueAt: 0, copyOf: null }
    journal.emit({ type: 'packet.sent', packet, exchange: packet, kind: 0, ...ends, bytes })
    journal.emit({ type: 'packet.delivered', packet })
  }
}

/** All that is kept, from a byte on, as a screen reads it. */
async function readAll(from = 0): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = from
  for (;;) {
    const part = await recorder.read(at)
    if (part.from !== at) parts.length = 0
    parts.push(part.bytes)
    at = part.from + part.bytes.length
    if (at === part.end) return Buffer.concat(parts)
  }
}

const eventsOf = ({ blocks }: Dismantled) => blocks.flatMap((block) => block.events)

/** The state after so many events as a keyframe tells it. */
function keyframeAfter(count: number) {
  const state = reduce(INITIAL_STATE, events.slice(0, count))
  const frame = decodeFrame(encodeSnapshot(0, state.at, state, 0, WHOLE_STATE))
  return frame.kind === 'snapshot' ? plain(frame.state) : undefined
}

function expectKeyframesToBeRight({ blocks }: Dismantled): void {
  for (const { before, events: its } of blocks) {
    const first = its[0]?.seq ?? 0
    if (before !== undefined) expect(plain(before)).toEqual(keyframeAfter(first - 1))
  }
}

async function partFiles(): Promise<string[]> {
  return (await readdir(folder)).sort()
}

describe('a recording', () => {
  it('of nothing is a head', async () => {
    expect(dismantle(await readAll())).toEqual({ head: HEAD, blocks: [], isComplete: false })
  })

  it('has exactly what was told, with the real times, however it is cut and read', async () => {
    const ways = fc.record({
      told: madeUpEvents.filter(({ length }) => length > 0),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      blockEvents: fc.integer({ min: 1, max: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(ways, async ({ told, sizes, blockEvents }) => {
        start({ blockEvents })
        const bytes: Uint8Array[] = []
        let read = 0
        for (const batch of inBatches(told, sizes)) {
          for (const { seq: _seq, at: _at, ...body } of batch) {
            clock.advance(0.25)
            journal.emit(body as EventBody)
          }
          const part = await recorder.read(read)
          expect(part.from).toBe(read)
          bytes.push(part.bytes)
          read += part.bytes.length
        }
        const recording = dismantle(Buffer.concat(bytes))
        expect(eventsOf(recording)).toEqual(events)
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
    start({ blockBytes: 1_000 })
    tell(10, 400)
    const { blocks } = dismantle(await readAll())
    expect(blocks.map((block) => block.events.length)).toEqual([5, 6, 6, 3])
  })

  it('has keyframes, which never make up more of it than the events', async () => {
    start({ blockEvents: 10 })
    const node = { role: 'client', origin: 'inside' } as const
    for (let id = 0; id < 60; id++) {
      journal.emit({ type: 'node.added', node: { ...node, id: `client:${id}` } })
    }
    tell(4_000)
    const recording = dismantle(await readAll())
    const withKeyframe = recording.blocks.filter(({ before }) => before !== undefined).length
    expect(withKeyframe).toBeGreaterThan(10)
    expect(withKeyframe).toBeLessThan(recording.blocks.length / 8)
    expectKeyframesToBeRight(recording)
  })

  it('forgets the oldest past its limit, and begins anew with a head and a keyframe', async () => {
    const maxBytes = 20_000
    start({ maxBytes, blockEvents: 20 })
    tell(30)
    const early = await recorder.read(0)
    tell(1_500)
    const bytes = await readAll()
    expect(bytes.length).toBeLessThan(maxBytes)
    expect(bytes.length).toBeGreaterThan(maxBytes / 2)
    const recording = dismantle(bytes)
    expect(recording.head).toEqual(HEAD)
    expect(recording.blocks[0]?.before).toBeDefined()
    expectKeyframesToBeRight(recording)
    const first = eventsOf(recording)[0]?.seq ?? 0
    expect(first).toBeGreaterThan(1)
    expect(eventsOf(recording)).toEqual(events.slice(first - 1))
    const reader = new RecordingReader()
    expect(await reader.append(bytes)).toMatchObject({ firstSeq: first, lastSeq: events.length })
    const { totals } = await reader.seek({ seq: events.length })
    expect(totals).toEqual(journal.state.totals)
    // A read from a dropped offset returns the same recording.
    const late = await recorder.read(early.bytes.length)
    expect(late.from).toBeGreaterThan(early.bytes.length)
    expect(dismantle(await readAll(early.bytes.length))).toEqual(recording)
  })

  it('goes on for who has read it so far, whatever is forgotten behind them', async () => {
    start({ maxBytes: 24_000, blockEvents: 20 })
    const read: Uint8Array[] = []
    let at = 0
    for (let turn = 0; turn < 30; turn++) {
      tell(60)
      const part = await recorder.read(at)
      expect(part.from).toBe(at)
      read.push(part.bytes)
      at += part.bytes.length
    }
    expect(eventsOf(dismantle(Buffer.concat(read)))).toEqual(events)
    expect((await recorder.read(0)).from).toBeGreaterThan(0)
  })

  it('says in words where it has not come that far', async () => {
    await expect(recorder.read(10_000)).rejects.toThrow(
      /^The recording has \d+ bytes: .* 10000 on\.$/,
    )
  })
})

describe('the file for a crash', () => {
  it('has all that has happened by the time that it catches up, whatever is asked meanwhile', async () => {
    const step = fc.record({
      what: fc.constantFrom('tell', 'tell', 'flush', 'read'),
      count: fc.integer({ min: 1, max: 15 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        start({ folder, blockEvents: 16 })
        for (const { what, count } of steps) {
          if (what === 'tell') tell(count)
          else if (what === 'flush') await passFlushTime()
          else await recorder.read(0)
        }
        tell(1)
        await passFlushTime()
        const [name = ''] = await partFiles()
        const recording = dismantle(await readFile(join(folder, name)))
        expect(eventsOf(recording)).toEqual(events)
        expectKeyframesToBeRight(recording)
        expect(dismantle(await readAll())).toMatchObject({ head: HEAD })
        await recorder.close()
        expect(await partFiles()).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('catches up only while there is something new', async () => {
    start({ folder })
    expect(flush).toBeUndefined()
    tell(1)
    await passFlushTime()
    expect(flush).toBeUndefined()
  })

  it('is followed by a second one, and the disk takes no more than twice the limit', async () => {
    const maxBytes = 10_000
    start({ folder, maxBytes, blockEvents: 20 })
    let most = 0
    for (let turn = 0; turn < 40; turn++) {
      tell(60)
      await passFlushTime()
      const sizes = await Promise.all(
        (await partFiles()).map(async (name) => (await stat(join(folder, name))).size),
      )
      most = Math.max(
        most,
        sizes.reduce((sum, size) => sum + size, 0),
      )
    }
    expect(most).toBeGreaterThan(maxBytes)
    expect(most).toBeLessThan(2 * maxBytes + 5_000)
    const parts = await Promise.all(
      (await partFiles()).map(async (name) => dismantle(await readFile(join(folder, name)))),
    )
    expect(parts).toHaveLength(2)
    for (const part of parts) {
      expect(part.blocks[0]?.before).toBeDefined()
      expectKeyframesToBeRight(part)
    }
    const seqs = parts.flatMap(eventsOf).map(({ seq }) => seq)
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(Math.max(...seqs)).toBe(events.length)
    await recorder.close()
    expect(await partFiles()).toEqual([])
  })

  it('that cannot be written is said once, and the recording in memory goes on', async () => {
    const file = join(folder, 'no-folder')
    await writeFile(file, '')
    start({ folder: join(file, 'recordings') })
    for (let turn = 0; turn < 3; turn++) {
      tell(2)
      await passFlushTime()
    }
    expect(warnings).toEqual([expect.stringMatching(/^The session cannot be kept on disk/)])
    expect(eventsOf(dismantle(await readAll()))).toEqual(events)
  })

  it('of one session is not taken for one left behind, nor deleted by another', async () => {
    start({ folder })
    const one = recorder
    tell(2)
    await passFlushTime()
    start({ folder })
    tell(3)
    await passFlushTime()
    expect(await partFiles()).toHaveLength(2)
    expect(await new RecoveredSessions(folder).list()).toEqual([])
    await one.close()
    expect(await partFiles()).toHaveLength(1)
  })
})
