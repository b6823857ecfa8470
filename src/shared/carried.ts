// `packet.carried` says in one event what others say in several: the packet was sent, perhaps that it was read, and delivered.
import type { LabEvent } from './events'
import type { PacketId } from './ids'

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>
type Part = Of<'packet.sent' | 'packet.read' | 'packet.delivered'>

/** What tells that a packet was sent, and perhaps that it was delivered as well. */
export type Sending = Extract<LabEvent, { type: 'packet.sent' | 'packet.carried' }>

export function isSending(event: LabEvent): event is Sending {
  return event.type === 'packet.sent' || event.type === 'packet.carried'
}

/** The packet that a person has duplicated to make the one that is sent; null if a node sent it. */
export function originalOf(event: Sending): PacketId | null {
  return event.type === 'packet.sent' ? event.copyOf : null
}

/** The event, or the parts of a carried packet in order, all with its number. */
export function partsOfEvent(event: LabEvent): readonly LabEvent[] {
  return event.type === 'packet.carried' ? partsOfCarried(event) : [event]
}

function partsOfCarried(event: Of<'packet.carried'>): Part[] {
  const { seq, at, packet, pieces, type: _, ...sent } = event
  return [
    { seq, at, type: 'packet.sent', packet, ...sent, dueAt: at, copyOf: null },
    ...(pieces ? [{ seq, at, type: 'packet.read', packet, pieces } as const] : []),
    { seq, at, type: 'packet.delivered', packet },
  ]
}
