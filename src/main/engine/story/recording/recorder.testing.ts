// A recorder of events that a test makes up, in a folder of its own.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { Dismantled } from '../../../../../tests/support/dismantle'
import { plain } from '../../../../../tests/support/stories'
import type { LabEvent } from '../../../../shared/events'
import { decodeFrame, encodeSnapshot } from '../../../../shared/feed/frame'
import { WHOLE_STATE } from '../../../../shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import { createManualClock, type ManualClock } from '../../clock/manual-clock'
import { Journal } from '../journal'
import { Recorder, type RecorderOptions } from './recorder'
import { newSessionName } from './session-names'

export const RECORDING_HEAD = { startedAt: 1_700_000_000_000, app: '1.2.3' }

interface RecorderTest {
  folder: string
  clock: ManualClock
  journal: Journal
  recorder: Recorder
  events: LabEvent[]
  /** What the person was told. */
  told: string[]
  /** Calls the scheduled flush to the disk, if there is one. */
  flush: (() => Promise<void>) | undefined
}

/** The recorder that was started last. */
export let at: RecorderTest

/** Starts a recorder before each test of a file. */
export function useRecorder(): void {
  beforeEach(async () => {
    startRecorder({}, await mkdtemp(join(tmpdir(), 'roundabout-recorder-')))
  })
  afterEach(async () => {
    await at.recorder.close({ untouched: false })
    await rm(at.folder, { recursive: true, force: true })
  })
}

interface TestOptions extends Partial<RecorderOptions> {
  blockEvents?: number
  blockBytes?: number
}

export function startRecorder(
  { blockEvents, blockBytes, ...options }: TestOptions = {},
  folder = at.folder,
): void {
  const clock = createManualClock()
  const journal = new Journal(clock, {
    session: newSessionName(RECORDING_HEAD.startedAt),
    ...(blockEvents !== undefined && { pageEvents: blockEvents }),
    ...(blockBytes !== undefined && { pageBytes: blockBytes }),
  })
  const events: LabEvent[] = []
  const told: string[] = []
  const recorder = new Recorder(journal, {
    ...RECORDING_HEAD,
    tell: (text) => told.push(text),
    later: (fire) => {
      at.flush = fire
      return () => {
        at.flush = undefined
      }
    },
    ...options,
  })
  journal.subscribe((event) => events.push(event))
  at = { folder, clock, journal, recorder, events, told, flush: undefined }
}

export async function passFlushTime(): Promise<void> {
  const due = at.flush
  at.flush = undefined
  await due?.()
}

/** Tells this many packets, with that many bytes each that do not compress. */
export function tell(count: number, size = 40): void {
  const { clock, journal } = at
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
export async function readAll(from = 0): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let end = from
  for (;;) {
    const part = await at.recorder.read(end)
    if (part.from !== end) parts.length = 0
    parts.push(part.bytes)
    end = part.from + part.bytes.length
    if (end === part.end) return Buffer.concat(parts)
  }
}

export const eventsOf = ({ blocks }: Dismantled) => blocks.flatMap((block) => block.events)

/** The state after this many events, as a keyframe has it. */
function keyframeAfter(count: number) {
  const state = reduce(INITIAL_STATE, at.events.slice(0, count))
  const frame = decodeFrame(encodeSnapshot(0, state.at, state, 0, WHOLE_STATE))
  return frame.kind === 'snapshot' ? plain(frame.state) : undefined
}

export function expectKeyframesToBeRight({ blocks }: Dismantled): void {
  for (const { before, events: its } of blocks) {
    const first = its[0]?.seq ?? 0
    if (before !== undefined) expect(plain(before)).toEqual(keyframeAfter(first - 1))
  }
}

/** The files of recordings, in order of writing. */
export async function partFiles(): Promise<string[]> {
  const number = (name: string) => Number(/\.(\d+)\.part$/.exec(name)?.[1] ?? 1)
  const parts = (await readdir(at.folder)).filter((name) => name.endsWith('.part'))
  return parts.sort((one, other) => number(one) - number(other))
}
