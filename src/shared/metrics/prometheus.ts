// The figures of a lab as Prometheus reads them: its text format 0.0.4. Counters grow from the beginning of the session on,
// and begin anew with another one, which Prometheus takes for a restart.
import type { LabEvent } from '../events'
import type { ErrorCode } from '../protocol/errors'
import { SECOND_MS } from './counter'
import { bucketOf, countIn, merged, type SparseCounts } from './histogram'
import type { GroupSecond } from './second'

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Prometheus' own default buckets and shorter ones, in seconds; each counts times up to 1.6 % beyond it, a bucket's width. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type Labels = Readonly<Record<string, string>>

interface Total {
  begun: number
  answered: number
  refused: number
  lost: number
  /** At the end of the last second in which something happened. */
  inFlight: number
  queued: number
  wholeMs: number
  /** Undefined: its capacity is not known. */
  busySeconds: number | undefined
  whole: SparseCounts
  readonly reasons: Map<ErrorCode, number>
}

type Figure = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  field: 'begun' | 'answered' | 'refused' | 'lost' | 'inFlight' | 'queued',
]

const OF_POLICIES: readonly Figure[] = [
  ['messages_total', 'counter', 'Messages from clients.', 'begun'],
  [
    'messages_answered_total',
    'counter',
    'Messages that a server has answered, with the right hash.',
    'answered',
  ],
  ['messages_refused_total', 'counter', 'Messages that the proxy has refused.', 'refused'],
  [
    'messages_lost_total',
    'counter',
    'Messages that ended without an answer, or with a wrong hash.',
    'lost',
  ],
  ['messages_in_flight', 'gauge', 'Messages that have not come to their end.', 'inFlight'],
  ['messages_queued', 'gauge', 'Messages that wait in the proxy.', 'queued'],
]
const OF_SERVERS: readonly Figure[] = [
  ['server_attempts_total', 'counter', 'Messages that were given to the server.', 'begun'],
  ['server_attempts_failed_total', 'counter', 'Those of them that failed at it.', 'lost'],
  ['server_in_flight', 'gauge', 'Messages that the server has not answered.', 'inFlight'],
  ['server_queued', 'gauge', 'Messages that wait in the server.', 'queued'],
]

export class PrometheusTotals {
  private readonly policies = new Map<string, Total>()
  private readonly servers = new Map<string, Total>()

  /** Takes every event of a lab, in order. */
  apply(event: LabEvent): void {
    if (event.type === 'scenario.reset') {
      this.policies.clear()
      this.servers.clear()
    }
    if (event.type !== 'metrics.second') return
    for (const group of event.groups) {
      if (group.of === 'policy') add(this.policies, group)
      if (group.of === 'server') add(this.servers, group)
    }
  }

  /** Ends with a line break, as the format asks for. */
  text(): string {
    const { policies, servers } = this
    const lines = [
      ...families(policies, 'policy', OF_POLICIES),
      ...errors(policies),
      ...durations(policies),
      ...families(servers, 'server', OF_SERVERS),
      ...busySeconds(servers),
    ]
    return lines.map((line) => `${line}\n`).join('')
  }
}

function add(totals: Map<string, Total>, group: GroupSecond): void {
  const total = totals.get(group.id) ?? none()
  totals.set(group.id, total)
  total.begun += group.begun
  total.answered += group.answered
  total.refused += group.refused
  total.lost += group.lost
  total.inFlight = group.inFlight
  total.queued = group.queued
  total.wholeMs += group.wholeMs
  if (group.utilisation !== undefined) {
    total.busySeconds = (total.busySeconds ?? 0) + (group.utilisation * SECOND_MS) / 1000
  }
  total.whole = merged(total.whole, group.whole)
  for (const [reason, count] of group.reasons) {
    total.reasons.set(reason, (total.reasons.get(reason) ?? 0) + count)
  }
}

function none(): Total {
  const zero = { begun: 0, answered: 0, refused: 0, lost: 0, inFlight: 0, queued: 0, wholeMs: 0 }
  return { ...zero, busySeconds: undefined, whole: [], reasons: new Map() }
}

/** A figure of each policy, or of each server. */
function families(
  totals: ReadonlyMap<string, Total>,
  label: 'policy' | 'server',
  figures: readonly Figure[],
): string[] {
  if (totals.size === 0) return []
  return figures.flatMap(([name, type, help, field]) => [
    ...head(name, type, help),
    ...[...totals].map(([id, total]) => line(name, total[field], { [label]: id })),
  ])
}

function errors(policies: ReadonlyMap<string, Total>): string[] {
  const name = 'message_errors_total'
  const lines = [...policies].flatMap(([policy, { reasons }]) =>
    [...reasons].map(([reason, count]) => line(name, count, { policy, reason })),
  )
  if (lines.length === 0) return []
  return [...head(name, 'counter', 'Messages that ended with an error, by its code.'), ...lines]
}

/**
 * How long servers have worked, as a part of what they can: its rate is the utilisation. A gauge of the last second would keep
 * its figure while nothing happens.
 */
function busySeconds(servers: ReadonlyMap<string, Total>): string[] {
  const name = 'server_busy_seconds_total'
  const lines = [...servers].flatMap(([server, { busySeconds }]) =>
    busySeconds === undefined ? [] : [line(name, rounded(busySeconds), { server })],
  )
  if (lines.length === 0) return []
  return [
    ...head(name, 'counter', 'Seconds of work, by all its workers: 1 a second at most.'),
    ...lines,
  ]
}

/** A histogram of whole latencies for each policy: of answered messages, from when they should have been sent. */
function durations(policies: ReadonlyMap<string, Total>): string[] {
  if (policies.size === 0) return []
  const name = 'message_duration_seconds'
  const lines = head(name, 'histogram', 'From when a message should have been sent to its answer.')
  for (const [policy, { whole, wholeMs }] of policies) {
    const count = countIn(whole)
    for (const bound of BOUNDS) {
      lines.push(line(`${name}_bucket`, countUpTo(whole, bound), { policy, le: String(bound) }))
    }
    lines.push(line(`${name}_bucket`, count, { policy, le: '+Inf' }))
    lines.push(line(`${name}_sum`, wholeMs / 1000, { policy }))
    lines.push(line(`${name}_count`, count, { policy }))
  }
  return lines
}

/** The bucket that the bound is in counts whole, so that times equal to the bound are within it. */
function countUpTo(sparse: SparseCounts, seconds: number): number {
  const last = bucketOf(seconds * 1000)
  let count = 0
  for (let place = 0; place + 1 < sparse.length; place += 2) {
    if ((sparse[place] ?? 0) <= last) count += sparse[place + 1] ?? 0
  }
  return count
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP roundabout_${name} ${help}`, `# TYPE roundabout_${name} ${type}`]
}

function line(name: string, value: number, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `roundabout_${name}{${pairs.join(',')}} ${value}`
}

/** Rounds off the long tail of digits that sums of decimal fractions have. */
function rounded(seconds: number): number {
  return Math.round(seconds * 10_000) / 10_000
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
