// A comparison as a table: for each figure the labs' values, and their ratio to the first lab's.
import { formatDuration } from '../format'
import { percentile, type SparseCounts } from '../metrics/histogram'
import { EVERYTHING, figuresOf, type MetricsSeries, type SecondFigures } from '../metrics/series'
import { latenciesOver } from '../metrics/stretches'
import { errorName } from '../protocol/errors'
import type { ComparedLab, Comparison } from './comparison'
import { comparedShares, shareWords } from './shares'

interface FigureRow {
  readonly label: string
  /** By lab. */
  readonly values: readonly string[]
  /** Ratios to the first lab's value; empty if that is 0 or unknown. */
  readonly ratios: readonly string[]
}

type Say = (value: number) => string

const count: Say = (value) => String(value)
const decimal: Say = (value) => value.toFixed(2)

export function figureRows(comparison: Comparison): readonly FigureRow[] {
  const { labs } = comparison
  const totals = labs.map(totalsOf)
  const row = (label: string, values: readonly (number | undefined)[], say: Say): FigureRow => ({
    label,
    values: values.map((value) => (value === undefined ? '–' : say(value))),
    ratios: values.map((value) => ratio(value, values[0])),
  })
  const time = (label: string, of: 'whole' | 'queue', share: number) =>
    row(
      label,
      labs.map((lab) => percentile(sparseOf(lab, of), share)),
      (ms) => formatDuration(ms),
    )
  const longest = (label: string, of: 'whole' | 'queue') =>
    row(
      label,
      labs.map((lab) => longestOf(lab, of)),
      (ms) => formatDuration(ms),
    )
  const reasons = [...new Set(totals.flatMap(({ reasons }) => [...reasons.keys()]))]
  return [
    row(
      'Messages',
      totals.map(({ begun }) => begun),
      count,
    ),
    row(
      'Answered',
      totals.map(({ answered }) => answered),
      count,
    ),
    row(
      'Errors',
      totals.map(({ errors }) => errors),
      count,
    ),
    ...reasons.map((reason) =>
      row(
        `Errors: ${errorName(reason)}`,
        totals.map(({ reasons }) => reasons.get(reason) ?? 0),
        count,
      ),
    ),
    row(
      'Without an answer at the end',
      labs.map(({ unfinished }) => unfinished),
      count,
    ),
    time('Latency, p50', 'whole', 0.5),
    time('Latency, p90', 'whole', 0.9),
    time('Latency, p99', 'whole', 0.99),
    longest('Latency, longest', 'whole'),
    time('In queues, p50', 'queue', 0.5),
    time('In queues, p90', 'queue', 0.9),
    time('In queues, p99', 'queue', 0.99),
    longest('In queues, longest', 'queue'),
    row(
      'In flight, mean',
      totals.map(({ inFlight }) => inFlight),
      decimal,
    ),
    ...comparedShares(comparison).map(({ id, label, share, due }) =>
      row(
        `Share of server ${id}${label === undefined ? '' : ` (${label})`}${dueWords(due)}`,
        share,
        shareWords,
      ),
    ),
  ]
}

function allOf({ metrics }: ComparedLab): MetricsSeries | undefined {
  return metrics.find(([key]) => key === EVERYTHING)?.[1]
}

/** The seconds in which something happened. */
export function comparedSeconds(lab: ComparedLab): readonly SecondFigures[] {
  return allOf(lab)?.rows.map(figuresOf) ?? []
}

function sparseOf(lab: ComparedLab, of: 'whole' | 'queue'): SparseCounts {
  const stretches = allOf(lab)?.stretches ?? []
  return latenciesOver(stretches, 0, Number.POSITIVE_INFINITY)?.[of] ?? []
}

function longestOf(lab: ComparedLab, of: 'whole' | 'queue'): number | undefined {
  const times = comparedSeconds(lab).flatMap(({ latencies }) => latencies[of]?.max ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}

function totalsOf(lab: ComparedLab) {
  const seconds = comparedSeconds(lab)
  const sum = (of: (second: SecondFigures) => number) =>
    seconds.reduce((total, second) => total + of(second), 0)
  const reasons = new Map<string, number>()
  for (const [, reason, times] of allOf(lab)?.reasons ?? []) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + times)
  }
  return {
    begun: sum(({ begun }) => begun),
    answered: sum(({ answered }) => answered),
    errors: sum(({ refused, lost }) => refused + lost),
    inFlight: sum(({ inFlightMs }) => inFlightMs) / Math.max(1, lab.ms),
    reasons,
  }
}

/** `, due 20.0 %`, or one for each lab if they differ. */
function dueWords(due: readonly (number | undefined)[]): string {
  const known = [...new Set(due.flatMap((one) => (one === undefined ? [] : shareWords(one))))]
  return known.length === 0 ? '' : `, due ${known.join(' or ')}`
}

function ratio(value: number | undefined, first: number | undefined): string {
  if (value === undefined || first === undefined || first === 0) return ''
  return `× ${(value / first).toFixed(2)}`
}
