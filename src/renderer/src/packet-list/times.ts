// The times of a packet in its row: on its link and, for the answer to a client, the round trip of its exchange.

import { isAnswerToClient, roundTrip, timeOnLink } from '../../../shared/filter/state-facts'
import { formatMeasured } from '../../../shared/format'
import { ERRORS } from '../../../shared/protocol/errors'
import { type PacketSource, questionOf } from '../../../shared/state/message-now'
import type { Packet } from '../../../shared/state/state'

export type Ending =
  | 'flying'
  | 'held'
  | 'lost'
  | 'correct'
  | 'wrong'
  | 'error'
  | 'arrived'
  | 'unknown'

export interface Time {
  ending: Ending
  text: string
  /** Says from when the time is counted, or why there is no time. */
  hint: string
}

/** The time on its link, or why it has not arrived. */
export function linkTime(packet: Packet): Time {
  if (packet.held) {
    const { behind } = packet.held
    const hint = behind === null ? 'It is held on its way.' : `It waits behind packet ${behind}.`
    return { ending: 'held', text: 'held', hint }
  }
  if (packet.status === 'flying') {
    return { ending: 'flying', text: 'in flight', hint: 'It has not arrived yet.' }
  }
  if (packet.status === 'unknown') {
    const hint = 'It is in a state that this version does not know.'
    return { ending: 'unknown', text: 'unknown', hint }
  }
  if (packet.status === 'dropped') {
    const hint = packet.dropped ? ERRORS[packet.dropped] : 'It did not arrive.'
    return { ending: 'lost', text: 'lost', hint }
  }
  // The verdict about an answer stands beside its round trip.
  const ending = packet.kind === 'error' && !isAnswerToClient(packet) ? 'error' : 'arrived'
  return { ending, text: formatMeasured(timeOnLink(packet) ?? 0), hint: 'The time on its link' }
}

/** The time since the client's message, and the verdict, of an answer that a client has received. Undefined for other packets. */
export function roundTripTime(state: PacketSource, packet: Packet): Time | undefined {
  if (packet.status !== 'delivered' || !isAnswerToClient(packet)) return undefined
  const ending = packet.verdict ?? (packet.kind === 'error' ? 'error' : 'arrived')
  const ms = roundTrip(packet, questionOf(packet, state))
  return ms === undefined
    ? { ending, text: '–', hint: 'The client’s message is not known any more to measure from.' }
    : { ending, text: formatMeasured(ms), hint: 'The time since the client sent its message' }
}
