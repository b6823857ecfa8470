// One row of the packet list.
import { Check, Loader, TriangleAlert, X } from 'lucide-react'
import type { Packet, State } from '../../../../shared/state/state'
import { PacketIcon } from '../../icons/PacketIcon'
import { useUi } from '../../store/ui'
import { formatTime } from '../../text/format'
import { inSentence, KIND_NAMES, nodeName } from '../../text/names'
import { policyVariable } from '../../theme/policy'
import { type Ending, summaryOf, tookOf } from './summary'

interface PacketRowProps {
  row: number
  top: number
  packet: Packet
  state: State
  selected: boolean
}

export function PacketRow({ row, top, packet, state, selected }: PacketRowProps) {
  const { policy, payload } = summaryOf(state, packet)
  const took = tookOf(state, packet)
  return (
    <tr
      id={`packet-row-${row}`}
      className="packet-row"
      aria-rowindex={row + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => useUi.getState().select({ kind: 'packet', id: packet.id })}
    >
      <td className="cell-icon">
        <PacketIcon kind={packet.kind} />
      </td>
      <td className="number">{formatTime(packet.sentAt)}</td>
      <td>{KIND_NAMES[packet.kind]}</td>
      <td>{inList(nodeName(state, packet.from))}</td>
      <td>{inList(nodeName(state, packet.to))}</td>
      <td style={{ color: policyVariable(state, policy) }}>{policy}</td>
      <td className="cell-payload">{payload}</td>
      <td className={`took ${took.ending}`} title={took.hint}>
        {took.text}
        <EndingMark ending={took.ending} />
      </td>
    </tr>
  )
}

function inList(name: string): string {
  return name === 'Proxy' ? 'proxy' : inSentence(name)
}

/** Told apart by shape and word, not by colour alone. */
function EndingMark({ ending }: { ending: Ending }) {
  switch (ending) {
    case 'correct':
      return <Check size={14} role="img" aria-label="correct" />
    case 'wrong':
      return (
        <>
          <TriangleAlert size={14} aria-hidden="true" /> wrong hash
        </>
      )
    case 'error':
      return (
        <>
          <X size={14} aria-hidden="true" /> error
        </>
      )
    case 'lost':
      return <X size={14} aria-hidden="true" />
    case 'flying':
      return <Loader size={13} aria-hidden="true" />
    case 'arrived':
      return null
  }
}
