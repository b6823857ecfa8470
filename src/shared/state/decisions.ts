// The decisions of a client's message, one for each attempt.
import type { Decision, Packet } from './state'

const NONE: readonly Decision[] = []

/** In order of the attempts. */
export function decisionsOf({
  decision,
  earlierDecisions = NONE,
}: Pick<Packet, 'decision' | 'earlierDecisions'>): readonly Decision[] {
  return decision === undefined ? NONE : [...earlierDecisions, decision]
}
