// The charts whose lines run along the time, with one value for each second.
import type { Latency } from '../../../shared/metrics/second'
import { type ErrorCode, errorName } from '../../../shared/protocol/errors'
import {
  type ChartParts,
  chartLine,
  figuresBySecond,
  type LineChart,
  lineColour,
  MOST_LINES,
} from './chart-lines'
import { type ShownSecond, secondsOf } from './seconds'
import { shares, utilisation } from './server-charts'
import { type Subject, serverSeries } from './subject'

/** The words of LATENCIES; `whole` is from when a message should have been sent to its answer. */
export const LATENCY_WORDS: Readonly<Record<Latency, string>> = {
  whole: 'whole',
  link: 'on links',
  queue: 'in queues',
  service: 'at the server',
}

export function lineChart(name: LineChart['name'], subject: Subject): LineChart {
  const { from, to } = subject.span
  const times = Array.from({ length: to - from }, (_, index) => from + index + 1)
  return { name, times, ...BUILD[name](subject) }
}

const BUILD: Readonly<Record<LineChart['name'], (subject: Subject) => ChartParts>> = {
  messages,
  latency,
  inFlight,
  shares,
  utilisation,
  errors,
}

function messages(subject: Subject): ChartParts {
  const seconds = ownSeconds(subject)
  const isServer = subject.metrics.get(subject.group)?.of === 'server'
  return {
    title: 'Messages',
    unit: '/s',
    lines: [
      chartLine(isServer ? 'given' : 'sent', 'var(--packet-0)', 0, each(seconds, 'begun')),
      chartLine('answered', 'var(--packet-2)', 1, each(seconds, 'answered')),
      chartLine(
        'errors',
        'var(--packet-error)',
        2,
        figuresBySecond(seconds, ({ refused, lost }) => refused + lost),
      ),
    ],
  }
}

function latency(subject: Subject): ChartParts {
  const seconds = ownSeconds(subject)
  const found = seconds.map(({ latencies }) => latencies[subject.latency])
  const of = (part: 'p50' | 'p90' | 'p99' | 'max') => found.map((one) => one?.[part] ?? null)
  return {
    title: 'Latency',
    unit: 'ms',
    isDuration: true,
    ...(subject.latency !== 'whole' && { detail: LATENCY_WORDS[subject.latency] }),
    lines: [
      chartLine('p50', 'var(--packet-2)', 0, of('p50')),
      chartLine('p90', 'var(--packet-1)', 1, of('p90')),
      chartLine('p99', 'var(--packet-error)', 2, of('p99')),
      { ...chartLine('max', 'var(--muted)', 3, of('max')), isFaint: true },
    ],
  }
}

function inFlight(subject: Subject): ChartParts {
  const seconds = ownSeconds(subject)
  return {
    title: 'In flight',
    unit: '',
    lines: [
      chartLine(
        'mean',
        'var(--accent)',
        0,
        figuresBySecond(seconds, ({ inFlightMs }) => inFlightMs / 1000),
      ),
      ...queues(subject, seconds),
    ],
  }
}

/** Messages wait in the proxy's queue or in a server's own; of a single client, only those in the proxy's are known. */
function queues(
  { metrics, group, policies, span }: Subject,
  own: readonly ShownSecond[],
): LineChart['lines'] {
  const inServer = group.startsWith('server ')
  const queued = each(own, 'queued')
  const first = inServer ? 'own queue' : 'proxy queue'
  const lines = [chartLine(first, 'var(--packet-1)', 1, queued)]
  if (inServer || group.startsWith('client ')) return lines
  const servers = serverSeries(metrics, group, policies).map((series) => secondsOf(series, span))
  const values = own.map(({ isUnknown }, index) =>
    isUnknown ? null : servers.reduce((sum, seconds) => sum + (seconds[index]?.queued ?? 0), 0),
  )
  return [...lines, chartLine('servers’', 'var(--packet-2)', 2, values)]
}

function errors({ metrics, group, span, reasons }: Subject): ChartParts {
  const bySecond = new Map<ErrorCode, Map<number, number>>()
  for (const [second, reason, count] of metrics.get(group)?.reasons ?? []) {
    if (second < span.from || second >= span.to) continue
    const counts = bySecond.get(reason) ?? new Map<number, number>()
    counts.set(second, (counts.get(second) ?? 0) + count)
    bySecond.set(reason, counts)
  }
  const sum = (counts: ReadonlyMap<number, number>) =>
    [...counts.values()].reduce((all, count) => all + count, 0)
  const most = [...bySecond]
    .sort(([, one], [, other]) => sum(other) - sum(one))
    .slice(0, reasons === 'all' ? undefined : MOST_LINES)
  const seconds = Array.from({ length: span.to - span.from }, (_, index) => span.from + index)
  const first = metrics.get(group)?.rows[0]?.[0] ?? span.to
  return {
    title: 'Errors by reason',
    unit: '/s',
    ...(most.length === 0 && { empty: 'No errors in this time.' }),
    lines: most.map(([reason, counts], place) =>
      chartLine(
        errorName(reason),
        ERROR_COLOURS[place] ?? lineColour(place),
        place,
        seconds.map((second) => (second < first ? null : (counts.get(second) ?? 0))),
      ),
    ),
  }
}

/** The first is the colour of errors. */
const ERROR_COLOURS = ['var(--packet-error)']

function ownSeconds({ metrics, group, span }: Subject): readonly ShownSecond[] {
  return secondsOf(metrics.get(group), span)
}

function each(seconds: readonly ShownSecond[], name: 'begun' | 'answered' | 'queued') {
  return figuresBySecond(seconds, (one) => one[name])
}
