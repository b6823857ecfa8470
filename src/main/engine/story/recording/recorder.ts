// Records the running session: collects every event with its real time and encodes them in blocks, kept in memory for
// readers (kept-blocks.ts) and on disk (session-file.ts).

import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { RecordingPart } from '../../../../shared/contract'
import { errorText } from '../../../../shared/error-text'
import type { LabEvent } from '../../../../shared/events'
import {
  BLOCK_BYTES,
  BLOCK_EVENTS,
  MAX_RECORDING_BYTES,
  RECORDING_FLUSH_MS,
  RECORDING_PART_BYTES,
} from '../../../../shared/limits'
import { encodeBlock, encodeHead } from '../../../../shared/recording/writer'
import type { SessionLabel } from '../../../../shared/session-label'
import type { State } from '../../../../shared/state/state'
import type { Journal } from '../journal'
import { type EncodedBlock, KeptBlocks } from './kept-blocks'
import { Keyframes, messageBytesOf } from './keyframes'
import { SessionFile } from './session-file'

export interface RecorderOptions {
  /** Milliseconds since 1970 when simulated time was 0. */
  startedAt: number
  /** The version of the app. */
  app: string
  /** The folder in which the session is kept; by default it is not. */
  folder?: string | undefined
  /** Tells the person, and the log, a sentence. */
  tell: (text: string) => void
  /** Bytes kept in memory; those on disk are at least half as many, and at most as many. */
  maxBytes?: number
  blockEvents?: number
  blockBytes?: number
  /** Schedules a flush to the disk; by default RECORDING_FLUSH_MS of real time after the call. */
  later?: Later
}

/** Calls `flush` later, which resolves when everything is on the disk. Returns a function that cancels the call. */
type Later = (flush: () => Promise<void>) => () => void

/** Consecutive events with their real times, and the state before the first of them. */
interface Events {
  events: readonly LabEvent[]
  realTimes: readonly number[]
  before: State
}

const raw = promisify(deflateRaw)
/** Measured on real traffic: a tenth smaller than level 1 in the same time; level 6 takes twice that for another tenth. */
const DEFLATE_LEVEL = 3
const deflate = (bytes: Uint8Array) => raw(bytes, { level: DEFLATE_LEVEL })

export class Recorder {
  private events: LabEvent[] = []
  private realTimes: number[] = []
  private messageBytes = 0
  /** The state before the first event of the open block. */
  private before: State
  /** How many events of the open block the file has, and the state after them. */
  private filed = 0
  private filedState: State

  private readonly kept: KeptBlocks
  private readonly keyframes = new Keyframes()
  private readonly file: SessionFile | undefined
  private readonly fileKeyframes = new Keyframes()
  /** Messages that clients have sent, also before a reset, and outside programs that have joined. */
  private messages = 0
  private programs = 0
  /** The real time of the last event. */
  private endedAt: number
  /** Encodings and writes, one after another. */
  private work: Promise<void> = Promise.resolve()
  private cancelFlush: (() => void) | undefined
  private readonly unsubscribe: () => void
  private readonly blockEvents: number
  private readonly blockBytes: number
  private readonly later: Later

  /** Records from its creation on, which must precede the first event. */
  constructor(
    private readonly journal: Journal,
    private readonly options: RecorderOptions,
  ) {
    const { startedAt, app, folder, tell, maxBytes = MAX_RECORDING_BYTES } = options
    const head = encodeHead({ startedAt, app })
    this.kept = new KeptBlocks(head, maxBytes)
    this.file =
      folder === undefined
        ? undefined
        : new SessionFile({
            folder,
            name: journal.session,
            head,
            maxPartBytes: maxBytes / 2,
            tell,
          })
    this.endedAt = startedAt
    this.before = journal.state
    this.filedState = this.before
    this.blockEvents = options.blockEvents ?? BLOCK_EVENTS
    this.blockBytes = options.blockBytes ?? BLOCK_BYTES
    this.later = options.later ?? afterFlushTime
    this.unsubscribe = journal.subscribe(this.take)
  }

  /** Ensures that the parts contain everything so far. Rejects with an Error for the user. */
  async read(from: number): Promise<RecordingPart> {
    this.closeBlock()
    await this.work
    return this.kept.read(from, RECORDING_PART_BYTES)
  }

  /**
   * Stops recording at once. Resolves when the session is kept on disk. If nothing has happened in it, which `untouched`
   * says of its set-up, its files are deleted.
   */
  async close({ untouched }: { untouched: boolean }): Promise<void> {
    this.unsubscribe()
    this.cancelFlush?.()
    const last = this.label({ closed: true })
    this.closeBlock()
    await this.work
    if (untouched && this.messages === 0 && this.programs === 0) return this.file?.remove()
    await this.file?.describe(last)
    await this.file?.close()
  }

  private readonly take = (event: LabEvent): void => {
    this.events.push(event)
    this.endedAt = realNow()
    this.realTimes.push(this.endedAt)
    if (event.type === 'packet.sent' && event.packet === event.exchange) this.messages++
    else if (event.type === 'node.added' && event.node.origin === 'outside') this.programs++
    this.messageBytes += messageBytesOf(event)
    if (this.events.length >= this.blockEvents || this.messageBytes >= this.blockBytes) {
      this.closeBlock()
    } else if (this.file !== undefined) {
      this.cancelFlush ??= this.later(this.flush)
    }
  }

  private closeBlock(): void {
    const { events, realTimes, before, filed, filedState } = this
    if (events.length === 0) return
    this.events = []
    this.realTimes = []
    this.messageBytes = 0
    this.before = this.journal.state
    this.filed = 0
    this.filedState = this.before
    this.doNext(async () => {
      const block = await encode({ events, realTimes, before }, this.keyframes)
      this.kept.append(block)
      if (filed === 0) await this.write({ events, realTimes, before }, block)
      else await this.write(rest({ events, realTimes, before: filedState }, filed))
    })
  }

  /** Writes the events of the open block that the file does not have yet. */
  private readonly flush = (): Promise<void> => {
    this.cancelFlush = undefined
    const { events, realTimes, filed, filedState } = this
    if (events.length > filed) {
      const part = rest({ events, realTimes, before: filedState }, filed)
      this.filed = events.length
      this.filedState = this.journal.state
      this.doNext(() => this.write(part))
    }
    return this.work
  }

  /** Writes events to the file. `block`: the same events encoded, if they are already. */
  private async write(part: Events, block?: EncodedBlock): Promise<void> {
    const { file, fileKeyframes } = this
    if (file === undefined || file.failed || part.events.length === 0) return
    const isNew = file.beginsPart
    if (block !== undefined && (block.hasKeyframe || !isNew)) {
      fileKeyframes.wrote(part.events, block.hasKeyframe)
      await file.append(block.bytes)
    } else {
      await file.append((await encode(part, fileKeyframes, isNew)).bytes)
    }
    await file.describe(this.label({ closed: false }))
  }

  private label({ closed }: { closed: boolean }): SessionLabel {
    const { endedAt, messages, programs } = this
    const { startedAt } = this.options
    const { scenario } = this.journal.state
    return { startedAt, endedAt, messages, programs, scenario, closed }
  }

  private doNext(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch((error: unknown) => {
      this.options.tell(`A part of the session could not be recorded: ${errorText(error)}`)
    })
  }
}

async function encode(
  { events, realTimes, before }: Events,
  keyframes: Keyframes,
  always = false,
): Promise<EncodedBlock> {
  const hasKeyframe = always || keyframes.areDue(before)
  keyframes.wrote(events, hasKeyframe)
  const block = { events, realTimes, before: hasKeyframe ? before : undefined }
  return { bytes: await encodeBlock(block, deflate), hasKeyframe }
}

/** `before`: the state after the first `from` events. */
function rest({ events, realTimes, before }: Events, from: number): Events {
  return { events: events.slice(from), realTimes: realTimes.slice(from), before }
}

/** Milliseconds since 1970, to the microsecond. */
export function realNow(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000) / 1000
}

/** Does not keep the process from ending. */
const afterFlushTime: Later = (flush) => {
  const timer = setTimeout(flush, RECORDING_FLUSH_MS).unref()
  return () => clearTimeout(timer)
}
