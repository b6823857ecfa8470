// What a row of the packet list says about a packet, read when the row is on screen.
import type { ProtocolId } from '../../../../shared/ids'
import { ERRORS } from '../../../../shared/protocol/errors'
import type { Packet, State } from '../../../../shared/state/state'
import { formatDuration, shortened } from '../../text/format'
import { readBytes } from '../../text/reading'

const LONGEST = 160

interface Summary {
  policy: ProtocolId | undefined
  payload: string
}

export function summaryOf(state: Pick<State, 'packets'>, packet: Packet): Summary {
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

/** An answer names no policy: it is the one that its question asked for. */
function policyAsked(state: Pick<State, 'packets'>, packet: Packet): ProtocolId | undefined {
  const question = questionOf(state, packet)
  if (!question) return undefined
  const reading = readBytes(question.bytes)
  return reading.kind === 'message' && reading.message.type === 0
    ? reading.message.policy
    : undefined
}

/** The client's packet that began this packet's exchange, while the history has it. */
export function questionOf(state: Pick<State, 'packets'>, packet: Packet): Packet | undefined {
  return packet.exchange === 0 ? undefined : state.packets.at(packet.exchange - 1)
}

export type Ending = 'flying' | 'lost' | 'correct' | 'wrong' | 'error' | 'arrived'

export interface Took {
  ending: Ending
  text: string
  /** Says what the time is measured from. */
  hint: string
}

/** How long it took: a last answer since the question was sent, every other packet on its link. */
export function tookOf(state: Pick<State, 'packets'>, packet: Packet): Took {
  if (packet.status === 'flying') {
    return { ending: 'flying', text: 'under way', hint: 'It has not arrived yet.' }
  }
  const endedAt = packet.endedAt ?? packet.sentAt
  if (packet.status === 'dropped') {
    const hint = packet.dropped ? ERRORS[packet.dropped] : 'It did not arrive.'
    return { ending: 'lost', text: 'lost', hint }
  }
  const question = questionOf(state, packet)
  const isLast = question !== undefined && question !== packet && packet.to === question.from
  const text = formatDuration(endedAt - (isLast ? question.sentAt : packet.sentAt))
  if (!isLast) {
    return { ending: packet.kind === 'error' ? 'error' : 'arrived', text, hint: 'Time on the link' }
  }
  const ending = packet.verdict ?? (packet.kind === 'error' ? 'error' : 'arrived')
  return { ending, text, hint: 'Time since the client asked' }
}
