// Records the running session: collects every event with its real time and encodes them in blocks, kept in memory for
// readers (kept-blocks.ts) and on disk (session-file.ts).

import { isSending } from '../../../../shared/carried'
import { PartJoiner } from '../../../../shared/concat'
import type { RecordingPart } from '../../../../shared/contract'
import { errorText } from '../../../../shared/error-text'
import type { LabEvent } from '../../../../shared/events'
import type { Slice } from '../../../../shared/feed/event-bytes'
import {
  MAX_RECORDING_BYTES,
  RECORDING_FLUSH_MS,
  RECORDING_PART_BYTES,
} from '../../../../shared/limits'
import { encodeBlock, encodeHead, withoutFigures } from '../../../../shared/recording/writer'
import type { SessionLabel } from '../../../../shared/session-label'
import type { State } from '../../../../shared/state/state'
import type { Journal } from '../journal'
import type { Page } from '../page'
import { Deflater } from './deflater'
import { type EncodedBlock, KeptBlocks } from './kept-blocks'
import { Keyframes } from './keyframes'
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
  /** Schedules a flush to the disk; by default RECORDING_FLUSH_MS of real time after the call. */
  later?: Later
}

/** Calls `flush` later, which resolves when everything is on the disk. Returns a function that cancels the call. */
type Later = (flush: () => Promise<void>) => () => void

/** Events of a page, and the state before the first of them. */
interface Part {
  slice: Slice
  realTimes: readonly number[]
  before: State
}

export class Recorder {
  /** How many events of the open page the file has, and the state after them. */
  private filed = 0
  private filedState: State

  private readonly kept: KeptBlocks
  private readonly deflater = new Deflater()
  /** Blocks are encoded one after another. */
  private readonly joiner = new PartJoiner()
  private readonly keyframes = new Keyframes()
  private readonly file: SessionFile | undefined
  private readonly fileKeyframes = new Keyframes()
  /** Messages that clients have sent, also before a reset, and outside programs that have joined. */
  private messages = 0
  private programs = 0
  /** The real time of the last event of the finished pages. */
  private endedAt: number
  /** Encodings and writes, one after another. */
  private work: Promise<void> = Promise.resolve()
  private cancelFlush: (() => void) | undefined
  private readonly unsubscribe: () => void
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
    this.filedState = journal.end.page.before
    this.later = options.later ?? afterFlushTime
    const unsubscribe = journal.subscribe(this.note)
    const stopPages = journal.onPage(this.pageFinished)
    this.unsubscribe = () => {
      unsubscribe()
      stopPages()
    }
  }

  /** Ensures that the parts contain everything so far. Rejects with an Error for the user. */
  async read(from: number): Promise<RecordingPart> {
    this.journal.turnPage()
    await this.work
    return this.kept.read(from, RECORDING_PART_BYTES)
  }

  /**
   * Stops recording at once. Resolves when the session is kept on disk. If nothing has happened in it, which `untouched`
   * says of its set-up, its files are deleted.
   */
  async close({ untouched }: { untouched: boolean }): Promise<void> {
    const last = this.label({ closed: true })
    this.journal.turnPage()
    this.unsubscribe()
    this.cancelFlush?.()
    await this.work
    this.deflater.close()
    if (untouched && this.messages === 0 && this.programs === 0) return this.file?.remove()
    await this.file?.describe(last)
    await this.file?.close()
  }

  private readonly note = (event: LabEvent): void => {
    if (isSending(event) && event.packet === event.exchange) this.messages++
    else if (event.type === 'node.added' && event.node.origin === 'outside') this.programs++
    if (this.file !== undefined) this.cancelFlush ??= this.later(this.flush)
  }

  private readonly pageFinished = (page: Page): void => {
    const { filed, filedState } = this
    this.filed = 0
    this.filedState = this.journal.end.page.before
    this.endedAt = lastTimeOf(page) ?? this.endedAt
    this.doNext(page, async () => {
      const whole = partOf(page, 0, page.before)
      const block = await this.encode(whole, this.keyframes)
      this.kept.append(block)
      if (filed === 0) await this.write(whole, block)
      else await this.write(partOf(page, filed, filedState))
    })
  }

  /** Writes the events of the open page that the file does not have yet. */
  private readonly flush = (): Promise<void> => {
    this.cancelFlush = undefined
    const { page, index } = this.journal.end
    if (index > this.filed) {
      const part = partOf(page, this.filed, this.filedState)
      this.filed = index
      this.filedState = this.journal.state
      this.doNext(page, () => this.write(part))
    }
    return this.work
  }

  /** Writes events to the file. `block`: the same events encoded, if they are already. */
  private async write(part: Part, block?: EncodedBlock): Promise<void> {
    const { file, fileKeyframes } = this
    if (file === undefined || file.failed || part.slice.to === part.slice.from) return
    const isNew = file.beginsPart
    if (block !== undefined && !isNew) {
      fileKeyframes.wrote(part.slice, block.hasKeyframe)
      await file.append(block.bytes)
    } else {
      await file.append((await this.encode(part, fileKeyframes, isNew)).bytes)
    }
    await file.describe(this.label({ closed: false }))
  }

  private async encode(
    { slice, realTimes, before }: Part,
    keyframes: Keyframes,
    always = false,
  ): Promise<EncodedBlock> {
    const hasKeyframe = always || keyframes.areDue(before)
    keyframes.wrote(slice, hasKeyframe)
    const keyframe = always ? before : withoutFigures(before)
    const block = { slice, realTimes, before: hasKeyframe ? keyframe : undefined }
    const bytes = await encodeBlock(
      block,
      (inflated) => this.deflater.deflate(inflated),
      (parts) => this.joiner.join(parts),
    )
    return { bytes, hasKeyframe }
  }

  private label({ closed }: { closed: boolean }): SessionLabel {
    const { messages, programs } = this
    const { startedAt } = this.options
    const endedAt = lastTimeOf(this.journal.end.page) ?? this.endedAt
    const { scenario } = this.journal.state
    return { startedAt, endedAt, messages, programs, scenario, closed }
  }

  /** `page`: the one whose events it reads. */
  private doNext(page: Page, task: () => Promise<void>): void {
    page.keep()
    this.work = this.work
      .then(task)
      .catch((error: unknown) => {
        this.options.tell(`A part of the session could not be recorded: ${errorText(error)}`)
      })
      .finally(() => page.release())
  }
}

/** The events of a page so far. `before`: the state after the first `from` of them. */
function partOf({ events }: Page, from: number, before: State): Part {
  const to = events.count
  return { slice: { events, from, to }, realTimes: events.realTimesOf(from, to), before }
}

/** The real time of a page's last event; undefined without one. */
function lastTimeOf({ events }: Page): number | undefined {
  return events.realTimesOf(Math.max(0, events.count - 1), events.count)[0]
}

/** Does not keep the process from ending. */
const afterFlushTime: Later = (flush) => {
  const timer = setTimeout(flush, RECORDING_FLUSH_MS).unref()
  return () => clearTimeout(timer)
}
