// The cells of a packet's row, computed when the row is visible.

import { shortened } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import { readBytes } from '../../../shared/protocol/reading'
import { type PacketSource, questionOf } from '../../../shared/state/message-now'
import type { Packet } from '../../../shared/state/state'
import { visibly, withVisibleControls } from '../../../shared/visible-controls'

const LONGEST = 160

interface Summary {
  policy: ProtocolId | undefined
  payload: string
}

export function summaryOf(state: PacketSource, packet: Packet): Summary {
  const reading = readBytes(packet.bytes)
  if (reading.kind !== 'message') {
    return { policy: undefined, payload: cell(reading.problem) }
  }
  const { message } = reading
  switch (message.type) {
    case 0:
      return {
        policy: message.policy,
        payload: cell(JSON.stringify(message.payload)),
      }
    case 1:
      return {
        policy: message.policy,
        payload: visibly`server ${message.server} listens on ${message.listenPort}`,
      }
    case 2:
      return {
        policy: policyAsked(state, packet),
        payload: cell(message.error ? message.error.message : message.payload),
      }
  }
}

function cell(text: string): string {
  return shortened(withVisibleControls(text), LONGEST)
}

/** An answer has no policy field: its policy is that of the question. */
function policyAsked(state: PacketSource, packet: Packet): ProtocolId | undefined {
  const question = questionOf(packet, state)
  if (!question) return undefined
  const reading = readBytes(question.bytes)
  return reading.kind === 'message' && reading.message.type === 0
    ? reading.message.policy
    : undefined
}

const STATUS_WORDS = {
  flying: 'in flight',
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
