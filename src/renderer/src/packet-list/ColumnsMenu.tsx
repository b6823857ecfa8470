// Chooses the columns of the packet list.
import { Columns3 } from 'lucide-react'
import { PACKET_COLUMNS, type PacketColumn } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { ShownMenu } from '../ui/ShownMenu'
import { COLUMNS } from './columns'

const NAMES: Partial<Record<PacketColumn, string>> = { number: 'Number' }

export function ColumnsMenu() {
  const shown = useUi((ui) => ui.packetColumns)
  return (
    <ShownMenu
      name="Columns"
      icon={<Columns3 size={16} aria-hidden="true" />}
      heading="Columns"
      items={PACKET_COLUMNS}
      shown={shown}
      wordsOf={(column) => NAMES[column] ?? COLUMNS[column].title}
      onChange={useUi.getState().setPacketColumns}
    />
  )
}
