// A figure of the last seconds, from the engine's reports of each second. Percentiles are those of all messages of these
// seconds, from their merged histograms: a mean of percentiles would be no percentile. Latencies, and what is in flight by
// Little's law, are without the machine's own time: a lesson is about the lab, and a busy machine must not judge an answer.
import type { LabEvent } from '../events'
import { partsOfNode } from '../filter/nodes'
import type { ProtocolId, SimMs } from '../ids'
import { merged, percentile } from '../metrics/histogram'
import { type GroupSecond, LATENCIES } from '../metrics/second'
import type { State } from '../state/state'
import type { LabFigure } from './condition'
import { MachineTime, type Timed } from './machine-time'

const SECOND_MS = 1_000
const WHOLE = LATENCIES.indexOf('whole')
const SHARES = { p50: 0.5, p90: 0.9, p99: 0.99 } as const
/** Standard deviations to each side of 95 % of a normal distribution. */
const CONFIDENCE = 1.96

interface Report {
  readonly second: number
  readonly groups: readonly GroupSecond[]
}

/** What stands behind the value of a figure. */
export interface Measured {
  readonly messages: number
  /** The machine's own time of each message, on average, which is left out; 0 for a figure that it does not change. */
  readonly machineMs: SimMs
  /** How far the value may be off because it is taken from few messages, at 95 % confidence; 0 where that is not known. */
  readonly samplingError: number
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
  private readonly machine = new MachineTime()

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
    this.machine.apply(event)
    if (event.type === 'scenario.reset') this.reports.length = 0
    if (event.type !== 'metrics.second' || event.second < this.first) return
    this.reports.push(event)
    const oldest = event.second - this.length
    while (this.reports[0] !== undefined && this.reports[0].second <= oldest) this.reports.shift()
    this.machine.forgetBefore((oldest + 1) * SECOND_MS)
  }

  /** Whether every second that it looks back on began after `since`. */
  get isFull(): boolean {
    const last = this.reports.at(-1)
    return last !== undefined && (last.second - this.length + 1) * SECOND_MS >= this.since
  }

  /** The messages that the figure is made of. */
  messages(): number {
    return this.sum((group) => (this.isLatency ? group.answered : group.begun))
  }

  measured(): Measured {
    return {
      messages: this.messages(),
      machineMs: this.machineMs(),
      samplingError: this.samplingError(),
    }
  }

  private machineMs(): SimMs {
    const isInFlight = this.figure.figure === 'inFlight' && this.subject.of !== 'server'
    return this.isLatency || isInFlight ? this.machine.meanMs(this.isOurs) : 0
  }

  private readonly isOurs = ({ client, policy, server }: Timed): boolean => {
    const { of, id } = this.subject
    if (of === 'client') return partsOfNode(client).id === id
    return of === 'all' || (of === 'policy' ? policy : server) === id
  }

  /** For a percentile: half the distance between the values whose ranks are as far off as chance may put them. */
  private samplingError(): number {
    const { figure } = this.figure
    if (figure !== 'p50' && figure !== 'p90' && figure !== 'p99') return 0
    const share = SHARES[figure]
    const off = CONFIDENCE * Math.sqrt((share * (1 - share)) / Math.max(1, this.messages()))
    const least = this.percentile(Math.max(0, share - off))
    const most = this.percentile(Math.min(1, share + off))
    return least === undefined || most === undefined ? 0 : (most - least) / 2
  }

  /** The value of the figure; undefined if nothing has happened that it could be computed from. */
  value(state: State): number | undefined {
    const last = this.reports.at(-1)
    if (last === undefined) return undefined
    const seconds = Math.min(this.length, last.second - this.first + 1)
    const { figure } = this.figure
    switch (figure) {
      case 'p50':
      case 'p90':
      case 'p99':
        return this.ofLab(this.percentile(SHARES[figure]), SHARES[figure])
      case 'max':
        return this.ofLab(this.longest(), 1)
      case 'rate':
        return this.sum(({ begun }) => begun) / seconds
      case 'answered':
      case 'refused':
      case 'lost':
        return this.sum((group) => group[figure]) / seconds
      case 'errors':
        return this.sum(({ refused, lost }) => refused + lost) / seconds
      case 'inFlight':
        return this.inFlight(seconds * SECOND_MS)
      case 'queued':
        return this.groupOf(last)?.queued ?? 0
      case 'utilisation':
        return this.utilisation(seconds)
      case 'share':
        return this.share(state)
    }
  }

  private get isLatency(): boolean {
    return this.figure.figure in SHARES || this.figure.figure === 'max'
  }

  /** Without what the machine adds to this percentile. */
  private ofLab(latencyMs: SimMs | undefined, share: number): SimMs | undefined {
    if (latencyMs === undefined) return undefined
    return Math.max(0, latencyMs - this.machine.addedTo(share, this.isOurs))
  }

  /** The mean number: what the machine adds to each message's time adds to it by Little's law. */
  private inFlight(lengthMs: SimMs): number {
    const inFlightMs = this.sum((group) => group.inFlightMs)
    const machineMs = this.machineMs() * this.sum(({ answered }) => answered)
    return Math.max(0, inFlightMs - machineMs) / lengthMs
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

  /** A server's share of what its policy's servers got; otherwise, the share of everything. */
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
