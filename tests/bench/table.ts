// What a benchmark gives: a table to print and to write down as JSON, and figures that a script can read.
import { median } from './statistics'

/** A figure by its name, of each round. */
export interface Figure {
  name: string
  rounds: readonly number[]
}

export interface BenchTable {
  name: string
  columns: string[]
  rows: (string | number)[][]
  notes?: string[]
  figures?: Figure[]
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

/** Prints the median of each figure on a line of its own: `proxy kept ÷ nginx: 0.62`. */
export function printFigures(figures: readonly Figure[]): void {
  for (const { name, rounds } of figures) {
    const value = median(rounds)
    if (!Number.isNaN(value)) console.log(`${name}: ${Number(value.toPrecision(3))}`)
  }
}

/** Cells for the median, the least and the most of the rounds. */
export function spreadCells(rounds: readonly number[]): (number | string)[] {
  const cells = [median(rounds), Math.min(...rounds), Math.max(...rounds)]
  return cells.map((value) => (Number.isFinite(value) ? value : '–'))
}

/** The same in words. */
export function spreadWords(rounds: readonly number[]): string {
  const [middle, least, most] = spreadCells(rounds).map(cellText)
  return `${middle} (${least} to ${most})`
}

function cellText(cell: string | number): string {
  if (typeof cell === 'string') return cell
  return cell.toLocaleString('en', { maximumFractionDigits: Math.abs(cell) < 10 ? 2 : 0 })
}
