// What a sequence diagram says in words: a short label on each arrow, and a sentence for those who do not see it.
import { ERRORS } from '../../../../shared/protocol/errors'
import { readBytes } from '../../../../shared/protocol/reading'
import type { Packet, State } from '../../../../shared/state/state'
import { formatDuration, formatTime, shortened } from '../../text/format'
import { inSentence, KIND_TITLES, nodeName } from '../../text/names'

const LONGEST = 14
const LONGEST_IN_SENTENCE = 60
/** Of a hash, what is enough to tell two apart. */
const HASH_CHARS = 6

/** `“xyz4”`, `a1b2c3…`, `policy 111`, an error's code; and what became of it, where it did not arrive. */
export function labelOf(packet: Packet): string {
  const content = contentOf(packet)
  if (packet.status === 'dropped') return `${content} · lost`
  return packet.held ? `${content} · held` : content
}

function contentOf(packet: Packet): string {
  const reading = readBytes(packet.bytes)
  if (reading.kind !== 'message') return 'no message'
  const { message } = reading
  switch (message.type) {
    case 0:
      return `“${shortened(message.payload, LONGEST)}”`
    case 1:
      return `policy ${shortened(message.policy, LONGEST)}`
    case 2:
      if (message.error) return message.error.code
      return /^[0-9a-f]{40}$/.test(message.payload)
        ? `${message.payload.slice(0, HASH_CHARS)}…`
        : shortened(message.payload, LONGEST)
  }
}

/** `Packet 17, client message “xyz4”: client 3 to the proxy, sent at 1.200, arrived after 600 ms.` */
export function sentenceOf(packet: Packet, state: Pick<State, 'nodes'>): string {
  const from = inSentence(nodeName(state, packet.from))
  const to = inSentence(nodeName(state, packet.to))
  const title = inSentence(KIND_TITLES[packet.kind])
  const what = `${title} ${shortened(contentOf(packet), LONGEST_IN_SENTENCE)}`
  const sent = `sent at ${formatTime(packet.sentAt)}`
  return `Packet ${packet.id}, ${what}: ${from} to ${to}, ${sent}, ${fateOf(packet)}`
}

function fateOf(packet: Packet): string {
  const afterMs = (packet.endedAt ?? packet.sentAt) - packet.sentAt
  switch (packet.status) {
    case 'delivered':
      return `arrived after ${formatDuration(afterMs)}.`
    case 'dropped': {
      const why = packet.dropped ? ` ${ERRORS[packet.dropped]}` : ''
      return `lost after ${formatDuration(afterMs)}.${why}`
    }
    case 'flying':
      return packet.held ? `held since ${formatTime(packet.heldAt ?? packet.legAt)}.` : 'under way.'
  }
}
