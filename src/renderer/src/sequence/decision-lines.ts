// The proxy's decisions about the packets of a diagram: each has a line of its own, before the packet that follows from it.
import {
  type ExchangeId,
  type NodeId,
  PROXY,
  type ProtocolId,
  type SimMs,
} from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { readBytes } from '../../../shared/protocol/reading'
import { decisionsOf, failureOf } from '../../../shared/state/decisions'
import type { Decision, Packet, State } from '../../../shared/state/state'
import type { Line } from './scale'

export interface DecisionLine extends Line {
  key: string
  question: Packet
  decision: Decision
  /** The chosen server, if it could not be reached, until when that was tried, and the attempt's own line. */
  unreached: { node: NodeId; until: SimMs; line: Line } | undefined
}

/** `nodeOf`: the node of a server. */
export function decisionLines(
  packets: readonly Packet[],
  nodeOf: (server: ProtocolId) => NodeId,
): DecisionLine[] {
  const forwarded = new Map<ExchangeId, Packet[]>()
  for (const packet of packets) {
    if (packet.from !== PROXY) continue
    const same = forwarded.get(packet.exchange)
    if (same) same.push(packet)
    else forwarded.set(packet.exchange, [packet])
  }
  return packets.flatMap((question) => {
    const decisions = decisionsOf(question)
    const later = forwarded.get(question.exchange) ?? []
    return decisions.map((decision, index): DecisionLine => {
      const { at, attempt, server } = decision
      const next = later.find(({ sentAt }) => sentAt >= at)
      const until = untilWhen(question, index, next)
      const key = `decision ${question.id} ${attempt}`
      // Between the packets before it and the one that follows from it, in the order of the attempts.
      const order = (next?.id ?? question.id + 1) - 1 / (attempt + 1)
      const line = { key: `${key}, not reached`, at, order }
      return {
        key,
        at,
        order,
        question,
        decision,
        unreached:
          server === null || until === undefined
            ? undefined
            : { node: nodeOf(server), until, line },
      }
    })
  })
}

/** Until when the server of this decision was tried in vain; undefined if it got the message. */
function untilWhen(question: Packet, index: number, next: Packet | undefined): SimMs | undefined {
  const decisions = decisionsOf(question)
  const failure = failureOf(question, decisions[index]?.attempt ?? 1)
  if (failure) return NOT_REACHED.includes(failure.reason) ? failure.at : undefined
  return decisions[index + 1]?.at ?? (next && isNotReached(next) ? next.sentAt : undefined)
}

const NOT_REACHED: readonly ErrorCode[] = ['SERVER_UNREACHABLE', 'SERVER_CONNECT_TIMEOUT']

/** Whether the packet is the answer to a client whose message no server could be given. */
function isNotReached({ kind, bytes }: Packet): boolean {
  if (kind !== 'error') return false
  const reading = readBytes(bytes)
  const code =
    reading.kind === 'message' && reading.message.type === 2
      ? reading.message.error?.code
      : undefined
  return NOT_REACHED.some((known) => known === code)
}

/** The node of a server, also of one that has left. */
export function serverNode(
  { rows, nodes }: Pick<State, 'rows' | 'nodes'>,
  server: ProtocolId,
): NodeId {
  const row = rows.get(server)
  if (row) return row.node
  const node = [...nodes.values()].find(
    ({ role, protocolId }) => role === 'server' && protocolId === server,
  )
  return node?.id ?? `server:${server}`
}
