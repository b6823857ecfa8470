// How a message ends that a person has to answer, at a server that answers by hand, and the events that say so.
import type { ExchangeId, NodeId, ProtocolId } from './ids'
import { UNKNOWN } from './settings/setting'

/**
 * correct, wrong: a person has typed the hash of the message's payload, or something else. closed: the connection has ended
 * before, so that nobody waits for the answer any more. stopped: the server has. released: it no longer answers by hand.
 */
export const HAND_OUTCOMES = ['correct', 'wrong', 'closed', 'stopped', 'released', UNKNOWN] as const
export type HandOutcome = (typeof HAND_OUTCOMES)[number]

export type HandEvent =
  /**
   * A server that answers by hand has taken this message up: a person has to type the answer. `client`: the message's `srcid`;
   * `payload`: cut off if it is long; `hash`: that of the whole payload, which the answer has to have.
   */
  | {
      type: 'answer.awaited'
      node: NodeId
      exchange: ExchangeId
      client: ProtocolId
      payload: string
      hash: string
    }
  /** Ends that, once. */
  | { type: 'answer.ended'; node: NodeId; exchange: ExchangeId; outcome: HandOutcome }
