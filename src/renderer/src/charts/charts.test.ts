import { expect, it } from 'vitest'
import { METRICS_ROWS } from '../../../shared/limits'
import { Histogram } from '../../../shared/metrics/histogram'
import type { Metrics } from '../../../shared/metrics/series'
import { groupSecond, withSecond } from '../../../shared/metrics/testing'
import { LINE_CHARTS } from './chart-lines'
import { asCsv } from './csv'
import { latencyHistogram } from './histogram'
import { kneeOf } from './knee'
import { lineChart } from './line-charts'
import { littlesLaw } from './littles-law'
import { keptSpan, secondsOf, shownSpan } from './seconds'
import type { Subject } from './subject'

function times(...all: number[]): readonly number[] {
  const histogram = new Histogram()
  for (const ms of all) histogram.add(ms)
  return histogram.sparse
}

const NONE: Metrics = new Map()
const one = withSecond(NONE, 3, [
  groupSecond({ begun: 4, inFlight: 4, queued: 1, inFlightMs: 2000 }),
  groupSecond({ of: 'policy', id: '111', begun: 4, inFlight: 4, inFlightMs: 2000 }),
  groupSecond({ of: 'server', id: '100', begun: 3, queued: 2, due: 0.5, utilisation: 0.9 }),
  groupSecond({ of: 'server', id: '300', begun: 1, due: 0.5, utilisation: 0.3 }),
])
const metrics = withSecond(one, 6, [
  groupSecond({
    answered: 3,
    lost: 1,
    wholeMs: 10_000,
    inFlightMs: 0,
    reasons: [['SERVER_TIMEOUT', 1]],
    whole: times(2000, 4000, 4000),
    longest: [0, 0, 0, 4000],
  }),
  groupSecond({ of: 'server', id: '300', answered: 1, due: 0.5, utilisation: 0.25 }),
])
const subject: Subject = {
  metrics,
  group: 'all ',
  latency: 'whole',
  span: { from: 3, to: 7 },
  policies: new Map([
    ['100', '111'],
    ['300', '111'],
  ]),
  servers: 'farthest',
  selected: undefined,
}
const linesOf = (name: (typeof LINE_CHARTS)[number], of = subject) =>
  Object.fromEntries(lineChart(name, of).lines.map(({ label, values }) => [label, values]))

it('fills in the seconds in which nothing happened: what was in flight still is', () => {
  expect(lineChart('messages', subject).times).toEqual([4, 5, 6, 7])
  expect(linesOf('messages')).toEqual({
    sent: [4, 0, 0, 0],
    answered: [0, 0, 0, 3],
    errors: [0, 0, 0, 1],
  })
  expect(linesOf('latency').p50).toEqual([null, null, null, expect.closeTo(4000, -2)])
  expect(linesOf('latency').max).toEqual([null, null, null, 4000])
  expect(linesOf('inFlight').mean).toEqual([2, 4, 4, 0])
})

it('tells the proxy’s queue from the servers’ own', () => {
  expect(linesOf('inFlight')).toMatchObject({
    'proxy queue': [1, 1, 1, 0],
    'servers’': [2, 2, 2, 2],
  })
  const server = linesOf('inFlight', { ...subject, group: 'server 100' })
  expect(Object.keys(server)).toEqual(['mean', 'own queue'])
  const client = linesOf('inFlight', { ...subject, group: 'client 1' })
  expect(Object.keys(client)).toEqual(['mean', 'proxy queue'])
})

it('shows each server’s share of its policy’s messages beside the one that was due', () => {
  expect(linesOf('shares')).toEqual({
    100: [75, null, null, null],
    '100 due': [50, 50, 50, 50],
    300: [25, null, null, null],
    '300 due': [50, 50, 50, 50],
  })
  expect(Object.keys(linesOf('shares', { ...subject, group: 'server 300' }))).toEqual([
    '300',
    '300 due',
  ])
})

it('draws nothing for seconds before the first that is kept', () => {
  const later = { ...subject, group: 'policy 111', span: { from: 1, to: 5 } }
  expect(linesOf('messages', later)).toEqual({
    sent: [null, null, 4, 0],
    answered: [null, null, 0, 0],
    errors: [null, null, 0, 0],
  })
  expect(linesOf('inFlight', later).mean).toEqual([null, null, 2, 4])
  expect(littlesLaw(secondsOf(metrics.get('policy 111'), later.span)).l).toBe(3)
})

it('counts errors by their reasons, in words', () => {
  expect(linesOf('errors')).toEqual({ 'server timeout': [0, 0, 0, 1] })
  expect(lineChart('errors', { ...subject, span: { from: 3, to: 6 } }).empty).toBeDefined()
})

it('has as many reasons as lines can be told apart, and in a file all of them', () => {
  const codes = [
    'SERVER_TIMEOUT',
    'WRONG_HASH',
    'SERVERS_DOWN',
    'SERVERS_FULL',
    'QUEUE_FULL',
  ] as const
  const others = ['CIRCUIT_OPEN', 'LIMIT_REACHED', 'SERVER_CLOSED', 'LOST_ON_LINK'] as const
  const reasons = [...codes, ...others].map((code) => [code, 1] as const)
  const failing = { ...subject, metrics: withSecond(NONE, 3, [groupSecond({ reasons })]) }
  expect(lineChart('errors', failing).lines).toHaveLength(6)
  expect(lineChart('errors', { ...failing, reasons: 'all' }).lines).toHaveLength(9)
})

it('measures L, λ and W each by itself, and what is in flight at the edges', () => {
  const second = (number: number, named: Parameters<typeof groupSecond>[0]) =>
    withSecond(counted, number, [groupSecond(named)])
  let counted = NONE
  // Four begin half a second before the first second ends. Two leave at the end of the second after the next.
  counted = second(3, { begun: 4, inFlight: 4, inFlightMs: 2000, left: 0, presentMs: 2000 })
  const later = { inFlight: 2, inFlightMs: 4000, left: 2, leftMs: 5000, presentMs: 5000 }
  counted = second(5, { answered: 1, lost: 1, wholeMs: 2500, ...later })
  const over = (from: number, to: number) =>
    littlesLaw(secondsOf(counted.get('all '), { from, to }))
  expect(over(3, 6)).toEqual({
    l: 10 / 3,
    perSecond: 2 / 3,
    w: 2.5,
    atEdges: 5 / 3,
    inFlight: { before: 0, after: 2 },
    isOlder: false,
  })
  // What is in flight has been so for some time when the next seconds begin.
  expect(over(4, 6)).toMatchObject({ l: 4, perSecond: 1, w: 2.5, atEdges: 1.5 })
  expect(over(4, 5)).toMatchObject({ l: 4, perSecond: 0, w: 0, atEdges: 4 })
})

it('knows only answered messages if an older version has counted', () => {
  const law = littlesLaw(secondsOf(metrics.get('all '), subject.span))
  expect(law).toMatchObject({ l: 10 / 4, perSecond: 3 / 4, isOlder: true })
  expect(law.w).toBeCloseTo(10 / 3)
})

it('shows the last seconds, or those around a moment of the past that is earlier', () => {
  const hour = new Map([
    ['all ', { of: 'all' as const, id: '', rows: [[100], [3700]], reasons: [], stretches: [] }],
  ])
  expect(shownSpan(NONE, 60)).toBeUndefined()
  expect(keptSpan(NONE)).toBeUndefined()
  expect(keptSpan(hour)).toEqual({ from: 100, to: 3701 })
  expect(shownSpan(hour, 60)).toEqual({ from: 3641, to: 3701 })
  expect(shownSpan(hour, 60, 3_690_000)).toEqual({ from: 3641, to: 3701 })
  expect(shownSpan(hour, 60, 500_000)).toEqual({ from: 455, to: 515 })
  expect(shownSpan(hour, 60, 101_000)).toEqual({ from: 100, to: 160 })
})

it('has a histogram whose bins have all messages, with the exact longest time', () => {
  const shown = latencyHistogram(subject)
  expect(shown?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  expect(shown?.marks.map(({ label }) => label)).toEqual(['p50', 'p90', 'p99', 'max'])
  expect(shown?.marks.at(-1)?.ms).toBe(4000)
  expect(latencyHistogram({ ...subject, latency: 'link' })).toBeUndefined()
})

it('has the longest time to a bucket where the seconds of a group are forgotten', () => {
  const early = withSecond(NONE, 1, [
    groupSecond({
      of: 'policy',
      id: '111',
      answered: 1,
      whole: times(9000),
      longest: [0, 0, 0, 9000],
    }),
  ])
  const groups = Array.from({ length: METRICS_ROWS }, (_, place) =>
    groupSecond({
      of: 'policy',
      id: `${place + 111}`,
      answered: 1,
      whole: times(5),
      longest: [0, 0, 0, 5],
    }),
  )
  const forgetful = withSecond(early, 2, groups)
  const group = 'policy 111'
  const shown = latencyHistogram({
    ...subject,
    metrics: forgetful,
    group,
    span: { from: 0, to: 3 },
  })
  expect(shown?.count).toBe(2)
  expect(shown?.marks.at(-1)?.ms).toBeGreaterThan(8900)
})

it('has a point of utilisation and mean latency for each second with answers', () => {
  // A server of which nothing is reported does nothing.
  expect(kneeOf(subject).points).toEqual([
    { time: 7, utilisation: 0.125, ms: expect.closeTo(10_000 / 3) },
  ])
})

it('no two lines of a chart look alike', () => {
  for (const name of LINE_CHARTS) {
    const looks = lineChart(name, subject).lines.map(({ dash, colour }) => `${dash} ${colour}`)
    expect(new Set(looks).size).toBe(looks.length)
  }
})

it('is saved as one row for each second', () => {
  const rows = asCsv([lineChart('messages', subject)]).split('\r\n')
  expect(rows[0]).toMatch(/^Second,"Messages: sent \(\/s\)",/)
  expect(rows.slice(1, 3)).toEqual(['4,4,0,0', '5,0,0,0'])
})
