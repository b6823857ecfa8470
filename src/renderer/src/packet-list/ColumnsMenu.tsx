// Chooses the columns of the packet list.
import { Check, Columns3 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { PACKET_COLUMNS, type PacketColumn } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { COLUMNS } from './columns'

const NAMES: Partial<Record<PacketColumn, string>> = { number: 'Number' }

export function ColumnsMenu() {
  const shown = useUi((ui) => ui.packetColumns)
  const { setPacketColumns } = useUi.getState()

  function show(column: PacketColumn, wanted: boolean) {
    setPacketColumns(
      PACKET_COLUMNS.filter((name) => (name === column ? wanted : shown.includes(name))),
    )
  }

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="Columns" title="Columns">
        <Columns3 size={16} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="menu dock-menu"
        align="end"
        sideOffset={6}
        collisionPadding={8}
      >
        <DropdownMenu.Label className="menu-label">Columns</DropdownMenu.Label>
        {PACKET_COLUMNS.map((column) => {
          const checked = shown.includes(column)
          return (
            <DropdownMenu.CheckboxItem
              key={column}
              className="menu-item"
              checked={checked}
              // At least one column stays.
              disabled={checked && shown.length === 1}
              onCheckedChange={(wanted) => show(column, wanted)}
              onSelect={(event) => event.preventDefault()}
            >
              <DropdownMenu.ItemIndicator className="menu-mark">
                <Check size={15} aria-hidden="true" />
              </DropdownMenu.ItemIndicator>
              {NAMES[column] ?? COLUMNS[column].title}
            </DropdownMenu.CheckboxItem>
          )
        })}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
