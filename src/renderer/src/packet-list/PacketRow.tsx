// One row of the packet list.
import type { MouseEvent } from 'react'
import type { Packet } from '../../../shared/state/state'
import type { PacketColumn } from '../choices/preferences'
import { HaloIcon, PacketIcon } from '../ui/PacketIcon'
import { COLUMNS, type RowSource } from './columns'

interface RowPlace {
  row: number
  /** Pixels from the first row's place. */
  top: number
  columns: readonly PacketColumn[]
}

interface PacketRowProps extends RowPlace {
  packet: Packet
  source: RowSource
  selected: boolean
  picked: boolean
  onChoose: (row: number, event: MouseEvent) => void
}

export function PacketRow(props: PacketRowProps) {
  const { row, top, packet, source, selected, picked, columns, onChoose } = props
  const held = packet.held !== undefined
  return (
    <tr
      id={rowId(row)}
      className={`packet-row${held ? ' held' : ''}${picked ? ' picked' : ''}`}
      aria-rowindex={row + 2}
      aria-selected={selected || picked}
      data-current={selected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onChoose(row, event)}
    >
      <td className={`cell-icon kind-${packet.kind}`}>
        {held && <HaloIcon size={22} />}
        <PacketIcon kind={packet.kind} size={held ? 11 : 14} />
      </td>
      {columns.map((name) => {
        const { text, cell, className, share } = COLUMNS[name]
        const words = text(source, packet)
        return (
          // Columns without a fixed width may be cut off.
          <td key={name} className={className} title={share === undefined ? undefined : words}>
            {cell ? cell(source, packet) : words}
          </td>
        )
      })}
    </tr>
  )
}

/** A row whose packet is being read, or is no longer available. */
export function EmptyRow({ row, top, columns, gone }: RowPlace & { gone: boolean }) {
  return (
    <tr
      id={rowId(row)}
      className="packet-row waiting"
      aria-rowindex={row + 2}
      aria-busy={!gone}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className="cell-icon" />
      <td className="cell-waiting" colSpan={columns.length}>
        {gone ? 'This packet is no longer in the history.' : <span className="bar" />}
      </td>
    </tr>
  )
}

export function rowId(row: number): string {
  return `packet-row-${row}`
}
