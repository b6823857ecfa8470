import { expect, it } from 'vitest'
import type { Metrics } from '../metrics/series'
import { groupSecond, withSecond } from '../metrics/testing'
import { FiguresAt, type ReportedFigures } from './figures-at'

const FIRST: Metrics = withSecond(new Map(), 0, [groupSecond({ begun: 9 })])
const report = (seq: number): ReportedFigures => ({
  seq,
  second: seq,
  groups: seq === 350 ? undefined : [groupSecond({ begun: seq })],
})
/** Two events a second, of which every second one is a report. */
const reports = Array.from({ length: 500 }, (_, index) => report(2 * index + 2))

function counted(seq: number): Metrics {
  return reports
    .filter((one) => one.seq <= seq)
    .reduce<Metrics>(
      (metrics, { second, groups }) =>
        groups === undefined ? new Map() : withSecond(metrics, second, groups),
      FIRST,
    )
}

it('are those of all reports by then, wherever one has been before', () => {
  const figures = new FiguresAt(reports, () => FIRST)
  for (const seq of [1, 2, 3, 700, 349, 350, 351, 999, 1000, 1001, 40, 202, 203]) {
    expect(figures.at(seq), String(seq)).toEqual(counted(seq))
  }
})

it('forget reports that were taken back', () => {
  const growing = reports.slice(0, 120)
  const figures = new FiguresAt(growing, () => FIRST)
  figures.at(240)
  growing.length = 90
  for (let seq = 182; seq <= 240; seq += 2) growing.push({ ...report(seq), second: seq + 1 })
  expect(figures.at(240).get('all ')?.rows.at(-1)?.[0]).toBe(241)
})
