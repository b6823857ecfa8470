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

/** Whether there was more than one attempt. */
export function hasRetries({ decision }: Pick<Packet, 'decision'>): boolean {
  return decision !== undefined && decision.attempt > 1
}

/**
 * Which attempt of its exchange a packet between the proxy and a server belongs to, counted from 1: the latest when it was
 * sent. 1 for all other packets. `question`: the client's message.
 */
export function attemptOf(
  { id, from, to, sentAt }: Pick<Packet, 'id' | 'from' | 'to' | 'sentAt'>,
  question: Packet | undefined,
): number {
  if (question === undefined || !hasRetries(question) || id === question.id) return 1
  if (from === question.from || to === question.from) return 1
  const latest = decisionsOf(question).findLast(({ at }) => at <= sentAt)
  return latest?.attempt ?? 1
}

/** Why the attempt of this number failed; undefined if it did not, or if the recording does not say it. */
export function failureOf(question: Pick<Packet, 'failures'>, attempt: number) {
  return question.failures?.find((failure) => failure.attempt === attempt)
}
