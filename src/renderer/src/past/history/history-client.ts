// The window's side of the history worker: a request is a promise of its reply.
import type { LabEvent } from '../../../../shared/events'
import { decodeFrame } from '../../../../shared/feed/frame'
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Packet, State } from '../../../../shared/state/state'
import type { Extent, GrowingHistory, LongWork, Moment, Query } from './contract'
import type { FromHistory, Reply, RequestArguments, RequestName } from './protocol'

/** The part of a worker that the client uses; tests implement it without a thread. */
export interface HistoryWorker {
  postMessage(message: object): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromHistory>) => void): void
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void
  terminate(): void
}

interface Waiting {
  reply(reply: Reply<RequestName>): void
  fail(error: Error): void
  onProgress: ((done: number) => void) | undefined
}

export class HistoryClient implements GrowingHistory {
  extent: Extent = { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 }
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  /** Cancels the running search. */
  private finding = new AbortController()
  /** Why the worker no longer replies. */
  private over: Error | undefined

  constructor(private readonly worker: HistoryWorker) {
    worker.addEventListener('message', ({ data }) => this.receive(data))
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

  private ask<W extends RequestName>(
    what: W,
    args: RequestArguments<W>,
    { onProgress, signal }: LongWork = {},
  ): Promise<Reply<W>> {
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
        reply: (reply) => {
          signal?.removeEventListener('abort', cancel)
          // The reply has the type of its request.
          resolve(reply as Reply<W>)
        },
        fail: (error) => {
          signal?.removeEventListener('abort', cancel)
          reject(error)
        },
      })
      this.worker.postMessage({ what, id, ...args })
    })
  }

  private receive(message: FromHistory): void {
    const waiting = this.waiting.get(message.id)
    if (waiting === undefined) return
    if (message.kind === 'progress') {
      waiting.onProgress?.(message.done)
      return
    }
    this.waiting.delete(message.id)
    if (message.kind === 'reply') waiting.reply(message.reply)
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
