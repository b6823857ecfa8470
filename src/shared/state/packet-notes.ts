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

/** Written out field by field: the rest of a destructured object takes several times as long. */
export function decisionIn(event: EventOf<'decision.made'>): Decision {
  const decision: Decision = {
    exchange: event.exchange,
    attempt: event.attempt,
    policy: event.policy,
    algorithm: event.algorithm,
    server: event.server,
    candidates: event.candidates,
    passedOver: event.passedOver,
    reason: event.reason,
    next: event.next,
    at: event.at,
  }
  if (event.waitedMs !== undefined) decision.waitedMs = event.waitedMs
  if (event.others !== undefined) decision.others = event.others
  if (event.panic !== undefined) decision.panic = event.panic
  return decision
}

/** On a question: the decision of its latest attempt. */
export function noteDecision(question: Packet, decision: Decision): void {
  const { decision: last, earlierDecisions = [] } = question
  if (last) question.earlierDecisions = [...earlierDecisions, last]
  question.decision = decision
}
