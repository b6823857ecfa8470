// The law of carried packets: a story that tells packets as sent, read and delivered in one event says the same as one that
// tells it in three.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/main/engine/index'
import { PcapngWriter } from '../../src/shared/capture/pcapng'
import { partsOfEvent } from '../../src/shared/carried'
import { toldApart } from '../../src/shared/carried.testing'
import type { LabEvent } from '../../src/shared/events'
import { MetricsCounter } from '../../src/shared/metrics/counter'
import { RecordingReader } from '../../src/shared/recording/reader'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import { HEAD, recordingOf } from '../support/recorded-stories'
import { batchSizes, inBatches, madeUpEvents, plain, possible } from '../support/stories'
import { play } from './random-run'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

/** From the first on: the engine has begun when a run listens to it. */
async function recordedBy(engine: Pick<Engine, 'readRecording'>): Promise<LabEvent[]> {
  const reader = new RecordingReader()
  for (let at = 0, end = 1; at < end; ) {
    const part = await engine.readRecording('session', at)
    const { lastSeq } = await reader.append(part.bytes)
    at += part.bytes.length
    end = part.end
    if (at === end) return reader.events(0, lastSeq)
  }
  return []
}

/** Figures by second, counted anew. */
function figuresOf(events: readonly LabEvent[]): unknown[] {
  const counter = new MetricsCounter()
  const seconds: unknown[] = []
  for (const event of events) {
    if (event.type === 'metrics.second') seconds.push(counter.end(event.at))
    else counter.apply(event)
  }
  return [...seconds, counter.end((events.at(-1)?.at ?? 0) + 1_000)]
}

function captureOf(events: readonly LabEvent[]): Buffer {
  const capture = new PcapngWriter({ app: HEAD.app })
  for (const event of events) capture.add(event, HEAD.startedAt + event.at)
  capture.finish()
  return Buffer.concat(capture.take())
}

/** The packets of a recording, found in it and in their state after its last event. */
async function listedOf(events: readonly LabEvent[], sizes: readonly number[]): Promise<unknown> {
  const reader = new RecordingReader()
  const { lastSeq } = await reader.open(await recordingOf(events, { sizes, keyframeEvery: 3 }))
  const sort = { key: 'link', descending: true } as const
  const found = await reader.find({ filter: '', sort, after: 0, asOf: lastSeq })
  return { found, packets: await reader.packets([...found], lastSeq) }
}

async function check(events: readonly LabEvent[], sizes: readonly number[]): Promise<void> {
  const apart = events.flatMap(partsOfEvent)
  let state = INITIAL_STATE
  for (const batch of inBatches(apart, sizes)) state = reduce(state, batch)
  expect(plain(reduce(INITIAL_STATE, events))).toEqual(plain(state))
  expect(figuresOf(events)).toEqual(figuresOf(apart))
  expect(captureOf(events).equals(captureOf(apart))).toBe(true)
  if (events.length === 0) return
  expect(await listedOf(events, sizes)).toEqual(await listedOf(toldApart(events), sizes))
}

describe('packets that are carried lead to the same as if they were sent, read and delivered', () => {
  it('in stories that are made up', async () => {
    const stories = madeUpEvents.map((events) => events.map(possible))
    await fc.assert(fc.asyncProperty(stories, batchSizes, check), { numRuns: 100 })
  })

  it('in whole labs with outside programs, of which some have no latency', async () => {
    let carried = 0
    await fc.assert(
      fc.asyncProperty(seeds, batchSizes, async (seed, sizes) => {
        const events = await recordedBy((await play(seed)).engine)
        carried += events.filter(({ type }) => type === 'packet.carried').length
        await check(events, sizes)
      }),
      { numRuns: 15 },
    )
    expect(carried).toBeGreaterThan(100)
  })
})
