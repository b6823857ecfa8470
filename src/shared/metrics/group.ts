// Counts one second of one group: what began and ended in it, how long it took, and how much was in flight meanwhile.
import type { SimMs } from '../ids'
import type { ErrorCode } from '../protocol/errors'
import { Histogram } from './histogram'
import { type GroupSecond, LATENCIES, type Latency, type MetricsOf } from './second'

type Outcome = 'answered' | 'refused' | 'lost'

export class Group {
  begun = 0
  answered = 0
  refused = 0
  lost = 0
  queued = 0
  /** Set if its capacity is known: how many it works on, of how many at once. */
  work: { working: number; atOnce: number } | undefined
  private inFlight = 0
  private inFlightMs = 0
  /** Since when those in flight are so, summed. */
  private sinceMs = 0
  private left = 0
  private leftMs = 0
  private wholeMs = 0
  private workedMs = 0
  private countedAt: SimMs
  private reasons = new Map<ErrorCode, number>()
  private readonly latencies = histograms()
  private hasNews = false

  constructor(
    readonly of: MetricsOf,
    readonly id: string,
    at: SimMs,
  ) {
    this.countedAt = at
  }

  /** Whether a second has anything to tell of it. */
  get isQuiet(): boolean {
    return !this.hasNews && this.inFlight === 0 && (this.work?.working ?? 0) === 0
  }

  get isWorking(): boolean {
    return (this.work?.working ?? 0) > 0
  }

  /** `since`: it should have been sent then, which may be earlier. */
  begin(at: SimMs, since = at): void {
    this.count(at)
    this.begun++
    this.inFlight++
    this.inFlightMs += at - since
    this.sinceMs += since
  }

  /** A message that is already counted was due earlier. */
  late(lateMs: SimMs): void {
    this.inFlightMs += lateMs
    this.sinceMs -= lateMs
  }

  end(at: SimMs, since: SimMs, outcome: Outcome, reason: ErrorCode | null): void {
    this.leave(at, since)
    this.tell(at, outcome, reason)
  }

  /** Counts how a message ended that has left already. */
  tell(at: SimMs, outcome: Outcome, reason: ErrorCode | null): void {
    this.count(at)
    this[outcome]++
    if (reason !== null && outcome !== 'answered') {
      this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1)
    }
  }

  /** It is no longer in flight here. Whether it was answered or lost here is another matter. */
  leave(at: SimMs, since: SimMs): void {
    this.count(at)
    this.inFlight--
    this.left++
    this.leftMs += at - since
    // Exactly 0 when none is left, whatever fractions of milliseconds have added up to.
    this.sinceMs = this.inFlight === 0 ? 0 : this.sinceMs - since
  }

  /** `times`: of the message. `buckets`: of these times, found once for all groups of the message. */
  took(times: Readonly<Record<Latency, SimMs>>, buckets: Readonly<Record<Latency, number>>): void {
    const { link, queue, service, whole } = this.latencies
    // Written out: a loop over names takes several times as long.
    link.add(times.link, buckets.link)
    queue.add(times.queue, buckets.queue)
    service.add(times.service, buckets.service)
    whole.add(times.whole, buckets.whole)
    this.wholeMs += times.whole
  }

  /** Adds up the time until now; called before anything changes. */
  count(at: SimMs): void {
    const ms = at - this.countedAt
    this.hasNews = true
    this.countedAt = at
    this.inFlightMs += this.inFlight * ms
    if (this.work) this.workedMs += Math.min(1, this.work.working / this.work.atOnce) * ms
  }

  /** Ends the second at this time and begins the next. */
  second(at: SimMs, lengthMs: SimMs, due: number | undefined): GroupSecond {
    this.count(at)
    const { of, id, begun, answered, refused, lost, inFlight, queued, work, latencies } = this
    const made: GroupSecond = {
      of,
      id,
      begun,
      answered,
      refused,
      lost,
      inFlight,
      queued,
      inFlightMs: rounded(this.inFlightMs),
      wholeMs: rounded(this.wholeMs),
      left: this.left,
      leftMs: rounded(this.leftMs),
      presentMs: rounded(Math.max(0, inFlight * at - this.sinceMs)),
      ...(work && { utilisation: rounded(this.workedMs / lengthMs) }),
      ...(due !== undefined && { due: rounded(due) }),
      reasons: [...this.reasons],
      link: latencies.link.sparse,
      queue: latencies.queue.sparse,
      service: latencies.service.sparse,
      whole: latencies.whole.sparse,
      longest:
        latencies.whole.count === 0
          ? []
          : LATENCIES.map((latency) => toMicroseconds(latencies[latency].longest)),
    }
    this.begun = 0
    this.answered = 0
    this.refused = 0
    this.lost = 0
    this.inFlightMs = 0
    this.left = 0
    this.leftMs = 0
    this.wholeMs = 0
    this.workedMs = 0
    if (this.reasons.size > 0) this.reasons = new Map()
    if (latencies.whole.count > 0) for (const latency of LATENCIES) latencies[latency].clear()
    this.hasNews = false
    return made
  }

  /** Nothing happened until this time, at which a second begins. */
  skipTo(at: SimMs): void {
    this.countedAt = at
  }
}

function histograms(): Record<Latency, Histogram> {
  return {
    link: new Histogram(),
    queue: new Histogram(),
    service: new Histogram(),
    whole: new Histogram(),
  }
}

function toMicroseconds(ms: SimMs): SimMs {
  return Math.round(ms * 1000) / 1000
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
