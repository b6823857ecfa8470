// The words of a sequence diagram: a short label on each arrow, and a sentence for those who cannot see it.

import { reasonOf } from '../../../shared/decision/words'
import { formatDuration, formatTime, shortened, shortenedId } from '../../../shared/format'
import { type ExchangeId, type PacketId, PROXY, type SimMs } from '../../../shared/ids'
import { ERRORS } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import { decisionsOf } from '../../../shared/state/decisions'
import type { Decision, Packet, State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { inSentence, KIND_TITLES, nodeName } from '../ui/names'

const LONGEST = 14
const LONGEST_IN_SENTENCE = 60
/** Enough characters of a hash to tell two apart. */
const HASH_CHARS = 6

/** In which attempt each forwarded message was sent, if not in the first. */
export function laterAttempts(packets: readonly Packet[]): ReadonlyMap<PacketId, number> {
  const byExchange = new Map<ExchangeId, number>()
  for (const { exchange, decision } of packets) {
    if (decision && decision.attempt > 1) byExchange.set(exchange, decision.attempt)
  }
  const attempts = new Map<PacketId, number>()
  for (const { id, kind, from, exchange } of byExchange.size > 0 ? packets : []) {
    const attempt = byExchange.get(exchange)
    if (attempt !== undefined && kind === 0 && from === PROXY) attempts.set(id, attempt)
  }
  return attempts
}

/**
 * `“xyz4”`, `a1b2c3…`, `policy 111`, an error's code; and its end, if it did not arrive. `attempt`: the attempt that a
 * forwarded message was sent in.
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
export function sentenceOf(packet: Packet, state: Pick<State, 'nodes'>, attempt = 1): string {
  const from = inSentence(nodeName(state, packet.from))
  const to = inSentence(nodeName(state, packet.to))
  const title = inSentence(KIND_TITLES[packet.kind])
  const what = `${title} ${shortened(contentOf(packet), LONGEST_IN_SENTENCE)}`
  const copy =
    packet.copyOf === undefined ? '' : `a copy of packet ${packet.copyOf}, made by hand, `
  const sent = `${attempt > 1 ? `attempt ${attempt}, ` : ''}sent at ${formatTime(packet.sentAt)}`
  const decided = decisionsOf(packet).map((decision) => ` ${noteSentence(decision)}`)
  return `Packet ${packet.id}, ${what}: ${from} to ${to}, ${copy}${sent}, ${fateOf(packet)}${decided.join('')}`
}

/**
 * The times of these moments, in ascending order, one below the other. A time that would read like the one above it
 * becomes the difference, or nothing where that would read like 0. `since`: the moment to count from, if it is not the
 * beginning.
 */
export function timesOf(moments: readonly SimMs[], since?: SimMs): string[] {
  let told = ''
  let toldAt = 0
  let above = ''
  return moments.map((at) => {
    const usual = since === undefined ? formatTime(at) : sinceText(at - since)
    if (usual !== told) {
      told = usual
      toldAt = at
      above = usual
      return usual
    }
    const later = laterText(at - toldAt)
    if (later === above) return ''
    above = later
    return later
  })
}

/** `0`, `600 ms`, `2.41 s`. */
function sinceText(ms: SimMs): string {
  return ms < 0.05 ? '0' : formatDuration(ms)
}

/** `+25 µs`, `+1.4 ms`; empty where it is less than a microsecond. */
function laterText(ms: SimMs): string {
  const microseconds = Math.round(ms * 1000)
  if (microseconds === 0) return ''
  return microseconds < 1000 ? `+${microseconds} µs` : `+${formatDuration(ms)}`
}

/** The head of a lifeline: the name, and apart from it the origin, which would leave no space for the number. */
export function headOf(name: string): { name: string; origin: string | undefined } {
  const [, inside] = /^Outside (.+)$/s.exec(name) ?? []
  if (inside === undefined) return { name, origin: undefined }
  return { name: inside.charAt(0).toUpperCase() + inside.slice(1), origin: 'outside' }
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
