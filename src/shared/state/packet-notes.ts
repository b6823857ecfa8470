// What events note on a packet that a batch may change.
import type { LabEvent } from '../events'
import { fractionAt } from './leg'
import type { Decision, Packet } from './state'

type EventOf<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

export function noteHeld(packet: Packet, event: EventOf<'packet.held'>): void {
  const { breakpoint, behind, progress, at } = event
  packet.held = { breakpoint, behind }
  packet.heldAt ??= at
  packet.legAt = at
  packet.legFrom = progress
}

export function noteOnLink(
  packet: Packet | undefined,
  event: EventOf<'packet.released' | 'packet.read' | 'packet.harmed' | 'packet.hastened'>,
): void {
  if (packet === undefined) return
  switch (event.type) {
    case 'packet.released':
      packet.held = undefined
      packet.legAt = event.at
      packet.dueAt = event.dueAt
      return
    case 'packet.read':
      packet.pieces = event.pieces
      return
    case 'packet.harmed':
      packet.harms = event.harms
      return
    case 'packet.hastened':
      packet.harms = event.harms
      if (packet.held === undefined) hasten(packet, event)
      return
  }
}

/** The rest of its way takes less time. */
function hasten(packet: Packet, { at, dueAt }: EventOf<'packet.hastened'>): void {
  packet.legFrom = fractionAt(packet, at)
  packet.legAt = at
  packet.dueAt = dueAt
}

/** On a question: the decision of its latest attempt. */
export function noteDecision(question: Packet, decision: Decision): void {
  const { decision: last, earlierDecisions = [] } = question
  if (last) question.earlierDecisions = [...earlierDecisions, last]
  question.decision = decision
}

/** On a question: that the attempt at this server has failed. */
export function noteAttemptFailure(
  question: Packet | undefined,
  { server, reason, at }: EventOf<'upstream.failed'>,
): void {
  if (question === undefined) return
  const attempt = question.decision?.attempt ?? 1
  question.failures = [...(question.failures ?? []), { attempt, server, reason, at }]
}
