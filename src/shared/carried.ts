// What `packet.carried` says in one event, said in several: the packet was sent, perhaps that it was read, and delivered.
import type { LabEvent } from './events'

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>
type Part = Of<'packet.sent' | 'packet.read' | 'packet.delivered'>

/** The event, or the parts of a carried packet in order, all with its number. */
export function partsOf(event: LabEvent): readonly LabEvent[] {
  return event.type === 'packet.carried' ? partsOfCarried(event) : [event]
}

/** The event as one of this type: itself, or a part of a carried packet. Undefined: it is of another type. */
export function asType(event: LabEvent, type: LabEvent['type']): LabEvent | undefined {
  return partsOf(event).find((part) => part.type === type)
}

function partsOfCarried(event: Of<'packet.carried'>): Part[] {
  const { seq, at, packet, pieces, type: _, ...sent } = event
  return [
    { seq, at, type: 'packet.sent', packet, ...sent, dueAt: at, copyOf: null },
    ...(pieces ? [{ seq, at, type: 'packet.read', packet, pieces } as const] : []),
    { seq, at, type: 'packet.delivered', packet },
  ]
}
