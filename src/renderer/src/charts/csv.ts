// The charts by second as comma-separated values, one row for each second.
import type { LineChart } from './chart-lines'

/** Rounds off the tail of digits that a division leaves. */
function written(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(Number(value.toPrecision(9)))
}

export function asCsv(charts: readonly LineChart[]): string {
  const columns = charts.flatMap(({ title, unit, detail = '', lines }) => {
    const words = [unit, detail].filter(Boolean).join(', ')
    return lines.map(({ label, values }) => ({
      name: `${title}: ${label}${words && ` (${words})`}`,
      values,
    }))
  })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const head = ['Second', ...columns.map(({ name }) => quoted(name))].join(',')
  const rows = (charts[0]?.times ?? []).map((time, index) =>
    [time, ...columns.map(({ values }) => written(values[index]))].join(','),
  )
  return [head, ...rows, ''].join('\r\n')
}
