import { expect, it } from 'vitest'
import type { Metrics } from '../../../shared/metrics/series'
import { groupSecond, withSecond } from '../../../shared/metrics/testing'
import { lineChart } from './line-charts'
import type { Subject } from './subject'

/** Thirty servers with the same due share. The first is given nothing, the last three times as much as the others. */
const IDS = Array.from({ length: 30 }, (_, index) => String(index + 1))
const begunOf = (id: string) => (id === '1' ? 0 : id === '30' ? 30 : 10)
const NONE: Metrics = new Map()
const metrics = withSecond(NONE, 5, [
  groupSecond({ begun: 310, left: 310 }),
  ...IDS.map((id) =>
    groupSecond({
      of: 'server',
      id,
      begun: begunOf(id),
      due: 1 / IDS.length,
      utilisation: Number(id) / 100,
    }),
  ),
])
const subject: Subject = {
  metrics,
  group: 'all ',
  latency: 'whole',
  span: { from: 5, to: 6 },
  policies: new Map(IDS.map((id) => [id, '111'])),
  servers: 'farthest',
  selected: undefined,
}
const labelsOf = (named: Partial<Subject>, name: 'shares' | 'utilisation' = 'shares') =>
  lineChart(name, { ...subject, ...named })
    .lines.map(({ label }) => label)
    .filter((label) => !label.endsWith('due'))

it('of many servers, those that are farthest from their due share have lines, and a band has the others', () => {
  const { lines, band } = lineChart('shares', subject)
  expect(labelsOf({})).toEqual(['1', '2', '30'])
  expect(lines.map(({ values }) => values[0])).toEqual([
    0,
    expect.closeTo(100 / 30),
    expect.closeTo(1000 / 310),
    expect.closeTo(100 / 30),
    expect.closeTo(3000 / 310),
    expect.closeTo(100 / 30),
  ])
  expect(band).toMatchObject({
    label: '27 others',
    low: [expect.closeTo(1000 / 310)],
    high: [expect.closeTo(1000 / 310)],
  })
})

it('shows those that are chosen instead, and the selected one always', () => {
  expect(labelsOf({ servers: ['7', '4'] })).toEqual(['4', '7'])
  expect(labelsOf({ servers: ['7', '4'], selected: '12' })).toEqual(['4', '7', '12'])
  expect(labelsOf({ servers: 'busiest' })).toEqual(['2', '3', '30'])
  expect(labelsOf({ selected: '12' })).toEqual(['1', '2', '12', '30'])
  expect(labelsOf({ servers: IDS.slice(2) })).toHaveLength(6)
  expect(labelsOf({}, 'utilisation')).toEqual(['28', '29', '30'])
})

it('falls back to the rule if none of the chosen servers is there', () => {
  expect(labelsOf({ servers: ['900'], group: 'all ' })).toEqual(['1', '2', '30'])
})

it('folds nothing for a file, and nothing if there are few', () => {
  expect(lineChart('shares', { ...subject, servers: 'all' }).lines).toHaveLength(60)
  const few = new Map([...metrics].slice(0, 7))
  const shown = lineChart('shares', { ...subject, metrics: few })
  expect(shown.band).toBeUndefined()
  expect(shown.lines).toHaveLength(12)
})

it('other servers take their places only every ten seconds', () => {
  const later = withSecond(metrics, 10, [
    groupSecond({}),
    ...IDS.map((id) =>
      groupSecond({ of: 'server', id, begun: id === '20' ? 500 : 1, due: 1 / IDS.length }),
    ),
  ])
  const until = (to: number) => labelsOf({ metrics: later, span: { from: 5, to } })
  expect(until(11)).toEqual(['1', '2', '30'])
  expect(until(19)).toEqual(['1', '2', '30'])
  expect(until(20)).toEqual(['1', '2', '20'])
})
