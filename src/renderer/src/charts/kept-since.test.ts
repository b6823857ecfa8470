import { expect, it } from 'vitest'
import { METRICS_ROWS } from '../../../shared/limits'
import type { Metrics } from '../../../shared/metrics/series'
import { singlesKeptSince } from './kept-since'

/** Two servers with a row in each of these seconds. */
function metricsOf(from: number, to: number): Metrics {
  const rows = Array.from({ length: to - from }, (_, index) => [from + index])
  const of = (id: string) => ({ of: 'server' as const, id, rows, reasons: [], stretches: [] })
  return new Map([
    ['server 100', of('100')],
    ['server 300', of('300')],
  ])
}

it('is the first second that is left once the room is full', () => {
  expect(singlesKeptSince(new Map())).toBeUndefined()
  expect(singlesKeptSince(metricsOf(0, 100))).toBeUndefined()
  expect(singlesKeptSince(metricsOf(500, 500 + METRICS_ROWS / 2))).toBe(500)
})
