// In the header while the lab is open to a class: its code, how many are here, and the way to end it.
import { Users } from 'lucide-react'
import { useUi } from '../choices/ui'
import { askRoom, spacedCode, useRoom } from './room-state'
import './room.css'

export function RoomBadge() {
  const open = useRoom((room) => room.open)
  if (open === null) return null
  const { code, viewers } = open
  return (
    <div className="room-badge">
      <button
        type="button"
        className="room-badge-code"
        title="Show the code and the QR code"
        onClick={() => useUi.getState().setRoomOpen(true)}
      >
        <Users size={15} aria-hidden="true" />
        <span className="visually-hidden">The lab is open to a class: code </span>
        <strong>{spacedCode(code)}</strong>
        <span className="visually-hidden">, </span>
        <span>{viewers}</span>
        <span className="visually-hidden"> {viewers === 1 ? 'viewer' : 'viewers'}</span>
      </button>
      <button
        type="button"
        className="room-badge-end"
        title="End the class: everybody’s page closes"
        aria-label="End the class"
        onClick={() => askRoom({ kind: 'close' })}
      >
        End
      </button>
    </div>
  )
}
