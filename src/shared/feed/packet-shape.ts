// A packet, and the decisions about it, in a snapshot of the state.
import type { SeenChoice } from '../foreign-proxy'
import type { AttemptFailure, Decision, Packet } from '../state/state'
import { decisionFields, decisionUpgrade } from './event-table'
import { amount, listOf, oneOf, optional, or, part, shape, text, whole } from './field'
import { errorCode, harms, packetKind, pieces, seenChoiceFields, verdict } from './shapes'

/**
 * A packet without its bytes, which lie behind the header: first what is delivered, then what was sent. Other bytes may
 * never be added: an older version would not know where those after them begin.
 */
export type PlainPacket = Omit<Packet, 'bytes' | 'original'> & {
  size: number
  originalSize?: number
}

/** The state keeps what comes next by policy. */
const { coming: _, ...keptDecisionFields } = decisionFields

const attemptFailure = shape<AttemptFailure>('attempt failure', {
  attempt: whole,
  server: text,
  reason: errorCode,
  at: amount,
})

export const decisionShape = shape<Decision>(
  'decision',
  {
    ...keptDecisionFields,
    candidates: listOf(text),
    at: amount,
    failure: optional(attemptFailure),
    panicBelow: optional(whole),
  },
  decisionUpgrade,
)

export const packetShape = shape<PlainPacket>('packet', {
  id: whole,
  exchange: whole,
  kind: packetKind,
  from: text,
  to: text,
  connection: whole,
  sentAt: amount,
  dueAt: amount,
  status: oneOf('packet status', ['flying', 'delivered', 'dropped', 'unknown'], 'unknown'),
  endedAt: optional(amount),
  dropped: optional(errorCode),
  verdict: optional(verdict),
  legAt: amount,
  legFrom: part,
  heldAt: optional(amount),
  held: optional(
    shape<{ breakpoint: number | null; behind: number | null }>('held', {
      breakpoint: or(null, whole),
      behind: or(null, whole),
    }),
  ),
  pieces: optional(pieces),
  decision: optional(decisionShape),
  copyOf: optional(whole),
  size: whole,
  originalSize: optional(whole),
  earlierDecisions: optional(listOf(decisionShape)),
  failures: optional(listOf(attemptFailure)),
  harms: optional(harms),
  choice: optional(shape<SeenChoice>('seen choice', seenChoiceFields)),
})
