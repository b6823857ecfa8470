// The headings of the packet list: a click on one sorts by its column, and a second click reverses the order.
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { PacketColumn } from '../choices/preferences'
import { useOrder } from '../past/matches'
import { COLUMNS, type ListColumn } from './columns'

export function PacketHead({ columns }: { columns: readonly PacketColumn[] }) {
  return (
    <thead>
      <tr className="packet-row" aria-rowindex={1}>
        <th scope="col">
          <span className="visually-hidden">Shape</span>
        </th>
        {columns.map((name) => (
          <Heading key={name} column={COLUMNS[name]} />
        ))}
      </tr>
    </thead>
  )
}

function Heading({ column }: { column: ListColumn }) {
  const { title, sort, greatestFirst = false, className } = column
  const order = useOrder()
  if (sort === undefined) {
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    )
  }
  const sorted = order.key === sort
  const { descending } = order
  const direction = descending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={className} aria-sort={sorted ? direction : 'none'}>
      <button
        type="button"
        className="sort"
        onClick={() => {
          useOrder.setState({ key: sort, descending: sorted ? !descending : greatestFirst }, true)
        }}
      >
        {title}
        {sorted &&
          (descending ? (
            <ArrowDown size={13} aria-hidden="true" />
          ) : (
            <ArrowUp size={13} aria-hidden="true" />
          ))}
      </button>
    </th>
  )
}

/** The list's accessible name, which says its order. */
export function nameOfOrder({ key, descending }: { key: string; descending: boolean }): string {
  if (key === 'id') return descending ? 'Packets, newest first' : 'Packets, oldest first'
  const column = Object.values(COLUMNS).find(({ sort }) => sort === key)
  return `Packets by ${column?.title.toLowerCase() ?? key}, ${descending ? 'descending' : 'ascending'}`
}
