// The order of events: numbers each event, writes it to the open page, passes it to the listeners, and keeps the state that
// results from the events so far.
import { isSending } from '../../../shared/carried'
import type { EventBody, LabEvent } from '../../../shared/events'
import { SharedLists } from '../../../shared/feed/shared-lists'
import type { ConnectionId, PacketId, SimMs } from '../../../shared/ids'
import { BLOCK_BYTES, BLOCK_EVENTS, SNAPSHOT_PACKETS } from '../../../shared/limits'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import type { Clock } from '../clock/clock'
import { turnDate } from '../clock/turn-time'
import { Page, PageMemory, type Position } from './page'

/** Rounds simulated time to the microsecond, the precision of events. */
export function toMicroseconds(time: SimMs): SimMs {
  return Math.round(time * 1000) / 1000
}

type Numbered = EventBody & { seq: number; at: number }

/** What happens to single messages, on their way and at the nodes: most of all events. */
const OF_MESSAGES: ReadonlySet<LabEvent['type']> = new Set([
  'connection.opened',
  'connection.closed',
  'packet.carried',
  'packet.sent',
  'packet.read',
  'packet.held',
  'packet.edited',
  'packet.released',
  'packet.harmed',
  'packet.hastened',
  'packet.delivered',
  'packet.dropped',
  'messages.queued',
  'message.late',
  'work.changed',
  'answer.awaited',
  'answer.ended',
  'exchange.queued',
  'queue.left',
  'decision.made',
  'upstream.failed',
  'upstream.left',
  'answer.verified',
  'answer.misaddressed',
  'exchange.finished',
])

/** Events that may wait to be reduced: reducing in batches is cheaper. */
const REDUCE_EVERY = 4_096

interface JournalOptions {
  /** The name of the session whose events these are. */
  session?: string
  /** Events of a page, and bytes of the messages in them. */
  pageEvents?: number
  pageBytes?: number
  /** False: the state has nothing of single messages, nor what is counted of them. */
  keepsMessages?: boolean
}

export class Journal {
  readonly session: string
  private seq = 0
  private lastPacket = 0
  private lastConnection = 0
  private packets = 0
  private resetAt = { seq: 0, packets: 0 }
  private reduced = INITIAL_STATE
  private waiting: LabEvent[] = []
  private page: Page | undefined
  private lists = new SharedLists()
  private readonly memory = new PageMemory()
  private sleepers: (() => void)[] = []
  /** Replaced when it changes: for each event, a loop over an array costs less than one over a set. */
  private listeners: readonly ((event: LabEvent) => void)[] = []
  private readonly pageListeners = new Set<(page: Page) => void>()
  private readonly pageEvents: number
  private readonly pageBytes: number
  private readonly keepsMessages: boolean

  constructor(
    private readonly clock: Clock,
    options: JournalOptions = {},
  ) {
    this.session = options.session ?? ''
    this.pageEvents = options.pageEvents ?? BLOCK_EVENTS
    this.pageBytes = options.pageBytes ?? BLOCK_BYTES
    this.keepsMessages = options.keepsMessages ?? true
  }

  emit(body: EventBody): void {
    // The body itself becomes the event: at a hundred thousand events a second, copies would cost too much.
    const event = body as Numbered
    event.seq = ++this.seq
    event.at = toMicroseconds(this.clock.now())
    if (isSending(event)) this.packets++
    else if (event.type === 'scenario.reset')
      this.resetAt = { seq: this.seq, packets: this.packets }
    this.page?.events.add(event, turnDate())
    if (this.keepsMessages || !OF_MESSAGES.has(event.type)) {
      this.waiting.push(event)
      if (this.waiting.length === REDUCE_EVERY) this.reduceWaiting()
    }
    for (const listener of this.listeners) listener(event)
    if (this.sleepers.length > 0) this.wake()
    if (this.page !== undefined && this.isFull(this.page)) this.turnPage()
  }

  /** The state after the last event, with the packets of a screen's first snapshot. */
  get state(): State {
    this.reduceWaiting()
    return this.reduced
  }

  /** Where the last event ends. From the first call on, events are written to pages. A reader that needs a page later keeps it. */
  get end(): Position {
    this.page ??= new Page(this.state, this.lists, this.memory)
    return {
      page: this.page,
      index: this.page.events.count,
      seq: this.seq,
      packets: this.packets,
    }
  }

  /** The number of the last reset, 0 without one, and the packets sent before it. */
  get lastReset(): Readonly<{ seq: number; packets: number }> {
    return this.resetAt
  }

  /** Begins a new page, unless the open one has no events. */
  turnPage(): void {
    const { page } = this
    if (page === undefined || page.events.count === 0) return
    // Pages share their lists for as long as these are few, so that a frame can span them.
    if (this.lists.isLarge) this.lists = new SharedLists()
    this.page = new Page(this.state, this.lists, this.memory)
    for (const listener of this.pageListeners) listener(page)
    page.release()
  }

  subscribe(listener: (event: LabEvent) => void): () => void {
    this.listeners = [...this.listeners, listener]
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener)
    }
  }

  /** Calls the listener with each page that is finished; it keeps the page, or has to read it at once. */
  onPage(listener: (page: Page) => void): () => void {
    this.pageListeners.add(listener)
    return () => this.pageListeners.delete(listener)
  }

  /** Calls the listener once, after the next event. */
  onNextEvent(listener: () => void): void {
    this.sleepers.push(listener)
  }

  nextPacket(): PacketId {
    return ++this.lastPacket
  }

  nextConnection(): ConnectionId {
    return ++this.lastConnection
  }

  private isFull({ events }: Page): boolean {
    return events.count >= this.pageEvents || events.messageBytes() >= this.pageBytes
  }

  private wake(): void {
    const { sleepers } = this
    this.sleepers = []
    for (const listener of sleepers) listener()
  }

  private reduceWaiting(): void {
    this.reduced = reduce(this.reduced, this.waiting, SNAPSHOT_PACKETS)
    this.waiting = []
  }
}
