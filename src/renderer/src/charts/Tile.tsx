// What all charts have: a title, a legend or a note beside it, and a table for screen readers.
import { memo, type ReactNode, useDeferredValue } from 'react'

interface TileProps {
  title: string
  unit?: string
  /** Beside the title. */
  legend?: ReactNode
  /** Buttons at the right of the title. */
  tools?: ReactNode
  /** In place of the drawing. */
  empty?: string | undefined
  children: ReactNode
}

export function Tile({ title, unit, legend, tools, empty, children }: TileProps) {
  return (
    <figure className="chart" aria-label={title}>
      <figcaption>
        <span className="chart-title">
          {title} {unit && <span className="muted">{unit}</span>}
        </span>
        {tools}
        {empty === undefined && legend}
      </figcaption>
      {empty === undefined ? children : <p className="chart-empty muted">{empty}</p>}
    </figure>
  )
}

interface ChartTableProps {
  caption: string
  columns: readonly string[]
  rows: readonly { readonly head: string; readonly cells: readonly string[] }[]
}

/** It follows after the chart has been drawn: nobody sees it, and hearing it takes longer. */
export function ChartTable(props: ChartTableProps) {
  const told = useDeferredValue<ChartTableProps | undefined>(props, undefined)
  return told && <Table {...told} />
}

const Table = memo(function Table({ caption, columns, rows }: ChartTableProps) {
  return (
    <table className="visually-hidden">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ head, cells }) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
})
