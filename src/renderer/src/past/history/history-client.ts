// The window's side of the history worker: a question is a promise of its answer.
import type { LabEvent } from '../../../../shared/events'
import { decodeFrame } from '../../../../shared/feed/frame'
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Packet, State } from '../../../../shared/state/state'
import type { Extent, GrowingHistory, LongWork, Moment, Query } from './contract'
import type { Answer, FromHistory, Given, What } from './protocol'

/** The part of a worker that is needed; tests put something else in its place. */
export interface HistoryWorker {
  postMessage(message: object): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromHistory>) => void): void
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void
  terminate(): void
}

interface Waiting {
  answer(answer: Answer<What>): void
  fail(error: Error): void
  onProgress: ((done: number) => void) | undefined
}

export class AskedHistory implements GrowingHistory {
  extent: Extent = { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 }
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  /** Calls the search off that is under way. */
  private finding = new AbortController()
  /** Why it can answer no more. */
  private over: Error | undefined

  constructor(private readonly worker: HistoryWorker) {
    worker.addEventListener('message', ({ data }) => this.take(data))
    worker.addEventListener('error', ({ message }) => {
      this.end(new Error(`The history has failed: ${message ?? 'its worker could not start'}.`))
    })
  }

  async append(bytes: Uint8Array, work?: LongWork): Promise<Extent> {
    this.extent = await this.ask('append', { bytes }, work)
    return this.extent
  }

  async open(file: Blob, work?: LongWork): Promise<Extent> {
    this.extent = await this.ask('open', { file }, work)
    return this.extent
  }

  async clear(): Promise<void> {
    this.extent = await this.ask('clear', {})
  }

  async seek(moment: Moment): Promise<State> {
    const frame = decodeFrame(await this.ask('seek', { moment }))
    if (frame.kind !== 'snapshot') throw new Error('The history answered with no state.')
    return frame.state
  }

  async events(afterSeq: number, count: number): Promise<LabEvent[]> {
    const frame = decodeFrame(await this.ask('events', { afterSeq, count }))
    return frame.kind === 'events' ? frame.events : []
  }

  packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]> {
    return this.ask('packets', { ids, asOf })
  }

  exchange(id: ExchangeId, asOf: number): Promise<Packet[]> {
    return this.ask('exchange', { exchange: id, asOf })
  }

  find(query: Query, work: LongWork = {}): Promise<Uint32Array> {
    this.finding.abort()
    const finding = new AbortController()
    this.finding = finding
    const called = () => finding.abort()
    if (work.signal?.aborted) called()
    work.signal?.addEventListener('abort', called, { once: true })
    return this.ask('find', { query }, { ...work, signal: finding.signal }).finally(() => {
      work.signal?.removeEventListener('abort', called)
    })
  }

  recording(work?: LongWork): Promise<Blob> {
    return this.ask('recording', {}, work)
  }

  capture(work?: LongWork): Promise<Blob> {
    return this.ask('capture', {}, work)
  }

  close(): void {
    this.end(calledOff())
  }

  private ask<W extends What>(
    what: W,
    given: Given<W>,
    { onProgress, signal }: LongWork = {},
  ): Promise<Answer<W>> {
    return new Promise((resolve, reject) => {
      if (this.over) return reject(this.over)
      if (signal?.aborted) return reject(calledOff())
      const id = ++this.lastId
      const cancel = () => {
        this.waiting.delete(id)
        this.worker.postMessage({ what: 'cancel', id })
        reject(calledOff())
      }
      signal?.addEventListener('abort', cancel, { once: true })
      this.waiting.set(id, {
        onProgress,
        answer: (answer) => {
          signal?.removeEventListener('abort', cancel)
          // The worker answers what it was asked.
          resolve(answer as Answer<W>)
        },
        fail: (error) => {
          signal?.removeEventListener('abort', cancel)
          reject(error)
        },
      })
      this.worker.postMessage({ what, id, ...given })
    })
  }

  private take(message: FromHistory): void {
    const waiting = this.waiting.get(message.id)
    if (waiting === undefined) return
    if (message.kind === 'progress') {
      waiting.onProgress?.(message.done)
      return
    }
    this.waiting.delete(message.id)
    if (message.kind === 'answer') waiting.answer(message.answer)
    else waiting.fail(new Error(message.message))
  }

  private end(why: Error): void {
    this.over ??= why
    this.worker.terminate()
    const all = [...this.waiting.values()]
    this.waiting.clear()
    for (const { fail } of all) fail(why)
  }
}

function calledOff(): Error {
  return new DOMException('It was called off.', 'AbortError')
}
