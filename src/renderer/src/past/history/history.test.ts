import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../../../../shared/events'
import { sliceOf } from '../../../../shared/feed/event-bytes'
import { encodeBlock, encodeEnd, encodeHead } from '../../../../shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import type { State } from '../../../../shared/state/state'
import type { Query } from './contract'
import { HistoryClient, type HistoryWorker } from './history-client'
import { HistoryService } from './history-service'
import type { FromHistory, ToHistory } from './protocol'

const MESSAGES = 60

/** A client that sends again and again, and a proxy that refuses. */
function tell(): LabEvent[] {
  const events: LabEvent[] = []
  const emit = (body: EventBody) => {
    events.push({ seq: events.length + 1, at: events.length * 5, ...body })
  }
  for (let message = 0; message < MESSAGES; message++) {
    const exchange = 2 * message + 1
    const way = { exchange, connection: 1, dueAt: 0, copyOf: null }
    const sent = { type: 'packet.sent', ...way } as const
    const question = { from: 'client:1', to: 'proxy', bytes: new Uint8Array(message).fill(1) }
    emit({ ...sent, packet: exchange, kind: 0, ...question })
    emit({ type: 'packet.delivered', packet: exchange })
    const answer = { from: 'proxy', to: 'client:1', bytes: Uint8Array.of(message) }
    emit({ ...sent, packet: exchange + 1, kind: 'error', ...answer })
    if (message % 3 > 0) emit({ type: 'packet.delivered', packet: exchange + 1 })
  }
  return events
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

async function record(events: readonly LabEvent[]): Promise<Uint8Array> {
  const parts = [encodeHead({ startedAt: 0, app: 'test' })]
  for (let from = 0; from < events.length; from += 50) {
    const block = events.slice(from, from + 50)
    const realTimes = block.map(({ at }) => at)
    parts.push(await encodeBlock({ slice: sliceOf(block), realTimes, before: undefined }, deflate))
  }
  const file = new Blob([...parts, encodeEnd()].map((part) => new Uint8Array(part)))
  return new Uint8Array(await file.arrayBuffer())
}

/** The worker's side in this thread: messages are copied and arrive later, as between threads. */
class HereWorker implements HistoryWorker {
  readonly asked: string[] = []
  private readonly channel = new MessageChannel()
  private readonly service = new HistoryService((message) =>
    this.channel.port2.postMessage(message),
  )
  private fail: (event: { message?: string }) => void = () => {}

  constructor() {
    this.channel.port2.onmessage = ({ data }: MessageEvent<ToHistory>) => {
      void this.service.handle(data)
    }
  }

  postMessage(message: ToHistory): void {
    this.asked.push(message.what)
    this.channel.port1.postMessage(message)
  }

  addEventListener(
    type: 'message' | 'error',
    listener: ((event: MessageEvent<FromHistory>) => void) &
      ((event: { message?: string }) => void),
  ): void {
    if (type === 'message') this.channel.port1.onmessage = listener
    else this.fail = listener
  }

  crash(): void {
    this.fail({ message: 'out of memory' })
  }

  terminate(): void {
    this.channel.port1.close()
  }
}

const events = tell()
const LAST = events.length
const end = reduce(INITIAL_STATE, events)
let bytes: Uint8Array
let worker: HereWorker
let history: HistoryClient

beforeEach(async () => {
  bytes = await record(events)
  worker = new HereWorker()
  history = new HistoryClient(worker)
})
afterEach(() => history.close())

const QUERY: Query = {
  filter: '',
  sort: { key: 'roundTrip', descending: true },
  after: 0,
  asOf: LAST,
}
/** For comparisons: lists with the same packets may differ inside. */
const plain = ({ packets, ...rest }: State) => ({ ...rest, packets: [...packets] })
const abortError = expect.objectContaining({ name: 'AbortError' })

describe('a history', () => {
  it('answers across the threads what the recording has', async () => {
    const extent = await history.append(bytes)
    expect(history.extent).toEqual(extent)
    expect(extent).toMatchObject({ firstSeq: 1, lastSeq: LAST, packets: 2 * MESSAGES })
    const played = reduce(INITIAL_STATE, events.slice(0, 120))
    expect(plain(await history.seek({ seq: 120 }))).toEqual(plain(played))
    expect(await history.events(120, 3)).toEqual(events.slice(120, 123))
    expect(await history.packets([7, 2], LAST)).toEqual([end.packets.at(6), end.packets.at(1)])
    expect(await history.exchange(7, LAST)).toEqual([end.packets.at(6), end.packets.at(7)])
    expect(await history.find(QUERY)).toHaveLength(2 * MESSAGES)
  })

  it('opens the file that it saves', async () => {
    await history.append(bytes)
    const file = await history.recording()
    const other = new HistoryClient(new HereWorker())
    expect(await other.open(file)).toEqual(history.extent)
    other.close()
  })

  it('says in words what is wrong, and stays as it was', async () => {
    const before = await history.append(bytes.subarray(0, bytes.length - 12))
    await expect(history.append(Uint8Array.of(1, 2, 3, 4, ...Array(20).fill(0)))).rejects.toThrow(
      /^It is damaged in block \d+, at byte \d+: its kind is none that there is\.$/,
    )
    expect(history.extent).toEqual(before)
    expect(await history.seek({ at: 1e9 })).toMatchObject({ seq: LAST })
  })

  it('forgets everything, and begins anew', async () => {
    await history.append(bytes)
    await history.clear()
    expect(history.extent).toEqual({ from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 })
    expect(await history.append(bytes)).toMatchObject({ lastSeq: LAST })
  })

  it('calls a search off for a newer one, and any work when it is told so', async () => {
    await history.append(bytes)
    const first = history.find(QUERY)
    const second = history.find(QUERY)
    await expect(first).rejects.toEqual(abortError)
    expect((await second).length).toBeGreaterThan(0)
    const stop = new AbortController()
    const third = history.find(QUERY, { signal: stop.signal })
    stop.abort()
    await expect(third).rejects.toEqual(abortError)
    await expect(history.find(QUERY, { signal: stop.signal })).rejects.toEqual(abortError)
    expect(worker.asked).toEqual(['append', 'find', 'cancel', 'find', 'find', 'cancel'])
  })

  it('answers nobody once it is closed, nor when its worker has failed', async () => {
    const asked = history.seek({ seq: 1 })
    history.close()
    await expect(asked).rejects.toEqual(abortError)
    await expect(history.events(0, 1)).rejects.toEqual(abortError)
    const other = new HereWorker()
    const failing = new HistoryClient(other)
    const answer = failing.seek({ seq: 1 })
    other.crash()
    await expect(answer).rejects.toThrow('The history has failed: out of memory.')
  })
})
