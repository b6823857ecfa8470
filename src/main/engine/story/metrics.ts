// Reports each second of simulated time in which something happened, when it has passed: rates, errors, percentiles. They are
// exact however far a screen falls behind.
import type { LabEvent } from '../../../shared/events'
import { MetricsCounter, SECOND_MS } from '../../../shared/metrics/counter'
import type { Clock } from '../clock/clock'
import type { Journal } from './journal'

/** Events that may wait to be counted: counting in batches is cheaper. */
const COUNT_EVERY = 1_024

export class SecondReports {
  private readonly counter = new MetricsCounter()
  /** Events of a second whose report is scheduled. */
  private waiting: LabEvent[] = []
  /** The second that is counted; its report is scheduled if there is anything to report. */
  private second = 0
  private isScheduled = false

  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {
    journal.subscribe((event) => this.count(event))
  }

  private count(event: LabEvent): void {
    if (event.type === 'metrics.second') return
    if (this.isScheduled) {
      this.waiting.push(event)
      if (this.waiting.length === COUNT_EVERY) this.countWaiting()
      return
    }
    const second = Math.floor(event.at / SECOND_MS)
    if (second > this.second) this.counter.begin(second * SECOND_MS)
    this.second = second
    this.counter.apply(event)
    this.schedule()
  }

  private countWaiting(): void {
    for (const event of this.waiting) this.counter.apply(event)
    this.waiting = []
  }

  private schedule(): void {
    if (this.isScheduled || !this.counter.isOpen) return
    this.isScheduled = true
    const until = (this.second + 1) * SECOND_MS
    this.clock.schedule(Math.max(0, until - this.clock.now()), () => this.report())
  }

  private report(): void {
    const { second } = this
    this.countWaiting()
    this.isScheduled = false
    this.second++
    const groups = this.counter.end(this.second * SECOND_MS)
    if (groups.length > 0) this.journal.emit({ type: 'metrics.second', second, groups })
    this.schedule()
  }
}
