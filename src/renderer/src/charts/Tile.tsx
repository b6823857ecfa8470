// What all charts have: a title, a legend or a note beside it, and a table for screen readers.
import { memo, type ReactNode, useDeferredValue } from 'react'
import { DataTable, type DataTableProps } from '../ui/DataTable'

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

/** The same figures for screen readers. It is rendered after the chart, which must not wait for a table that nobody sees. */
export function ChartTable(props: DataTableProps) {
  const deferred = useDeferredValue<DataTableProps | undefined>(props, undefined)
  return deferred && <HiddenTable {...deferred} />
}

const HiddenTable = memo(function HiddenTable(props: DataTableProps) {
  return <DataTable className="visually-hidden" {...props} />
})
