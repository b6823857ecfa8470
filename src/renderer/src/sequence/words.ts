// The words of a sequence diagram: a short label on each arrow, and a sentence for those who cannot see it.

import { reasonOf } from '../../../shared/decision/words'
import { formatDuration, formatTime, shortened, shortenedId } from '../../../shared/format'
import type { ExchangeId, PacketId } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import { attemptOf, decisionsOf, hasRetries } from '../../../shared/state/decisions'
import type { Decision, Packet, State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { inSentence, KIND_TITLES, nameParts, nodeName } from '../ui/names'
import type { AnswerWait } from './waits'

const LONGEST = 14
const LONGEST_IN_SENTENCE = 60
/** Enough characters of a hash to tell two apart. */
const HASH_CHARS = 6

/** In which attempt each packet between the proxy and a server was sent, if not in the first. */
export function laterAttempts(packets: readonly Packet[]): ReadonlyMap<PacketId, number> {
  const questions = new Map<ExchangeId, Packet>()
  for (const packet of packets) {
    if (hasRetries(packet)) questions.set(packet.exchange, packet)
  }
  const attempts = new Map<PacketId, number>()
  for (const packet of questions.size > 0 ? packets : []) {
    const attempt = attemptOf(packet, questions.get(packet.exchange))
    if (attempt > 1) attempts.set(packet.id, attempt)
  }
  return attempts
}

/**
 * `“xyz4”`, `a1b2c3…`, `policy 111`, an error's code; and its end, if it did not arrive. `attempt`: the attempt that it
 * was sent in.
 */
export function labelOf(packet: Packet, attempt = 1): string {
  const content = contentOf(packet) + (attempt > 1 ? ` · attempt ${attempt}` : '')
  if (packet.status === 'dropped') return `${content} · lost`
  if (packet.status === 'unknown') return `${content} · state not known`
  return packet.held ? `${content} · held` : content
}

function contentOf(packet: Packet): string {
  const reading = readBytes(packet.bytes)
  if (reading.kind !== 'message') return 'no message'
  const { message } = reading
  switch (message.type) {
    case 0:
      return visibly`“${shortened(message.payload, LONGEST)}”`
    case 1:
      return `policy ${shortenedId(message.policy, LONGEST)}`
    case 2:
      if (message.error) return message.error.code
      return /^[0-9a-f]{40}$/.test(message.payload)
        ? `${message.payload.slice(0, HASH_CHARS)}…`
        : shortened(message.payload, LONGEST)
  }
}

/** `Server 300 chosen: it was its turn.` */
export function noteSentence(decision: Decision): string {
  const { server } = decision
  const what = server === null ? 'No server' : visibly`Server ${server} chosen`
  return `${what}: ${reasonOf(decision)}.`
}

/** `Packet 17, client message “xyz4”: client 3 to the proxy, sent at 1.200, arrived after 600 ms.` */
export function sentenceOf(
  packet: Packet,
  state: Pick<State, 'nodes'>,
  { attempt = 1, wait }: { attempt?: number | undefined; wait?: AnswerWait | undefined } = {},
): string {
  const from = inSentence(nodeName(state, packet.from))
  const to = inSentence(nodeName(state, packet.to))
  const title = inSentence(KIND_TITLES[packet.kind])
  const what = `${title} ${shortened(contentOf(packet), LONGEST_IN_SENTENCE)}`
  const copy =
    packet.copyOf === undefined ? '' : `a copy of packet ${packet.copyOf}, made by hand, `
  const sent = `${attempt > 1 ? `attempt ${attempt}, ` : ''}sent at ${formatTime(packet.sentAt)}`
  const decided = decisionsOf(packet).map((decision) => ` ${noteSentence(decision)}`)
  return `Packet ${packet.id}, ${what}: ${from} to ${to}, ${copy}${sent}, ${fateOf(packet)}${decided.join('')}${wait ? waitSentence(packet, wait) : ''}`
}

/** ` It had waited 400 ms at the proxy for the answer before it.` */
function waitSentence({ id }: Packet, { from, until, sent }: AnswerWait): string {
  const where = 'at the proxy for the answer before it.'
  if (until === undefined) return ` It waits ${where}`
  const lasted = formatDuration(until - from)
  return id === sent ? ` It had waited ${lasted} ${where}` : ` It then waited ${lasted} ${where}`
}

/** The usual width of a letter in a head, in rows. */
const HEAD_LETTER = 0.43

/** How many letters of a head a lane has room for. */
export function lettersIn(laneWidth: number, row: number): number {
  return Math.max(4, Math.floor(laneWidth / row / HEAD_LETTER))
}

interface Head {
  /** The words above it: `Client`, `Outside client`. */
  role: string | undefined
  /** The id, cut in its middle if it is long, or the whole name. */
  name: string
}

/** The head of a lifeline, in at most this many letters. */
export function headOf(nodeName: string, letters: number): Head {
  const { words, id } = nameParts(nodeName)
  if (id === undefined) {
    const [, role, name = nodeName] = /^(.+) (\S+)$/s.exec(nodeName) ?? []
    return { role, name: shortened(name, letters) }
  }
  const role = words.trimEnd()
  // Where both do not fit, the side of the proxy tells clients and servers apart.
  const fits = [...role].length <= letters
  return { role: fits ? role : (role.split(' ')[0] ?? role), name: shortenedId(id, letters) }
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
    case 'unknown':
      return 'in a state that this version does not know.'
    case 'flying':
      return packet.held ? `held since ${formatTime(packet.heldAt ?? packet.legAt)}.` : 'in flight.'
  }
}

/** The title of a diagram of one exchange, or of a packet without an exchange. `who`: its sender. */
export function exchangeTitle(
  exchange: ExchangeId | undefined,
  packet: PacketId,
  who: string,
): string {
  return exchange ? `Exchange ${exchange}, of ${who}` : `Packet ${packet}, of ${who}`
}
