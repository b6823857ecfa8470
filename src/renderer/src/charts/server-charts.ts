// The charts with a line for each server: its share beside the one that is due, and its utilisation.
import { withVisibleControls } from '../../../shared/visible-controls'
import { type ChartParts, chartLine, lineColour } from './chart-lines'
import { type ShownSecond, type Span, secondsOf } from './seconds'
import { folded } from './shown-servers'
import { type Subject, serverSeries } from './subject'

const DUE_DASH = [1, 4]

/** The share of its policy's messages that each server was given, and the share that is due to it. */
export function shares(subject: Subject): ChartParts {
  const { metrics, span, policies } = subject
  const given = givenByPolicy(subject)
  const all = serverSeries(metrics, subject.group, policies).map((series) => {
    const { id } = series
    const seconds = secondsOf(series, span)
    const sums = given.get(policies.get(id)) ?? []
    const values = seconds.map(({ begun, isUnknown }, index) =>
      sums[index] && !isUnknown ? (100 * begun) / sums[index] : null,
    )
    return { id, seconds, sums, values }
  })
  const ranked = rankedSeconds(span)
  const { own, band } = folded(all, subject, ({ seconds, sums }) =>
    subject.servers === 'busiest'
      ? sumOf(seconds.slice(0, ranked).map(({ begun }) => begun))
      : distanceFromDue(seconds.slice(0, ranked), sums),
  )
  return {
    title: 'Share',
    unit: '% of its policy',
    ...(all.length === 0 && { empty: 'No server has been given a message.' }),
    lines: own.flatMap(({ id, seconds, values }, place) => {
      const colour = lineColour(place)
      const label = withVisibleControls(id)
      const due = seconds.map((one) => (one.due === undefined ? null : 100 * one.due))
      return [
        chartLine(label, colour, place, values),
        { label: `${label} due`, colour, isFaint: true, dash: DUE_DASH, values: due },
      ]
    }),
    band,
  }
}

export function utilisation(subject: Subject): ChartParts {
  const { metrics, span, policies } = subject
  const all = serverSeries(metrics, subject.group, policies).flatMap((series) => {
    const seconds = secondsOf(series, span)
    if (!seconds.some((one) => one.utilisation !== undefined)) return []
    const values = seconds.map((one) =>
      one.utilisation === undefined ? null : 100 * one.utilisation,
    )
    return [{ id: series.id, values }]
  })
  const ranked = rankedSeconds(span)
  const { own, band } = folded(all, subject, ({ values }) =>
    sumOf(values.slice(0, ranked).map((value) => value ?? 0)),
  )
  return {
    title: 'Utilisation',
    unit: '%',
    ...(all.length === 0 && { empty: NO_UTILISATION }),
    lines: own.map(({ id, values }, place) =>
      chartLine(withVisibleControls(id), lineColour(place), place, values),
    ),
    band,
  }
}

export const NO_UTILISATION = 'A server with work of its own has a utilisation: set its work time.'

/** In each second, the attempts that were given to all servers of a policy. */
function givenByPolicy({ metrics, span, policies }: Subject) {
  const given = new Map<string | undefined, number[]>()
  for (const series of metrics.values()) {
    if (series.of !== 'server') continue
    const policy = policies.get(series.id)
    const seconds = secondsOf(series, span)
    const sums = given.get(policy) ?? seconds.map(() => 0)
    seconds.forEach(({ begun }, index) => {
      sums[index] = (sums[index] ?? 0) + begun
    })
    given.set(policy, sums)
  }
  return given
}

/** How far the share is from the due one, over all these seconds. */
function distanceFromDue(seconds: readonly ShownSecond[], sums: readonly number[]): number {
  let [begun, due, all] = [0, 0, 0]
  seconds.forEach((one, index) => {
    if (one.due === undefined) return
    const sum = sums[index] ?? 0
    begun += one.begun
    due += one.due * sum
    all += sum
  })
  return all === 0 ? 0 : Math.abs(begun - due) / all
}

const RANKED_EVERY = 10

/** Seconds that decide which servers are shown: others would take their places each second. */
function rankedSeconds({ from, to }: Span): number {
  const until = Math.floor(to / RANKED_EVERY) * RANKED_EVERY
  return until > from ? until - from : to - from
}

function sumOf(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
