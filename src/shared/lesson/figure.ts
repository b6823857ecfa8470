// A figure of the last seconds, from the engine's reports of each second. Percentiles are those of all messages of these
// seconds, from their merged histograms: a mean of percentiles would be no percentile.
import type { LabEvent } from '../events'
import { partsOfNode } from '../filter/nodes'
import type { ProtocolId, SimMs } from '../ids'
import { merged, percentile } from '../metrics/histogram'
import { type GroupSecond, LATENCIES } from '../metrics/second'
import type { State } from '../state/state'
import type { LabFigure } from './condition'

const SECOND_MS = 1_000
const WHOLE = LATENCIES.indexOf('whole')
const SHARES = { p50: 0.5, p90: 0.9, p99: 0.99 } as const

interface Report {
  readonly second: number
  readonly groups: readonly GroupSecond[]
}

/** Whom a figure is of. */
interface Subject {
  readonly of: 'all' | 'policy' | 'server' | 'client'
  readonly id: ProtocolId
}

export class FigureWindow {
  private readonly reports: Report[] = []
  private readonly subject: Subject
  private readonly length: number
  private readonly first: number

  /** `since`: seconds that were over by then do not count. */
  constructor(
    private readonly figure: LabFigure,
    private readonly since: SimMs,
  ) {
    this.subject = subjectOf(figure.of)
    this.length = figure.seconds ?? 1
    this.first = Math.floor(since / SECOND_MS)
  }

  apply(event: LabEvent): void {
    if (event.type === 'scenario.reset') this.reports.length = 0
    if (event.type !== 'metrics.second' || event.second < this.first) return
    this.reports.push(event)
    const oldest = event.second - this.length
    while (this.reports[0] !== undefined && this.reports[0].second <= oldest) this.reports.shift()
  }

  /** Whether every second that it looks back on began after `since`. */
  get isFull(): boolean {
    const last = this.reports.at(-1)
    return last !== undefined && (last.second - this.length + 1) * SECOND_MS >= this.since
  }

  /** The messages that the figure is made of. */
  messages(): number {
    const isLatency = this.figure.figure in SHARES || this.figure.figure === 'max'
    return this.sum((group) => (isLatency ? group.answered : group.begun))
  }

  /** Undefined: there is nothing of which it could be one. */
  value(state: State): number | undefined {
    const last = this.reports.at(-1)
    if (last === undefined) return undefined
    const seconds = Math.min(this.length, last.second - this.first + 1)
    const { figure } = this.figure
    switch (figure) {
      case 'p50':
      case 'p90':
      case 'p99':
        return this.percentile(SHARES[figure])
      case 'max':
        return this.longest()
      case 'rate':
        return this.sum(({ begun }) => begun) / seconds
      case 'answered':
      case 'refused':
      case 'lost':
        return this.sum((group) => group[figure]) / seconds
      case 'errors':
        return this.sum(({ refused, lost }) => refused + lost) / seconds
      case 'inFlight':
        return this.sum(({ inFlightMs }) => inFlightMs) / (seconds * SECOND_MS)
      case 'queued':
        return this.groupOf(last)?.queued ?? 0
      case 'utilisation':
        return this.utilisation(seconds)
      case 'share':
        return this.share(state)
    }
  }

  private percentile(share: number): number | undefined {
    const times = this.groups().reduce<GroupSecond['whole']>(
      (all, { whole }) => merged(all, whole),
      [],
    )
    const found = percentile(times, share)
    // The middle of the longest time's bucket may be beyond it.
    return found === undefined ? undefined : Math.min(found, this.longest() ?? found)
  }

  private longest(): number | undefined {
    const longest = this.groups().flatMap(({ longest }) => longest[WHOLE] ?? [])
    return longest.length === 0 ? undefined : Math.max(...longest)
  }

  private utilisation(seconds: number): number | undefined {
    const known = this.groups().flatMap(({ utilisation }) => utilisation ?? [])
    if (known.length === 0) return undefined
    return (100 * known.reduce((sum, part) => sum + part, 0)) / seconds
  }

  /** Of a server: of what its policy's servers got. Otherwise: of everything. */
  private share(state: State): number | undefined {
    const { of, id } = this.subject
    const policy = state.rows.get(id)?.policy
    const isPart = (group: GroupSecond) =>
      of === 'server'
        ? group.of === 'server' && state.rows.get(group.id)?.policy === policy
        : group.of === 'all'
    const whole = this.reports
      .flatMap(({ groups }) => groups.filter(isPart))
      .reduce((sum, { begun }) => sum + begun, 0)
    return whole === 0 ? undefined : (100 * this.sum(({ begun }) => begun)) / whole
  }

  private sum(part: (group: GroupSecond) => number): number {
    return this.groups().reduce((sum, group) => sum + part(group), 0)
  }

  private groups(): readonly GroupSecond[] {
    return this.reports.flatMap((report) => this.groupOf(report) ?? [])
  }

  private groupOf({ groups }: Report): GroupSecond | undefined {
    const { of, id } = this.subject
    return groups.find((group) => group.of === of && (of === 'all' || idOf(group) === id))
  }
}

function subjectOf(text: string): Subject {
  const [, of = '', id = ''] = /^(policy|server|client) (.*)$/u.exec(text.trim()) ?? []
  if (of === 'policy' || of === 'server' || of === 'client') return { of, id: id.trim() }
  return { of: 'all', id: '' }
}

/** The groups of clients are named by their nodes. */
function idOf({ of, id }: GroupSecond): ProtocolId | undefined {
  return of === 'client' ? partsOfNode(id).id : id
}
