import { expect, it } from 'vitest'
import { METRICS_ROWS, METRICS_SECONDS } from '../limits'
import type { GroupSecond } from './second'
import { figuresOf, type Metrics } from './series'
import { latenciesOver } from './stretches'
import { groupSecond, withSecond } from './testing'

const FIGURES = {
  begun: 2,
  answered: 1,
  lost: 1,
  inFlight: 3,
  queued: 1,
  inFlightMs: 1500,
  wholeMs: 12.5,
  left: 2,
  leftMs: 20.25,
  presentMs: 900,
  utilisation: 0,
  due: 0.25,
}

const group = (of: GroupSecond['of'], id: string) =>
  groupSecond({
    of,
    id,
    ...FIGURES,
    reasons: [['SERVER_TIMEOUT', 1]],
    link: [0, 1],
    queue: [5, 1],
    service: [100, 1],
    whole: [105, 1],
    longest: [0, 0.005, 0.1, 12.345],
  })

it('a row gives back the figures of its second', () => {
  const metrics = withSecond(new Map(), 7, [group('server', '100')])
  expect(figuresOf(metrics.get('server 100')?.rows[0] ?? [])).toMatchObject({
    second: 7,
    ...FIGURES,
    latencies: { link: { p50: 0, max: 0 }, whole: { p50: 0.105, max: 12.345 } },
  })
})

it('a row of an older version has no figures of what left', () => {
  const row = withSecond(new Map(), 7, [groupSecond({ answered: 1 })]).get('all ')?.rows[0] ?? []
  for (const older of [row, row.slice(0, -3)]) {
    expect(figuresOf(older)).toMatchObject({ answered: 1, left: undefined, leftMs: 0 })
  }
})

it('keeps the newest seconds within its bounds, and the latencies of all messages', () => {
  const groups = [group('all', ''), group('policy', '111'), group('server', '100')]
  const seconds = METRICS_SECONDS + 5
  let metrics: Metrics = new Map()
  for (let second = 0; second < seconds; second++) metrics = withSecond(metrics, second, groups)
  const all = metrics.get('all ')
  expect(all?.rows).toHaveLength(METRICS_SECONDS)
  expect(all?.rows[0]?.[0]).toBe(5)
  expect(all?.reasons).toHaveLength(METRICS_SECONDS)
  expect(latenciesOver(all?.stretches ?? [], 0, seconds)?.whole).toEqual([105, seconds])
  const others = ['policy 111', 'server 100'].map((key) => metrics.get(key)?.rows ?? [])
  expect(others.map((rows) => rows.length)).toEqual([METRICS_ROWS / 2, METRICS_ROWS / 2])
  expect(others.map((rows) => rows.at(-1)?.[0])).toEqual([seconds - 1, seconds - 1])
})
