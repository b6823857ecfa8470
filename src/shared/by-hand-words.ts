// Words for a person who answers by hand: what has become of an answer, and whether anybody waits for it.
import type { EndedAnswer } from './by-hand'
import type { ExchangeId, ProtocolId } from './ids'
import { ERRORS, type ErrorCode } from './protocol/errors'
import { UNKNOWN } from './settings/setting'
import { packetIn } from './state/packets'
import type { State } from './state/state'

/** `failure`: why the message has failed at this server, if it has. */
export function endedWords({ outcome }: Pick<EndedAnswer, 'outcome'>, failure?: ErrorCode): string {
  switch (outcome) {
    case 'correct':
      return 'right'
    case 'wrong':
      return 'wrong: it is not the hash of the payload'
    case 'closed':
      if (failure === 'SERVER_TIMEOUT') return 'too late: the proxy has given up waiting'
      return failure === undefined
        ? 'too late: nobody waits for the answer any more'
        : `taken away: ${ERRORS[failure]}`
    case 'stopped':
      return 'taken away: the server has stopped'
    case 'released':
      return 'taken away: the server answers by itself now'
    case UNKNOWN:
      return 'taken away'
  }
}

/** Why the exchange has failed at this server the last time, if it has, and if it is still remembered. */
export function failureAt(
  { packets, inFlight }: Pick<State, 'packets' | 'inFlight'>,
  exchange: ExchangeId,
  server: ProtocolId | undefined,
): ErrorCode | undefined {
  const question = packetIn({ packets, inFlight }, exchange)
  return question?.failures?.findLast((failure) => failure.server === server)?.reason
}

/** The client has gone, and the proxy has not noticed it: whatever is answered, nobody gets it. */
export function isForNobody(
  { asking, foreign }: Pick<State, 'asking' | 'foreign'>,
  exchange: ExchangeId,
): boolean {
  return foreign === null && !asking.has(exchange)
}

/** A hash in groups: easier to keep one’s place in. */
export function digitGroups(hash: string): readonly string[] {
  return hash.match(/.{1,4}/gu) ?? []
}
