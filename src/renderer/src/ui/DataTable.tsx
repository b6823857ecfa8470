// A table of figures: a caption, a head for each column, and a head for each row.

export interface DataTableProps {
  className?: string
  caption: string
  /** The heads of the columns, that of the row heads first. */
  columns: readonly string[]
  /** The cells of a row stand in the columns after the first. */
  rows: readonly { readonly head: string; readonly cells: readonly string[] }[]
}

export function DataTable({ className, caption, columns, rows }: DataTableProps) {
  return (
    <table className={className}>
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
}
