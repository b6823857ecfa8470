// The seconds that the charts show, one after another. A second in which nothing happened is filled in: what was in flight
// still is. Nothing is known of seconds before the first that is kept.
import type { SimMs } from '../../../shared/ids'
import {
  EVERYTHING,
  figuresOf,
  type Metrics,
  type MetricsSeries,
  type SecondFigures,
} from '../../../shared/metrics/series'

/** Whole seconds of simulated time: from this one on, before that one. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The part of the shown time that lies after a moment of the past: it shows what happened next. */
const AFTER_MOMENT = 0.25

/**
 * The seconds to show, at most `stretch` of them: the last ones, or those around a moment of the past, if it is earlier.
 * Undefined before the first second.
 */
export function shownSpan(metrics: Metrics, stretch: number, moment?: SimMs): Span | undefined {
  const kept = keptSpan(metrics)
  if (kept === undefined) return undefined
  let { to } = kept
  const second = moment === undefined ? to : Math.floor(moment / 1000)
  if (second <= to - stretch) to = Math.ceil(second + stretch * AFTER_MOMENT)
  to = Math.min(kept.to, Math.max(to, Math.min(kept.to, kept.from + stretch)))
  return { from: Math.max(kept.from, to - stretch), to }
}

/** All seconds that are kept. Undefined before the first one. */
export function keptSpan(metrics: Metrics): Span | undefined {
  const rows = metrics.get(EVERYTHING)?.rows ?? []
  const first = rows[0]?.[0]
  const last = rows.at(-1)?.[0]
  return first === undefined || last === undefined ? undefined : { from: first, to: last + 1 }
}

/** `isUnknown`: it is before the first second that is kept, and has no figures. */
export interface ShownSecond extends SecondFigures {
  readonly isUnknown?: true
}

interface KnownSeconds extends Span {
  readonly seconds: readonly ShownSecond[]
}

/** Keeps the seconds of each series: several charts show the same ones. */
const known = new WeakMap<MetricsSeries, KnownSeconds>()
/** Keeps the figures of each row, which stays the same while the series has it. */
const figures = new WeakMap<readonly number[], SecondFigures>()

function figuresOfRow(row: readonly number[]): SecondFigures {
  const found = figures.get(row) ?? figuresOf(row)
  figures.set(row, found)
  return found
}

/** A group's figures in each of these seconds. */
export function secondsOf(series: MetricsSeries | undefined, span: Span): readonly ShownSecond[] {
  const last = series && known.get(series)
  if (last?.from === span.from && last.to === span.to) return last.seconds
  const seconds = filled(series?.rows ?? [], span)
  if (series) known.set(series, { from: span.from, to: span.to, seconds })
  return seconds
}

function filled(rows: MetricsSeries['rows'], { from, to }: Span): ShownSecond[] {
  let place = rows.findIndex(([second = 0]) => second >= from)
  if (place < 0) place = rows.length
  const before = rows[place - 1]
  let last = before === undefined ? undefined : figuresOfRow(before)
  const made: ShownSecond[] = []
  for (let second = from; second < to; second++) {
    const row = rows[place]
    if (row?.[0] === second) {
      last = figuresOfRow(row)
      made.push(last)
      place++
    } else if (last === undefined) made.push({ ...quiet(second, last), isUnknown: true })
    else made.push(quiet(second, last))
  }
  return made
}

const NO_LATENCIES = { link: undefined, queue: undefined, service: undefined, whole: undefined }

function quiet(second: number, last: SecondFigures | undefined): SecondFigures {
  const { inFlight = 0, queued = 0 } = last ?? {}
  return {
    second,
    begun: 0,
    answered: 0,
    refused: 0,
    lost: 0,
    inFlight,
    queued,
    inFlightMs: inFlight * 1000,
    wholeMs: 0,
    left: last?.left === undefined ? undefined : 0,
    leftMs: 0,
    presentMs: last === undefined ? 0 : last.presentMs + inFlight * 1000 * (second - last.second),
    // Nothing is reported of a server while it does nothing.
    utilisation: last?.utilisation === undefined ? undefined : 0,
    due: last?.due,
    latencies: NO_LATENCIES,
  }
}
