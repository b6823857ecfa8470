// What a benchmark gives: a table to print, and to write down as JSON.

export interface BenchTable {
  name: string
  columns: string[]
  rows: (string | number)[][]
  notes?: string[]
}

/** Prints the table: text to the left, numbers to the right. */
export function printTable(table: BenchTable): void {
  const cells = [table.columns, ...table.rows.map((row) => row.map(cellText))]
  const widths = table.columns.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const isNumeric = table.columns.map((_, column) =>
    table.rows.every((row) => typeof row[column] === 'number'),
  )
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
  const [head, ...body] = lines
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  console.log([`\n${table.name}`, head, rule, ...body, ...(table.notes ?? [])].join('\n'))
}

function cellText(cell: string | number): string {
  if (typeof cell === 'string') return cell
  return cell.toLocaleString('en', { maximumFractionDigits: Math.abs(cell) < 10 ? 2 : 0 })
}
