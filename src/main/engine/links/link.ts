// One direction of a connection. A link holds each packet for its latency and then hands it over: the packet on screen
// is the message itself. Packets keep their order. While the clock is paused, nothing is handed over, whatever the
// latency. The midpoint (midpoint.ts) applies breakpoints and handles held packets.
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Lab } from '../lab'
import { toMicroseconds } from '../story/journal'
import type { Stop } from './breakpoints'
import { type InTransit, inTransit, type Outgoing } from './in-transit'
import { Midpoint, type MidpointLink } from './midpoint'

/** What a link reports to its user. */
export interface LinkOwner<O extends Outgoing> {
  /** Called within `carry` with the exchange's number, and again for a copy made by hand. */
  sent?(exchange: ExchangeId, outgoing: O, isCopy: boolean): void
  /** The packet leaves the link. `bytes` differ from the sender's if the packet was edited. */
  handOver(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void
  /** The packet was dropped by hand and is not handed over. */
  dropped?(exchange: ExchangeId, outgoing: O): void
}

export class Link<O extends Outgoing = Outgoing> implements MidpointLink {
  /** In order of sending. A `leaving` packet is never behind one that is not. */
  readonly packets: InTransit<O>[] = []
  private lastDueAt: SimMs = 0
  /** Created when the first packet has to stop: most links never need one. */
  private midpoint: Midpoint | undefined

  constructor(
    private readonly lab: Lab,
    private readonly from: NodeId,
    private readonly to: NodeId,
    private readonly connection: ConnectionId,
    private readonly owner: LinkOwner<O>,
  ) {}

  /** No packet is on the link. */
  get idle(): boolean {
    return this.packets.length === 0
  }

  carry(outgoing: O): void {
    const { clock, journal, links, breakpoints } = this.lab
    const now = clock.now()
    const dueAt = Math.max(now + links.latencyMs, this.lastDueAt)
    this.lastDueAt = dueAt
    const packet = journal.nextPacket()
    const exchange = outgoing.exchange === 'new' ? packet : outgoing.exchange
    this.tellSent(packet, exchange, outgoing, dueAt, null)
    const { pieces } = outgoing
    if (pieces) journal.emit({ type: 'packet.read', packet, pieces })
    this.owner.sent?.(exchange, outgoing, false)
    const stop = breakpoints.active ? this.stopFor(packet, exchange, outgoing, dueAt) : undefined
    const last = this.packets.at(-1)
    const isFree = stop === undefined && (last === undefined || last.stage === 'leaving')
    if (isFree && dueAt === now && last === undefined && !clock.paused) {
      this.owner.handOver(packet, exchange, outgoing.bytes, outgoing, false)
      return
    }
    const one = inTransit(packet, exchange, outgoing, dueAt, null)
    this.packets.push(one)
    if (isFree) {
      this.moveOn(one, dueAt)
      return
    }
    one.stop = stop
    this.midpoint ??= new Midpoint(this.lab, this)
    this.midpoint.approach(one, now)
  }

  /** Drops all packets that are on the link. */
  drop(reason: ErrorCode): void {
    for (const one of this.packets.splice(0)) this.tellDropped(one, reason)
  }

  moveOn(one: InTransit<O>, dueAt: SimMs): void {
    const { clock } = this.lab
    one.stage = 'leaving'
    one.behind = undefined
    one.dueAt = dueAt
    this.lastDueAt = Math.max(this.lastDueAt, dueAt)
    one.timer = clock.schedule(Math.max(0, dueAt - clock.now()), () => this.arrive(one))
  }

  remove(one: InTransit<O>): void {
    this.packets.splice(this.packets.indexOf(one), 1)
    this.tellDropped(one, 'DROPPED_BY_HAND')
  }

  reportLoss({ exchange, outgoing }: InTransit<O>): void {
    this.owner.dropped?.(exchange, outgoing)
  }

  /** The copy of a question begins an exchange of its own. */
  insertCopy(original: InTransit<O>): InTransit<O> {
    const { clock, journal } = this.lab
    const { kind, bytes, restMs } = original
    const outgoing = { ...original.outgoing, kind, bytes }
    const packet = journal.nextPacket()
    const exchange = outgoing.exchange === 'new' ? packet : outgoing.exchange
    const copy = inTransit(packet, exchange, outgoing, clock.now() + restMs, original.packet)
    copy.restMs = restMs
    this.tellSent(packet, exchange, outgoing, copy.dueAt, original.packet)
    this.owner.sent?.(exchange, outgoing, true)
    this.packets.splice(this.packets.indexOf(original) + 1, 0, copy)
    return copy
  }

  stopTimer(one: InTransit): void {
    if (one.timer) this.lab.clock.cancel(one.timer)
    one.timer = undefined
  }

  /** If rounding makes a packet due before the one in front, the one in front still goes first. */
  private arrive(one: InTransit<O>): void {
    let first: InTransit<O> | undefined
    do {
      first = this.packets.shift()
      if (first === undefined) return
      if (first !== one) this.stopTimer(first)
      const { packet, exchange, bytes, outgoing, copyOf } = first
      this.owner.handOver(packet, exchange, bytes, outgoing, copyOf !== null)
    } while (first !== one)
  }

  private stopFor(
    packet: PacketId,
    exchange: ExchangeId,
    outgoing: Outgoing,
    dueAt: SimMs,
  ): Stop | undefined {
    const sent = sentPacket({
      id: packet,
      exchange,
      kind: outgoing.kind,
      from: outgoing.from ?? this.from,
      to: outgoing.to ?? this.to,
      connection: this.connection,
      bytes: outgoing.bytes,
      sentAt: this.lab.clock.now(),
      dueAt,
    })
    return this.lab.breakpoints.match({ ...sent, pieces: outgoing.pieces })
  }

  private tellSent(
    packet: PacketId,
    exchange: ExchangeId,
    outgoing: Outgoing,
    dueAt: SimMs,
    copyOf: PacketId | null,
  ): void {
    this.lab.journal.emit({
      type: 'packet.sent',
      packet,
      exchange,
      kind: outgoing.kind,
      from: outgoing.from ?? this.from,
      to: outgoing.to ?? this.to,
      connection: this.connection,
      dueAt: toMicroseconds(dueAt),
      bytes: outgoing.bytes,
      copyOf,
    })
  }

  private tellDropped(one: InTransit, reason: ErrorCode): void {
    this.stopTimer(one)
    if (one.stage === 'held') this.lab.heldPackets.delete(one.packet)
    this.lab.journal.emit({ type: 'packet.dropped', packet: one.packet, reason })
  }
}
