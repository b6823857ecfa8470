// The filter's view of a packet in the state.
import { type NodeId, PROXY, type ProtocolId, type SimMs } from '../ids'
import { readBytes } from '../protocol/reading'
import { type PacketsOfState, packetIn } from '../state/packets'
import type { Packet } from '../state/state'
import { partsOfNode } from './nodes'
import type { PacketFacts } from './packet-facts'

const textOf = new TextDecoder()

export function factsOf(packet: Packet, state: PacketsOfState): PacketFacts {
  return new StateFacts(packet, state)
}

/**
 * Returns how long a packet took, in simulated ms: for the answer to the client the time since the
 * client's message was sent, for every other packet its time on the link. Undefined while it is in
 * flight, if it was lost, and for an answer to an unknown message. `question`: the first packet of
 * its exchange, if known.
 */
function timeTaken(packet: Timed, question: Question | undefined): SimMs | undefined {
  if (question === undefined && isAnswerToClient(packet)) return undefined
  return roundTrip(packet, question) ?? timeOnLink(packet)
}

type Timed = Pick<Packet, 'id' | 'exchange' | 'from' | 'to' | 'status' | 'sentAt' | 'endedAt'>
type Question = Pick<Packet, 'id' | 'from' | 'sentAt'>

/** From its sending to its arrival; undefined if it has not arrived. */
export function timeOnLink({ status, sentAt, endedAt }: Timed): SimMs | undefined {
  return status === 'delivered' && endedAt !== undefined ? endedAt - sentAt : undefined
}

/** From the client's message to the arrival of its answer; undefined for every other packet. */
export function roundTrip(packet: Timed, question: Question | undefined): SimMs | undefined {
  if (question === undefined || !endsExchange(packet, question)) return undefined
  return packet.status === 'delivered' && packet.endedAt !== undefined
    ? packet.endedAt - question.sentAt
    : undefined
}

/** Returns whether a packet is the answer that goes back to the client. */
export function endsExchange(
  packet: Pick<Packet, 'id' | 'to'>,
  question: Pick<Packet, 'id' | 'from'>,
): boolean {
  return packet.id !== question.id && packet.to === question.from
}

/**
 * Returns whether a packet goes back to the client, judged by its ends alone: the proxy sends
 * messages to servers, and answers to clients.
 */
export function isAnswerToClient({
  exchange,
  from,
  to,
}: Pick<Packet, 'exchange' | 'from' | 'to'>): boolean {
  return exchange !== 0 && from === PROXY && partsOfNode(to).role !== 'server'
}

class StateFacts implements PacketFacts {
  constructor(
    private readonly packet: Packet,
    private readonly state: PacketsOfState,
  ) {}

  get id() {
    return this.packet.id
  }

  get exchange() {
    return this.packet.exchange
  }

  get kind() {
    return this.packet.kind
  }

  get from() {
    return this.packet.from
  }

  get to() {
    return this.packet.to
  }

  get connection() {
    return this.packet.connection
  }

  get status() {
    return this.packet.held ? 'held' : this.packet.status
  }

  get edited() {
    return this.packet.original !== undefined
  }

  get copy() {
    return this.packet.copyOf !== undefined
  }

  get harmed() {
    return this.packet.harms !== undefined
  }

  get verdict() {
    return this.packet.verdict
  }

  get sentAt() {
    return this.packet.sentAt
  }

  get size() {
    return this.packet.bytes.length
  }

  client(): ProtocolId | undefined {
    const { from, to } = this.packet
    const asker = this.question()?.from
    const named =
      (asker === undefined ? undefined : idOfRole(asker, 'client')) ??
      idOfRole(from, 'client') ??
      idOfRole(to, 'client')
    if (named !== undefined) return named
    const message = this.message()
    if (message?.type === 0) return message.source
    return message?.type === 2 ? message.destination : undefined
  }

  policy(): ProtocolId | undefined {
    const question = this.question()
    if (question?.decision) return question.decision.policy
    const asked = question && messageOf(question)
    if (asked?.type === 0) return asked.policy
    const message = this.message()
    return message === undefined || message.type === 2 ? undefined : message.policy
  }

  server(): ProtocolId | undefined {
    const { from, to } = this.packet
    const named =
      idOfRole(to, 'server') ?? idOfRole(from, 'server') ?? this.question()?.decision?.server
    if (named !== undefined && named !== null) return named
    const message = this.message()
    if (message?.type === 1) return message.server
    return message?.type === 2 && message.error === undefined ? message.source : undefined
  }

  took(): SimMs | undefined {
    return timeTaken(this.packet, this.question())
  }

  onLink(): SimMs | undefined {
    return timeOnLink(this.packet)
  }

  roundTrip(): SimMs | undefined {
    return roundTrip(this.packet, this.question())
  }

  fields(): Readonly<Record<string, unknown>> | undefined {
    const reading = readBytes(this.packet.bytes)
    return reading.kind === 'unreadable' ? undefined : reading.fields
  }

  has(text: string): boolean {
    return textOf.decode(this.packet.bytes).toLowerCase().includes(text)
  }

  private question(): Packet | undefined {
    const { packet, state } = this
    if (packet.exchange === 0) return undefined
    if (packet.exchange === packet.id) return packet
    return packetIn(state, packet.exchange)
  }

  private message() {
    return messageOf(this.packet)
  }
}

function messageOf(packet: Packet) {
  const reading = readBytes(packet.bytes)
  return reading.kind === 'message' ? reading.message : undefined
}

function idOfRole(node: NodeId, role: 'client' | 'server'): ProtocolId | undefined {
  const parts = partsOfNode(node)
  return parts.role === role ? parts.id : undefined
}
