// Answers that wait at the proxy: a client gets its answers in the order of its messages, so that one that is ready waits
// for those before it.
import { type ExchangeId, type PacketId, PROXY, type SimMs } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'

export interface AnswerWait {
  exchange: ExchangeId
  /** The server's answer. */
  ready: Packet
  /** When the server's answer arrived, and when the proxy sent it on; undefined while it waits. */
  from: SimMs
  until: SimMs | undefined
  /** The proxy's own packet to the client, once it is sent. */
  sent: PacketId | undefined
}

type Lab = Pick<State, 'packets' | 'inFlight' | 'asking' | 'connections'>

/** Shorter waits are not drawn. */
const LEAST_MS = 1
/** How far back the answer in front is looked for. */
const FAR_BACK = 2_000

/** The waits of these packets' exchanges, in the order in which the answers arrived. */
export function answerWaits(packets: readonly Packet[], lab: Lab): AnswerWait[] {
  const arrived = new Map<ExchangeId, Packet>()
  const sent = new Map<ExchangeId, Packet>()
  for (const packet of packets) {
    const { exchange, from, to, kind, endedAt } = packet
    if (exchange === 0 || kind === 0 || kind === 1) continue
    if (from === PROXY && !sent.has(exchange)) sent.set(exchange, packet)
    const earlier = arrived.get(exchange)?.endedAt ?? Number.POSITIVE_INFINITY
    if (to === PROXY && packet.status === 'delivered' && endedAt !== undefined && endedAt < earlier)
      arrived.set(exchange, packet)
  }
  const waits: AnswerWait[] = []
  for (const [exchange, ready] of arrived) {
    const from = ready.endedAt ?? ready.dueAt
    const answer = sent.get(exchange)
    if (answer) {
      const until = answer.sentAt
      if (until - from >= LEAST_MS && isBehindAnother(answer, from, lab))
        waits.push({ exchange, ready, from, until, sent: answer.id })
    } else if (isWaiting(exchange, lab)) {
      waits.push({ exchange, ready, from, until: undefined, sent: undefined })
    }
  }
  return waits.sort((a, b) => a.from - b.from || a.ready.id - b.ready.id)
}

/** Whether the proxy sent another answer to the same client after this moment, before this one. */
function isBehindAnother(answer: Packet, from: SimMs, { packets }: Lab): boolean {
  for (let index = answer.id - 2; index >= answer.id - FAR_BACK; index--) {
    const earlier = packets.at(index)
    if (earlier === undefined || earlier.sentAt < from) return false
    if (
      earlier.from === PROXY &&
      earlier.kind !== 0 &&
      earlier.connection === answer.connection &&
      earlier.exchange !== answer.exchange
    )
      return true
  }
  return false
}

/** Whether this exchange's answer is not sent, and an earlier message of the client on the same connection is not answered. */
function isWaiting(exchange: ExchangeId, { packets, inFlight, asking, connections }: Lab): boolean {
  const question = packets.at(exchange - 1)
  if (question === undefined || !asking.has(exchange)) return false
  if (!connections.has(question.connection)) return false
  for (const packet of inFlight.values())
    if (packet.exchange === exchange && packet.from === PROXY && packet.kind !== 0) return false
  for (const other of asking.keys()) {
    const earlier = other === exchange ? undefined : packets.at(other - 1)
    if (earlier?.connection === question.connection && isBefore(earlier, question)) return true
  }
  return false
}

/** Whether one message reached the proxy before the other. */
function isBefore(one: Packet, other: Packet): boolean {
  const [first, second] = [one.endedAt ?? one.dueAt, other.endedAt ?? other.dueAt]
  return first < second || (first === second && one.id < other.id)
}
