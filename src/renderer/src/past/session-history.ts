// The running session's history, brought up to date from the engine's recording at each request.
import type { Bridge, RecordingSource } from '../../../shared/contract'
import { MAX_RECORDING_BYTES } from '../../../shared/limits'
import type { GrowingHistory, History, LongWork } from './history/history'

/** Above this size the history is read anew, since the engine may have dropped the oldest part by then. */
const MOST_BYTES = 1.25 * MAX_RECORDING_BYTES

export class SessionHistory {
  private history: GrowingHistory | undefined
  /** How many bytes of the recording have been read. */
  private readTo = 0
  /** Where the bytes kept here begin. */
  private readFrom = 0
  /** Whether what has been read belongs to an earlier session. */
  private stale = false
  private last: Promise<void> = Promise.resolve()
  /** An update that has not begun yet; it serves all requests until it begins. */
  private waiting: Promise<void> | undefined
  private readonly watchers = new Set<(done: number) => void>()

  constructor(
    private readonly bridge: Bridge,
    private readonly create: () => GrowingHistory,
  ) {}

  /** The history read so far, without an update. */
  get known(): GrowingHistory | undefined {
    return this.stale ? undefined : this.history
  }

  /** Another session has begun: the next update reads it from the beginning. */
  beginAnew(): void {
    this.stale = true
  }

  /**
   * The history up to now. Rejects with an Error in words. A cancelled request does not cancel the update, since others
   * may be waiting for it.
   */
  async upToDate({ onProgress, signal }: LongWork = {}): Promise<History> {
    this.waiting ??= this.last
      .catch(() => {})
      .then(() => {
        this.waiting = undefined
        return this.update()
      })
    this.last = this.waiting
    if (onProgress) this.watchers.add(onProgress)
    try {
      await unlessAborted(this.last, signal)
    } finally {
      if (onProgress) this.watchers.delete(onProgress)
    }
    if (!this.history) throw new Error('The recording of this session could not be read.')
    return this.history
  }

  close(): void {
    this.history?.close()
    this.history = undefined
  }

  private async update(): Promise<void> {
    this.history ??= this.create()
    const { history } = this
    // Drops what the engine has dropped.
    if (this.readTo - this.readFrom > MOST_BYTES) this.stale = true
    if (this.stale) {
      this.stale = false
      this.readTo = 0
      await history.clear()
    }
    const start = this.readTo
    for await (const { bytes, from, end } of partsOf(this.bridge, 'session', start)) {
      // `append` may move the bytes to a worker.
      const readTo = from + bytes.length
      if (from !== this.readTo) await history.clear()
      if (from !== this.readTo || this.readTo === 0) this.readFrom = from
      if (bytes.length > 0) await history.append(bytes)
      this.readTo = readTo
      for (const watcher of this.watchers) watcher((this.readTo - start) / (end - start || 1))
    }
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The parts of a recording from this byte on, up to its end so far. */
export async function* partsOf(bridge: Bridge, source: RecordingSource, start: number) {
  let from = start
  for (;;) {
    const part = await bridge.readRecording(source, from)
    const { length } = part.bytes
    from = part.from + length
    yield part
    if (from >= part.end || length === 0) return
  }
}
