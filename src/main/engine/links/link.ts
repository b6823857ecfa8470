// A link holds each packet for its latency and only then hands it over: what is drawn on the way is the message
// itself. One link per connection and direction; packets keep their order. A breakpoint stops a packet in the middle,
// and those behind it wait there too. While the clock is paused nothing is handed over, whatever the latency.
import type { PacketKind, Piece } from '../../../shared/events'
import type {
  BreakpointId,
  ConnectionId,
  ExchangeId,
  NodeId,
  PacketId,
  SimMs,
} from '../../../shared/ids'
import { HOLD_AT } from '../../../shared/limits'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Timer } from '../clock/clock'
import { CommandError } from '../command-error'
import { toMicroseconds } from '../journal'
import type { Lab } from '../lab'
import { kindOf } from '../protocol/packet-kind'
import { scanWhole } from '../protocol/scan-whole'
import type { Holder, Stop } from './breakpoints'

interface Parcel {
  kind: PacketKind
  /** `new`: this packet begins an exchange. 0: it belongs to none. */
  exchange: ExchangeId | 'new'
  bytes: Uint8Array
  /** Whose it is and whom it is for, where several programs share the connection; else the link's own ends. */
  from?: NodeId | undefined
  to?: NodeId | undefined
  /** The reads that brought it, where that is worth telling. */
  pieces?: readonly Piece[] | undefined
  /** Called at once with the exchange's number, before anything is handed over; for a copy made by hand again. */
  sent?(exchange: ExchangeId): void
  /**
   * Called when the link hands the packet over, with its number, its exchange's, and its bytes: others than it was
   * given where they were edited. Once, and once more for a copy made by hand.
   */
  handOver(packet: PacketId, exchange: ExchangeId, bytes: Uint8Array): void
  /** Called instead where the packet was dropped by hand. */
  lost?(exchange: ExchangeId): void
}

/** A packet on the link. */
interface Carried {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  readonly parcel: Parcel
  kind: PacketKind
  bytes: Uint8Array
  /** `coming`: it will look in the middle whether it may go on. `leaving`: on to the end without a stop. */
  stage: 'coming' | 'held' | 'leaving'
  /** The breakpoint that holds it, or will. */
  stop: Stop | undefined
  /** Held: the packet that it waits behind, where no breakpoint of its own holds it. */
  behind: PacketId | undefined
  /** How long it takes from the middle to the end. */
  restMs: SimMs
  dueAt: SimMs
  timer: Timer | undefined
}

export class Link implements Holder {
  /** In order; nothing is `leaving` behind one that is not. */
  private readonly carried: Carried[] = []
  private lastDueAt: SimMs = 0

  constructor(
    private readonly lab: Lab,
    private readonly from: NodeId,
    private readonly to: NodeId,
    private readonly connection: ConnectionId,
  ) {}

  /** Nothing is on its way. */
  get idle(): boolean {
    return this.carried.length === 0
  }

  carry(parcel: Parcel): void {
    const { clock, journal, latencyMs, holds } = this.lab
    const now = clock.now()
    const dueAt = Math.max(now + latencyMs, this.lastDueAt)
    this.lastDueAt = dueAt
    const packet = journal.nextPacket()
    const exchange = parcel.exchange === 'new' ? packet : parcel.exchange
    this.tellSent(packet, exchange, parcel, dueAt, null)
    if (parcel.pieces) journal.emit({ type: 'packet.read', packet, pieces: parcel.pieces })
    parcel.sent?.(exchange)
    const stop = holds.active ? this.stopFor(packet, exchange, parcel, dueAt) : undefined
    const last = this.carried.at(-1)
    const isFree = stop === undefined && (last === undefined || last.stage === 'leaving')
    if (isFree && dueAt === now && last === undefined && !clock.paused) {
      parcel.handOver(packet, exchange, parcel.bytes)
      return
    }
    const one = carriedOf(packet, exchange, parcel, dueAt)
    this.carried.push(one)
    if (isFree) {
      this.leave(one, last)
      return
    }
    one.stop = stop
    this.come(one, now)
  }

  /** Takes off the link what it still holds. */
  drop(reason: ErrorCode): void {
    for (const one of this.carried.splice(0)) {
      this.forget(one)
      this.lab.journal.emit({ type: 'packet.dropped', packet: one.packet, reason })
    }
  }

  /** It goes on its way, and so does what only waited behind it. */
  release(packet: PacketId): void {
    this.checkFirst(packet)
    this.letGo(packet)
  }

  letGo(packet: PacketId): void {
    const one = this.find(packet)
    if (one === undefined) return
    one.stop = undefined
    this.settle()
  }

  /** Off the link with it: whoever it was for never sees it. */
  take(packet: PacketId): void {
    const one = this.find(packet)
    if (one === undefined) return
    this.carried.splice(this.carried.indexOf(one), 1)
    this.forget(one)
    this.lab.journal.emit({ type: 'packet.dropped', packet, reason: 'DROPPED_BY_HAND' })
    this.settle()
    one.parcel.lost?.(one.exchange)
  }

  /** It goes on its way, and a copy right behind it. */
  sendTwice(packet: PacketId): void {
    this.checkFirst(packet)
    const one = this.find(packet)
    if (one === undefined) return
    const { clock, journal } = this.lab
    const parcel = { ...one.parcel, kind: one.kind, bytes: one.bytes }
    const number = journal.nextPacket()
    const exchange = parcel.exchange === 'new' ? number : parcel.exchange
    const copy = carriedOf(number, exchange, parcel, clock.now() + one.restMs)
    copy.restMs = one.restMs
    this.tellSent(number, exchange, parcel, copy.dueAt, packet)
    parcel.sent?.(exchange)
    this.carried.splice(this.carried.indexOf(one) + 1, 0, copy)
    // Made by the hand that holds the original, it begins where that is.
    this.hold(copy, packet)
    this.letGo(packet)
  }

  edit(packet: PacketId, bytes: Uint8Array): void {
    const one = this.find(packet)
    const [item] = scanWhole(bytes)
    if (one === undefined || item === undefined) return
    one.bytes = bytes
    one.kind = kindOf(item)
    this.lab.journal.emit({ type: 'packet.edited', packet, kind: one.kind, bytes })
  }

  private tellSent(
    packet: PacketId,
    exchange: ExchangeId,
    parcel: Parcel,
    dueAt: SimMs,
    copyOf: PacketId | null,
  ): void {
    this.lab.journal.emit({
      type: 'packet.sent',
      packet,
      exchange,
      kind: parcel.kind,
      from: parcel.from ?? this.from,
      to: parcel.to ?? this.to,
      connection: this.connection,
      dueAt: toMicroseconds(dueAt),
      bytes: parcel.bytes,
      copyOf,
    })
  }

  private stopFor(
    packet: PacketId,
    exchange: ExchangeId,
    parcel: Parcel,
    dueAt: SimMs,
  ): Stop | undefined {
    const now = this.lab.clock.now()
    const sent = sentPacket({
      id: packet,
      exchange,
      kind: parcel.kind,
      from: parcel.from ?? this.from,
      to: parcel.to ?? this.to,
      connection: this.connection,
      bytes: parcel.bytes,
      sentAt: now,
      dueAt,
    })
    return this.lab.holds.match({ ...sent, pieces: parcel.pieces })
  }

  /** On its way to the middle, where it may have to stop. */
  private come(one: Carried, now: SimMs): void {
    const wayMs = one.dueAt - now
    one.restMs = wayMs * (1 - HOLD_AT)
    if (wayMs === 0) this.reachMiddle(one)
    else one.timer = this.lab.clock.schedule(wayMs * HOLD_AT, () => this.reachMiddle(one))
  }

  /** Where rounding brings it there before one that is in front of it, that one goes first. */
  private reachMiddle(one: Carried): void {
    for (const next of this.carried.slice(0, this.carried.indexOf(one) + 1)) {
      if (next.stage !== 'coming') continue
      this.stopTimer(next)
      if (next.stop && !this.lab.holds.stands(next.stop)) next.stop = undefined
      const behind = next.stop ? undefined : this.blockerOf(next)
      if (next.stop || behind !== undefined) this.hold(next, behind)
      else this.leave(next)
    }
  }

  private hold(one: Carried, behind: PacketId | undefined): void {
    one.stage = 'held'
    one.behind = behind
    this.lab.holds.held(one.packet, this)
    this.tellHeld(one.packet, one.stop?.breakpoint ?? null, behind ?? null)
  }

  private tellHeld(
    packet: PacketId,
    breakpoint: BreakpointId | null,
    behind: PacketId | null,
  ): void {
    this.lab.journal.emit({ type: 'packet.held', packet, breakpoint, behind, progress: HOLD_AT })
  }

  /** After a change by hand: who is held by nothing any more goes on, and who waits behind another one says so. */
  private settle(): void {
    let blocker: PacketId | undefined
    for (const one of [...this.carried]) {
      if (one.stage !== 'held') continue
      if (one.stop) blocker = one.packet
      else if (blocker === undefined) this.leave(one)
      else if (one.behind !== blocker) this.hold(one, blocker)
    }
  }

  /** On to the end, never before the one in front. */
  private leave(one: Carried, front = this.carried[this.carried.indexOf(one) - 1]): void {
    const { clock, holds, journal } = this.lab
    const { packet } = one
    const now = clock.now()
    const earliest = Math.max(now, front?.dueAt ?? 0)
    if (one.stage === 'held') {
      holds.ended(packet)
      one.dueAt = Math.max(now + one.restMs, earliest)
      journal.emit({ type: 'packet.released', packet, dueAt: toMicroseconds(one.dueAt) })
    } else if (one.dueAt < earliest) {
      // Slower from the middle on than it had set out, because the one in front was held.
      one.dueAt = earliest
      if (front && toMicroseconds(earliest) > toMicroseconds(now)) {
        this.tellHeld(packet, null, front.packet)
        journal.emit({ type: 'packet.released', packet, dueAt: toMicroseconds(earliest) })
      }
    }
    one.stage = 'leaving'
    one.behind = undefined
    this.lastDueAt = Math.max(this.lastDueAt, one.dueAt)
    one.timer = clock.schedule(Math.max(0, one.dueAt - now), () => this.arrive(one))
  }

  private arrive(one: Carried): void {
    let first: Carried | undefined
    do {
      // Where rounding makes one due before one that is in front of it, that one goes first.
      first = this.carried.shift()
      if (first === undefined) return
      if (first !== one) this.stopTimer(first)
      first.parcel.handOver(first.packet, first.exchange, first.bytes)
    } while (first !== one)
  }

  /** What holds up this packet: the nearest one in front that a breakpoint holds. */
  private blockerOf(one: Carried): PacketId | undefined {
    for (let place = this.carried.indexOf(one) - 1; place >= 0; place--) {
      const other = this.carried[place]
      if (other?.stage === 'held' && other.stop) return other.packet
    }
    return undefined
  }

  private checkFirst(packet: PacketId): void {
    const one = this.find(packet)
    const blocker = one && this.blockerOf(one)
    if (blocker === undefined) return
    throw new CommandError(
      `Packet ${packet} waits behind packet ${blocker}, which is held: release or drop that one first.`,
    )
  }

  private find(packet: PacketId): Carried | undefined {
    return this.carried.find((one) => one.packet === packet)
  }

  private forget(one: Carried): void {
    this.stopTimer(one)
    if (one.stage === 'held') this.lab.holds.ended(one.packet)
  }

  private stopTimer(one: Carried): void {
    if (one.timer) this.lab.clock.cancel(one.timer)
    one.timer = undefined
  }
}

function carriedOf(packet: PacketId, exchange: ExchangeId, parcel: Parcel, dueAt: SimMs): Carried {
  return {
    packet,
    exchange,
    parcel,
    kind: parcel.kind,
    bytes: parcel.bytes,
    stage: 'coming',
    stop: undefined,
    behind: undefined,
    restMs: 0,
    dueAt,
    timer: undefined,
  }
}
