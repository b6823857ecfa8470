// What events note on a packet that a batch may change.
import type { LabEvent } from '../events'
import type { Decision, Packet } from './state'

type EventOf<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

export function noteHeld(packet: Packet, event: EventOf<'packet.held'>): void {
  const { breakpoint, behind, progress, at } = event
  packet.held = { breakpoint, behind }
  packet.heldAt ??= at
  packet.legAt = at
  packet.legFrom = progress
}

export function noteReleased(packet: Packet, { at, dueAt }: EventOf<'packet.released'>): void {
  packet.held = undefined
  packet.legAt = at
  packet.dueAt = dueAt
}

export function noteRead(packet: Packet | undefined, { pieces }: EventOf<'packet.read'>): void {
  if (packet) packet.pieces = pieces
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
