// What a filter sees of an event: the packet that it is about, or the first packet of its exchange, or the node or the row.
import type { LabEvent } from '../events'
import { partsOfNode } from '../filter/nodes'
import type { PacketFacts } from '../filter/packet-facts'
import { factsOf } from '../filter/state-facts'
import type { CheckId, ExchangeId, NodeId, PacketId, ProtocolId } from '../ids'
import { packetIn } from '../state/packets'
import type { Packet, State } from '../state/state'

/** Questions that are remembered, as the state keeps only the latest packets. */
const MOST_QUESTIONS = 10_000

/** Learns from every event, in order, what later events do not say themselves. */
export class EventFacts {
  private readonly questions = new Map<ExchangeId, Packet>()
  private readonly checks = new Map<CheckId, { server: ProtocolId; node: NodeId }>()

  /** `state`: that after the last event. */
  constructor(private readonly state: () => State) {
    const { packets, inFlight } = state()
    for (const packet of [...packets, ...inFlight.values()]) this.keep(packet)
  }

  /** The state after the last event. */
  get now(): State {
    return this.state()
  }

  /** Call this with each event before anything else looks at it. */
  learn(event: LabEvent): void {
    switch (event.type) {
      case 'packet.carried':
      case 'packet.sent':
        if (event.packet === event.exchange) this.keep(packetIn(this.now, event.packet))
        return
      case 'decision.made': {
        const question = this.questions.get(event.exchange)
        if (question) this.questions.set(event.exchange, { ...question, decision: event })
        return
      }
      case 'check.sent':
        this.checks.set(event.check, event)
        return
      case 'scenario.reset':
        this.questions.clear()
        this.checks.clear()
    }
  }

  /** Undefined: it is about no packet, node, row or policy, or about one that nobody knows. */
  of(event: LabEvent): PacketFacts | undefined {
    const known = knownIn(event)
    if ('packet' in event) return withKnown(this.ofPacket(event.packet), known)
    if ('exchange' in event) return withKnown(this.ofPacket(event.exchange), known)
    if (event.type === 'check.ended') {
      const check = this.checks.get(event.check)
      return check && new NamedFacts(check)
    }
    return Object.values(known).some((value) => value !== undefined)
      ? new NamedFacts(known)
      : undefined
  }

  /** The first packet of the exchange. */
  questionOf(exchange: ExchangeId): Packet | undefined {
    return packetIn(this.now, exchange) ?? this.questions.get(exchange)
  }

  private ofPacket(id: PacketId): PacketFacts | undefined {
    const { packets } = this.now
    const packet = packetIn(this.now, id) ?? this.questions.get(id)
    return packet && factsOf(packet, { packets, inFlight: this.questions })
  }

  private keep(packet: Packet | undefined): void {
    if (packet === undefined || packet.id !== packet.exchange) return
    this.questions.set(packet.id, packet)
    if (this.questions.size <= MOST_QUESTIONS) return
    for (const oldest of this.questions.keys()) {
      this.questions.delete(oldest)
      return
    }
  }
}

/** What an event says itself of a node, a server or a policy. */
interface Known {
  readonly node?: NodeId | undefined
  readonly other?: NodeId | undefined
  readonly server?: ProtocolId | undefined
  readonly policy?: ProtocolId | undefined
}

function knownIn(event: LabEvent): Known {
  switch (event.type) {
    case 'node.added':
    case 'node.changed':
      return { node: event.node.id, policy: event.node.policy }
    case 'node.removed':
      return { node: event.id }
    case 'connection.opened':
      return { node: event.from, other: event.to }
    case 'connection.closed':
    case 'work.changed':
    case 'answer.awaited':
    case 'answer.ended':
      return { node: event.node }
    case 'traffic.changed':
      return { node: event.client }
    case 'row.set':
      return { node: event.row.node, server: event.row.server, policy: event.row.policy }
    case 'row.removed':
    case 'upstream.failed':
    case 'upstream.left':
    case 'answer.misaddressed':
      return { server: event.server }
    case 'check.sent':
      return { node: event.node, server: event.server }
    case 'pool.changed':
      return { policy: event.policy }
    case 'policy.next':
    case 'decision.made':
    case 'choice.seen':
      return { policy: event.policy, server: event.server ?? undefined }
    case 'exchange.queued':
    case 'queue.left':
      return { policy: event.policy }
    case 'exchange.finished':
      return { server: event.server ?? undefined }
    case 'fault.set':
      return { node: event.fault.link }
    default:
      return {}
  }
}

/** The event knows better than the packet, which may have had another attempt since. */
function withKnown(
  packet: PacketFacts | undefined,
  { server, policy }: Known,
): PacketFacts | undefined {
  if (packet === undefined || (server === undefined && policy === undefined)) return packet
  return Object.create(packet, {
    ...(server !== undefined && { server: { value: () => server } }),
    ...(policy !== undefined && { policy: { value: () => policy } }),
  })
}

/** The facts of a node, a row or a policy: it has ids and nothing that only a packet has. */
class NamedFacts implements PacketFacts {
  readonly id = 0
  readonly exchange = 0
  readonly kind = 1
  readonly connection = 0
  readonly status = 'unknown'
  readonly edited = false
  readonly copy = false
  readonly harmed = false
  readonly verdict = undefined
  readonly sentAt = 0
  readonly size = 0
  readonly from: NodeId
  readonly to: NodeId

  constructor(private readonly known: Known) {
    this.from = known.node ?? ''
    this.to = known.other ?? this.from
  }

  client(): ProtocolId | undefined {
    return this.idOf('client')
  }

  policy(): ProtocolId | undefined {
    return this.known.policy
  }

  server(): ProtocolId | undefined {
    return this.known.server ?? this.idOf('server')
  }

  took(): undefined {}

  onLink(): undefined {}

  roundTrip(): undefined {}

  fields(): undefined {}

  has(): boolean {
    return false
  }

  private idOf(role: 'client' | 'server'): ProtocolId | undefined {
    const ends = [this.from, this.to].map(partsOfNode)
    return ends.find((end) => end.role === role)?.id
  }
}
