// The cells of a packet's row, computed when the row is visible.

import { endsExchange, timeTaken } from '../../../shared/filter/state-facts'
import { formatDuration, shortened } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import type { Packet } from '../../../shared/state/state'

const LONGEST = 160

/**
 * Where other packets of an exchange are looked up: the state, with or without the history. Packet `n` is at index `n -
 * 1`.
 */
export interface PacketSource {
  packets: { at(index: number): Packet | undefined }
}

interface Summary {
  policy: ProtocolId | undefined
  payload: string
}

export function summaryOf(state: PacketSource, packet: Packet): Summary {
  const reading = readBytes(packet.bytes)
  if (reading.kind !== 'message') {
    return { policy: undefined, payload: shortened(reading.problem, LONGEST) }
  }
  const { message } = reading
  switch (message.type) {
    case 0:
      return {
        policy: message.policy,
        payload: shortened(JSON.stringify(message.payload), LONGEST),
      }
    case 1:
      return {
        policy: message.policy,
        payload: `server ${message.server} listens on ${message.listenPort}`,
      }
    case 2:
      return {
        policy: policyAsked(state, packet),
        payload: message.error
          ? shortened(message.error.message, LONGEST)
          : shortened(message.payload, LONGEST),
      }
  }
}

/** An answer has no policy field: its policy is that of the question. */
function policyAsked(state: PacketSource, packet: Packet): ProtocolId | undefined {
  const question = questionOf(state, packet)
  if (!question) return undefined
  const reading = readBytes(question.bytes)
  return reading.kind === 'message' && reading.message.type === 0
    ? reading.message.policy
    : undefined
}

/** The client's packet that began this packet's exchange, if it is available. */
function questionOf(state: PacketSource, packet: Packet): Packet | undefined {
  return packet.exchange === 0 ? undefined : state.packets.at(packet.exchange - 1)
}

export type Ending =
  | 'flying'
  | 'held'
  | 'lost'
  | 'correct'
  | 'wrong'
  | 'error'
  | 'arrived'
  | 'unknown'

interface Took {
  ending: Ending
  text: string
  /** Whether the time is counted from the client's question, both ways, rather than on the packet's own link. */
  roundTrip?: true
  /** Says from when the time is counted. */
  hint: string
}

/** How long it took: an answer to the client since its question, every other packet on its link. */
export function tookOf(state: PacketSource, packet: Packet): Took {
  if (packet.held) {
    const { behind } = packet.held
    const hint = behind === null ? 'It is held on its way.' : `It waits behind packet ${behind}.`
    return { ending: 'held', text: 'held', hint }
  }
  if (packet.status === 'flying') {
    return { ending: 'flying', text: 'under way', hint: 'It has not arrived yet.' }
  }
  if (packet.status === 'unknown') {
    const hint = 'It is in a state that this version does not know.'
    return { ending: 'unknown', text: 'unknown', hint }
  }
  if (packet.status === 'dropped') {
    const hint = packet.dropped ? ERRORS[packet.dropped] : 'It did not arrive.'
    return { ending: 'lost', text: 'lost', hint }
  }
  const ending = packet.verdict ?? (packet.kind === 'error' ? 'error' : 'arrived')
  const question = questionOf(state, packet)
  const took = timeTaken(packet, question)
  if (took === undefined) {
    return { ending, text: '–', hint: 'The client’s question is not at hand to measure from.' }
  }
  const text = formatDuration(took)
  return question && endsExchange(packet, question)
    ? { ending, text, roundTrip: true, hint: 'Round trip: the time since the client asked' }
    : { ending, text, hint: 'The time on its link' }
}

const STATUS_WORDS = {
  flying: 'under way',
  delivered: 'arrived',
  dropped: 'lost',
  unknown: 'in a state that this version does not know',
} as const

function heldWords({ behind }: NonNullable<Packet['held']>): string {
  return behind === null ? 'held' : 'waits behind a held one'
}

/** In a few words. */
export function statusOf(packet: Packet): string {
  const words: string[] = [packet.held ? heldWords(packet.held) : STATUS_WORDS[packet.status]]
  if (packet.original) words.push('edited')
  if (packet.copyOf !== undefined) words.push('a copy')
  return words.join(', ')
}
