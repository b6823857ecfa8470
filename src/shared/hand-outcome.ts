// What becomes of a message that a person has to answer, at a server that answers by hand.
import { UNKNOWN } from './settings/setting'

/**
 * correct, wrong: a person has typed the hash of the message's payload, or something else. closed: the connection has ended
 * before, so that nobody waits for the answer any more. stopped: the server has. released: it no longer answers by hand.
 */
export const HAND_OUTCOMES = ['correct', 'wrong', 'closed', 'stopped', 'released', UNKNOWN] as const
export type HandOutcome = (typeof HAND_OUTCOMES)[number]
