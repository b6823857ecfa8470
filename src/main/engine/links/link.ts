// One direction of a connection. A link holds each packet for its latency and then hands it over: the packet on screen
// is the message itself. Packets keep their order. While the clock is paused, nothing is handed over, whatever the
// latency. The midpoint (midpoint.ts) applies breakpoints and handles held packets.
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import type { Stop } from './breakpoints'
import { type CutOff, ENDS_AT_ONCE, type EndFate } from './faults/fault'
import { FaultyWay } from './faults/faulty-way'
import type { Plan } from './faults/plan'
import { type InTransit, inTransit, type Outgoing } from './in-transit'
import type { LinkOwner } from './link-owner'
import { Midpoint, type MidpointLink } from './midpoint'
import { type LinkEnds, packetCarried, packetHastened, packetSent } from './packet-events'

export class Link<O extends Outgoing = Outgoing> implements MidpointLink, LinkEnds {
  /** In order of sending. A `leaving` packet is never behind one that is not. */
  readonly packets: InTransit<O>[] = []
  private lastDueAt: SimMs = 0
  /** Created when the first packet has to stop: most links never need one. */
  private midpoint: Midpoint | undefined
  /** Created when the first packet meets faults. */
  private way: FaultyWay | undefined
  /** A fault has ended the connection: what comes later is lost. */
  private isCut = false
  /** Closes the connection after a silence behind a swallowed packet. */
  private silence: Timer | undefined

  constructor(
    private readonly lab: Lab,
    readonly from: NodeId,
    readonly to: NodeId,
    readonly connection: ConnectionId,
    private readonly owner: LinkOwner<O>,
    private readonly chance = `connection ${connection}`,
  ) {}

  /** No packet is on the link. */
  get idle(): boolean {
    return this.packets.length === 0
  }

  carry(outgoing: O): void {
    const { clock, journal, links, breakpoints } = this.lab
    const { owner } = this
    const now = clock.now()
    const plan = this.planFor(outgoing)
    const freeDueAt = (plan?.at ?? now) + links.latencyMs
    const dueAt = Math.max(freeDueAt, this.lastDueAt + slicingMs(plan))
    this.lastDueAt = dueAt
    const packet = journal.nextPacket()
    const exchange = outgoing.exchange === 'new' ? packet : outgoing.exchange
    if (owner.deliversAtOnce && !breakpoints.active && this.letsThrough(plan, dueAt, now)) {
      journal.emit(packetCarried(this, packet, exchange, outgoing))
      owner.sent?.(exchange, outgoing, false)
      owner.write?.(outgoing.bytes)
      owner.handOver(packet, exchange, outgoing.bytes, outgoing, false)
      return
    }
    journal.emit(packetSent(this, packet, exchange, outgoing, dueAt, null))
    if (plan) journal.emit({ type: 'packet.harmed', packet, harms: plan.harms })
    const { pieces } = outgoing
    if (pieces) journal.emit({ type: 'packet.read', packet, pieces })
    owner.sent?.(exchange, outgoing, false)
    const stop = breakpoints.active ? this.stopFor(packet, exchange, outgoing, dueAt) : undefined
    const last = this.packets.at(-1)
    const isFree = stop === undefined && (last === undefined || last.stage === 'leaving')
    if (stop === undefined && this.letsThrough(plan, dueAt, now)) {
      owner.write?.(outgoing.bytes)
      this.delivered(packet)
      owner.handOver(packet, exchange, outgoing.bytes, outgoing, false)
      return
    }
    const one = inTransit(packet, exchange, outgoing, dueAt, null)
    one.plan = plan
    one.freeDueAt = freeDueAt
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
    this.stopSilence()
    for (const one of this.packets.splice(0)) this.tellDropped(one, reason)
  }

  moveOn(one: InTransit<O>, dueAt: SimMs): void {
    const { clock } = this.lab
    one.stage = 'leaving'
    one.behind = undefined
    one.dueAt = dueAt
    this.lastDueAt = Math.max(this.lastDueAt, dueAt)
    const inMs = Math.max(0, dueAt - clock.now())
    one.sliceTimers = (one.plan?.slices ?? []).map(({ end, earlierMs }) =>
      clock.schedule(Math.max(0, inMs - earlierMs), () => this.writeSlice(one, end)),
    )
    one.timer = clock.schedule(inMs, () => this.arrive(one))
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
    journal.emit(packetSent(this, packet, exchange, outgoing, copy.dueAt, original.packet))
    this.owner.sent?.(exchange, outgoing, true)
    this.packets.splice(this.packets.indexOf(original) + 1, 0, copy)
    return copy
  }

  stopTimer(one: InTransit): void {
    if (one.timer) this.lab.clock.cancel(one.timer)
    one.timer = undefined
    for (const timer of one.sliceTimers.splice(0)) this.lab.clock.cancel(timer)
  }

  /**
   * Called when faults have changed: faults that were taken out no longer delay packets. If such a fault has swallowed
   * bytes, the connection closes, because no later bytes may follow the missing ones.
   */
  faultsChanged(): void {
    if (this.way === undefined || this.isCut) return
    if (this.way.hasGap) this.cutNow()
    else this.replan(this.way)
  }

  /** Ends the connection at once: nothing more gets through. */
  cutNow(): void {
    this.stopSilence()
    if (this.isCut) return
    this.isCut = true
    this.owner.cutting?.()
    this.owner.cut?.('close', 0, 0, new Uint8Array(), undefined)
  }

  /** What faults do to the end of the stream. */
  endFate(from: NodeId, to: NodeId): EndFate {
    if (!this.lab.faults.active || this.isCut) return ENDS_AT_ONCE
    return this.faultyWay().endFate(from, to)
  }

  private replan(way: FaultyWay): void {
    const { clock, journal } = this.lab
    const now = clock.now()
    const plans = this.packets.map(({ plan }) => plan && way.replan(plan, now))
    if (this.packets.every(({ plan }, index) => plan === plans[index])) return
    let front = now
    for (const [index, one] of this.packets.entries()) {
      const { plan: before, dueAt } = one
      one.plan = plans[index]
      const earlierMs = before && one.plan ? before.at - one.plan.at : 0
      one.freeDueAt -= earlierMs
      // If its slicer is still set, the slices of a packet behind another one keep their pauses.
      const behindMs = index > 0 && one.plan === before ? slicingMs(before) : 0
      const wantedAt = Math.max(one.freeDueAt, front + behindMs)
      this.hasten(one, one.wasHeld ? dueAt : Math.min(dueAt, wantedAt), earlierMs)
      if (one.plan !== before || one.dueAt < dueAt) journal.emit(packetHastened(one))
      front = one.dueAt
    }
    this.lastDueAt = front
  }

  /** `earlierMs`: how much less time its faults take. */
  private hasten(one: InTransit<O>, dueAt: SimMs, earlierMs: SimMs): void {
    if (one.stage !== 'leaving') this.midpoint?.hasten(one, dueAt, earlierMs)
    else if (!one.wasHeld) {
      this.stopTimer(one)
      this.moveOn(one, dueAt)
    }
  }

  private faultyWay(): FaultyWay {
    this.way ??= new FaultyWay(this.lab.faults, this.chance)
    return this.way
  }

  private planFor(outgoing: Outgoing): Plan | undefined {
    const { faults, clock, messageNumbers } = this.lab
    if (!faults.active || this.isCut) return undefined
    const { from = this.from, to = this.to, bytes, kind, exchange } = outgoing
    const message = messageNumbers.nameOf(exchange, to)
    const chunk = { bytes: bytes.length, isMessage: kind !== 'error', message }
    return this.faultyWay().plan(from, to, chunk, clock.now())
  }

  /** Writes a packet's bytes up to this one. Behind another packet it waits, and leaves with the next slice. */
  private writeSlice(one: InTransit<O>, end: number): void {
    if (this.packets[0] !== one || this.isCut) return
    const upTo = Math.min(end, one.bytes.length)
    if (upTo <= one.written) return
    this.owner.write?.(one.bytes.subarray(one.written, upTo))
    one.written = upTo
  }

  /** Whether nothing holds this packet: it is due now, and its link is empty, whole and not paused. */
  private letsThrough(plan: Plan | undefined, dueAt: SimMs, now: SimMs): boolean {
    return dueAt === now && plan === undefined && this.idle && !this.isCut && !this.lab.clock.paused
  }

  private delivered(packet: PacketId): void {
    if (this.owner.deliversAtOnce) this.lab.journal.emit({ type: 'packet.delivered', packet })
  }

  private handOver(one: InTransit<O>): void {
    const { packet, exchange, bytes, outgoing, copyOf, plan, written } = one
    const ending: CutOff | undefined = this.isCut ? { by: 'swallowed' } : plan?.ending
    const isCutBehind = ending?.by === 'cut' && ending.after > 0 && ending.after >= bytes.length
    if (ending === undefined || isCutBehind) {
      this.owner.write?.(written === 0 ? bytes : bytes.subarray(written))
      this.delivered(packet)
      this.owner.handOver(packet, exchange, bytes, outgoing, copyOf !== null)
      if (isCutBehind) this.cutNow()
      return
    }
    this.lab.journal.emit({ type: 'packet.dropped', packet, reason: 'LOST_ON_LINK' })
    if (ending.by === 'swallowed') {
      this.stopSilence()
      const { closesAfterMs = 0 } = plan ?? {}
      if (closesAfterMs > 0 && !this.isCut) {
        this.silence = this.lab.clock.schedule(closesAfterMs, () => this.cutNow())
      }
      this.way?.swallowed(plan)
      if (this.way?.hasGap) this.owner.cutting?.()
      this.owner.swallowed?.(packet, exchange, outgoing)
      if (this.way?.hasGap) this.cutNow()
      return
    }
    this.isCut = true
    this.stopSilence()
    this.owner.cutting?.()
    this.owner.swallowed?.(packet, exchange, outgoing)
    const part = bytes.subarray(written, Math.max(written, ending.after))
    this.owner.cut?.(ending.how, packet, exchange, part, outgoing)
  }

  private stopSilence(): void {
    if (this.silence) this.lab.clock.cancel(this.silence)
    this.silence = undefined
  }

  /** If rounding makes a packet due before the one in front, the one in front still goes first. */
  private arrive(one: InTransit<O>): void {
    let first: InTransit<O> | undefined
    do {
      first = this.packets.shift()
      if (first === undefined) return
      if (first !== one) this.stopTimer(first)
      this.handOver(first)
    } while (first !== one)
  }

  private stopFor(
    packet: PacketId,
    exchange: ExchangeId,
    outgoing: Outgoing,
    dueAt: SimMs,
  ): Stop | undefined {
    const { connection } = this
    const { kind, bytes, from = this.from, to = this.to } = outgoing
    const ids = { id: packet, exchange, connection }
    const sent = sentPacket({ ...ids, kind, from, to, bytes, sentAt: this.lab.clock.now(), dueAt })
    return this.lab.breakpoints.match({ ...sent, pieces: outgoing.pieces })
  }

  private tellDropped(one: InTransit, reason: ErrorCode): void {
    this.stopTimer(one)
    if (one.stage === 'held') this.lab.heldPackets.delete(one.packet)
    this.lab.journal.emit({ type: 'packet.dropped', packet: one.packet, reason })
  }
}

function slicingMs(plan: Plan | undefined): SimMs {
  return plan?.slices[0]?.earlierMs ?? 0
}
