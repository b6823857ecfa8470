// The messages of one client that a viewer has: which are underway, and what became of the last ones.
import { isSending, originalOf, type Sending } from '../../shared/carried'
import type { LabEvent } from '../../shared/events'
import { formatDuration } from '../../shared/format'
import type { ExchangeId, NodeId, SimMs } from '../../shared/ids'
import { ERRORS } from '../../shared/protocol/errors'
import type { GivenMessage } from '../../shared/room/given-nodes'

const KEPT = 5
/** A message that has not left by then will not: the proxy could not be reached. */
const LEAVES_WITHIN_MS = 10_000

interface Kept extends GivenMessage {
  readonly exchange: ExchangeId
  readonly sentAt: SimMs
}

export class ClientMessages {
  /** Payloads of those that have not left the client yet, and when they were asked for. */
  private leaving: { payload: string; atMs: number }[] = []
  /** The newest first. */
  private kept: readonly Kept[] = []
  private readonly underway = new Set<ExchangeId>()

  constructor(
    private readonly node: NodeId,
    /** A monotonic clock in milliseconds. */
    private readonly now: () => number,
  ) {}

  get unanswered(): number {
    const since = this.now() - LEAVES_WITHIN_MS
    this.leaving = this.leaving.filter(({ atMs }) => atMs >= since)
    return this.leaving.length + this.underway.size
  }

  get sent(): readonly GivenMessage[] {
    return this.kept.map(({ number, payload, outcome, words }) => ({
      number,
      payload,
      outcome,
      words,
    }))
  }

  asked(payload: string): void {
    this.leaving.push({ payload, atMs: this.now() })
  }

  /** The one that was asked for last was refused. */
  notSent(): void {
    this.leaving.pop()
  }

  /** Returns whether the event is about one of them. */
  take(event: LabEvent): boolean {
    if (isSending(event)) return this.left(event)
    if (event.type === 'exchange.finished') return this.finished(event)
    return false
  }

  private left(event: Sending): boolean {
    const { from, kind, exchange, packet, at } = event
    if (from !== this.node || kind !== 0 || exchange === 0) return false
    if (originalOf(event) !== null) return false
    // One that the instructor has it send was not asked for here.
    const payload = this.leaving.shift()?.payload ?? ''
    this.underway.add(exchange)
    const words = 'On its way…'
    const message: Kept = {
      number: packet,
      payload,
      outcome: 'underway',
      words,
      exchange,
      sentAt: at,
    }
    this.kept = [message, ...this.kept].slice(0, KEPT)
    return true
  }

  private finished(event: Extract<LabEvent, { type: 'exchange.finished' }>): boolean {
    if (!this.underway.delete(event.exchange)) return false
    this.kept = this.kept.map((message) =>
      message.exchange === event.exchange ? { ...message, ...outcomeOf(event, message) } : message,
    )
    return true
  }
}

function outcomeOf(
  { outcome, server, reason, at }: Extract<LabEvent, { type: 'exchange.finished' }>,
  { sentAt }: Kept,
): Pick<Kept, 'outcome' | 'words'> {
  // A figure and its unit stay on one line.
  const after = formatDuration(at - sentAt).replaceAll(' ', '\u00a0')
  if (outcome === 'answered') {
    const who = server === null ? 'Answered' : `Server ${server} answered`
    return { outcome: 'answered', words: `${who} after ${after}.` }
  }
  const why = reason === null ? '' : ` ${ERRORS[reason]}`
  return { outcome: 'failed', words: `No answer, after ${after}.${why}` }
}
