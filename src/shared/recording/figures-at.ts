// The figures by second at any moment of a recording. They are counted from the seconds reported before it: in keyframes,
// they would be the largest part.
import { MetricsDraft } from '../metrics/draft'
import type { GroupSecond } from '../metrics/second'
import type { Metrics } from '../metrics/series'

/** What an event says about the figures by second: those of a second, or that all before it were forgotten. */
export interface ReportedFigures {
  readonly seq: number
  readonly second: number
  /** Undefined: the lab was reset. */
  readonly groups: readonly GroupSecond[] | undefined
}

const NONE: Metrics = new Map()
/** Reports between two figures that are kept. */
const KEPT_EVERY = 100

interface Counted {
  /** How many reports have been counted, and the last of them. */
  readonly count: number
  readonly last: ReportedFigures | undefined
  readonly metrics: Metrics
}

export class FiguresAt {
  private readonly kept: Counted[] = []
  private latest: Counted | undefined

  /** `reports`: in order; more may follow. `first`: the figures before the recording. */
  constructor(
    private readonly reports: readonly ReportedFigures[],
    private readonly first: () => Metrics,
  ) {}

  /** The figures after the event with this number. */
  at(seq: number): Metrics {
    const until = this.countUntil(seq)
    const nearest = this.nearest(until)
    let { count } = nearest
    let draft = new MetricsDraft(nearest.metrics)
    for (; count < until; count++) {
      const report = this.reports[count]
      if (report === undefined) break
      const { second, groups } = report
      if (groups === undefined) draft = new MetricsDraft(NONE)
      else draft.add(second, groups)
      if ((count + 1) % KEPT_EVERY === 0) {
        const metrics = draft.done()
        this.kept[(count + 1) / KEPT_EVERY] = { count: count + 1, last: report, metrics }
        draft = new MetricsDraft(metrics)
      }
    }
    const metrics = draft.done()
    this.latest = { count, last: this.reports[count - 1], metrics }
    return metrics
  }

  private nearest(until: number): Pick<Counted, 'count' | 'metrics'> {
    const { latest } = this
    if (
      latest &&
      latest.count <= until &&
      until - latest.count < KEPT_EVERY &&
      this.holds(latest)
    ) {
      return latest
    }
    for (let place = Math.floor(until / KEPT_EVERY); place > 0; place--) {
      const kept = this.kept[place]
      if (kept !== undefined && this.holds(kept)) return kept
    }
    return { count: 0, metrics: this.first() }
  }

  /** Whether the reports that were counted are still there: reports of a block that cannot be read are removed again. */
  private holds({ count, last }: Counted): boolean {
    return this.reports[count - 1] === last
  }

  private countUntil(seq: number): number {
    let low = 0
    let high = this.reports.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.reports[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}
