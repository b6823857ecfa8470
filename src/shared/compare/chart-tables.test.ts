import { describe, expect, it } from 'vitest'
import { lineTable, shareTable } from './chart-tables'

describe('the table of a chart by second', () => {
  const tableOf = (count: number) =>
    lineTable({
      title: 'Answered',
      unit: '/s',
      isDuration: false,
      lines: [
        { name: 'one', values: Array.from({ length: count }, (_, second) => second / 3) },
        { name: 'other', values: Array.from({ length: count }, () => null) },
      ],
    })

  it('has a row for each second', () => {
    const { caption, columns, rows } = tableOf(3)
    expect(caption).toBe('Answered, /s')
    expect(columns).toEqual(['Second', 'one', 'other'])
    expect(rows.map(({ head, cells }) => [head, ...cells])).toEqual([
      ['0', '0', '–'],
      ['1', '0.333', '–'],
      ['2', '0.667', '–'],
    ])
  })

  it('has of an hour a row for every few minutes, and for its last second', () => {
    const { caption, rows } = tableOf(3_600)
    expect(caption).toBe('Answered, /s: every 300 seconds')
    expect(rows.map(({ head }) => head).slice(0, 3)).toEqual(['0', '300', '600'])
    expect(rows.at(-1)?.head).toBe('3599')
    expect(rows.length).toBeLessThanOrEqual(25)
  })
})

it('the table of shares has each server with what was due to it', () => {
  const shares = [{ id: '100', label: 'slow', share: [0.25, undefined], due: [0.5, undefined] }]
  expect(shareTable(shares, ['one', 'other'])).toMatchObject({
    columns: ['Server', 'one', 'one: due', 'other', 'other: due'],
    rows: [{ head: '100 (slow)', cells: ['25.0 %', '50.0 %', '–', '–'] }],
  })
})
