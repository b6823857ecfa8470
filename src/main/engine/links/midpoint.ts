// The middle of a link, where breakpoints stop packets and where a person releases, drops, duplicates or edits them.
// Packets behind a held one wait there too: a link keeps its order.
import type { BreakpointId, PacketId, SimMs } from '../../../shared/ids'
import { HOLD_AT } from '../../../shared/limits'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import { kindOf, scanWhole } from '../protocol/scan'
import { toMicroseconds } from '../story/journal'
import type { Holder } from './held-packets'
import type { InTransit } from './in-transit'

/** What a midpoint needs from its link. */
export interface MidpointLink {
  /** In order of sending. */
  readonly packets: readonly InTransit[]
  /** Sends a packet on from the middle, to be handed over at this time. */
  moveOn(one: InTransit, dueAt: SimMs): void
  /** Drops a packet by hand. */
  remove(one: InTransit): void
  /** Reports a removed packet to the link's owner. */
  reportLoss(one: InTransit): void
  /** Puts a copy right behind a packet, at the same position. */
  insertCopy(original: InTransit): InTransit
  stopTimer(one: InTransit): void
}

export class Midpoint implements Holder {
  constructor(
    private readonly lab: Lab,
    private readonly link: MidpointLink,
  ) {}

  /** Moves a packet to the middle, and holds it there if it has to stop or is blocked. */
  approach(one: InTransit, sentAt: SimMs): void {
    const wayMs = one.dueAt - sentAt
    one.restMs = wayMs * (1 - HOLD_AT)
    if (wayMs === 0) this.reached(one)
    else one.timer = this.lab.clock.schedule(wayMs * HOLD_AT, () => this.reached(one))
  }

  /**
   * Lets a packet that has not passed the middle arrive earlier. `earlierMs`: how much earlier it would arrive if it were
   * not held.
   */
  hasten(one: InTransit, dueAt: SimMs, earlierMs: SimMs): void {
    if (one.stage === 'held') {
      one.restMs = Math.max(0, one.restMs - earlierMs * (1 - HOLD_AT))
      return
    }
    const { clock } = this.lab
    const leftMs = one.dueAt - clock.now()
    if (leftMs <= 0 || dueAt >= one.dueAt) return
    const share = (dueAt - clock.now()) / leftMs
    const toMiddleMs = Math.max(0, leftMs - one.restMs) * share
    one.restMs *= share
    one.dueAt = dueAt
    this.link.stopTimer(one)
    one.timer = clock.schedule(toMiddleMs, () => this.reached(one))
  }

  release(packet: PacketId): void {
    this.checkUnblocked(packet)
    this.removeStop(packet)
  }

  removeStop(packet: PacketId): void {
    const one = this.find(packet)
    if (one === undefined) return
    one.stop = undefined
    this.update()
  }

  drop(packet: PacketId): void {
    const one = this.find(packet)
    if (one === undefined) return
    this.link.remove(one)
    this.update()
    this.link.reportLoss(one)
  }

  /** The copy begins where the original is held. */
  duplicate(packet: PacketId): void {
    this.checkUnblocked(packet)
    const one = this.find(packet)
    if (one === undefined) return
    this.hold(this.link.insertCopy(one), packet)
    this.removeStop(packet)
  }

  replaceBytes(packet: PacketId, bytes: Uint8Array): void {
    const one = this.find(packet)
    const [item] = scanWhole(bytes)
    if (one === undefined || item === undefined) return
    one.bytes = bytes
    one.kind = kindOf(item)
    this.lab.journal.emit({ type: 'packet.edited', packet, kind: one.kind, bytes })
  }

  /** If rounding brings a packet here before the one in front, the one in front still goes first. */
  private reached(one: InTransit): void {
    const { packets } = this.link
    for (const next of packets.slice(0, packets.indexOf(one) + 1)) {
      if (next.stage !== 'approaching') continue
      this.link.stopTimer(next)
      if (next.stop && !this.lab.breakpoints.stillStops(next.stop)) next.stop = undefined
      const behind = next.stop ? undefined : this.blockerOf(next)
      if (next.stop || behind !== undefined) this.hold(next, behind)
      else this.pass(next)
    }
  }

  private hold(one: InTransit, behind: PacketId | undefined): void {
    one.stage = 'held'
    one.wasHeld = true
    one.behind = behind
    this.lab.heldPackets.add(one.packet, this)
    this.tellHeld(one.packet, one.stop?.breakpoint ?? null, behind ?? null)
  }

  /** After a release or a drop: unblocked packets move on, the others report which packet they wait behind. */
  private update(): void {
    let blocker: PacketId | undefined
    for (const one of [...this.link.packets]) {
      if (one.stage !== 'held') continue
      if (one.stop) blocker = one.packet
      else if (blocker === undefined) this.resume(one)
      else if (one.behind !== blocker) this.hold(one, blocker)
    }
  }

  private resume(one: InTransit): void {
    const dueAt = Math.max(this.lab.clock.now() + one.restMs, this.earliestDueAt(one))
    this.lab.heldPackets.delete(one.packet)
    this.tellReleased(one.packet, dueAt)
    this.link.moveOn(one, dueAt)
  }

  /** Moves on a packet that does not stop; later than planned if the one in front was held. */
  private pass(one: InTransit): void {
    const earliest = this.earliestDueAt(one)
    const front = this.inFrontOf(one)
    const isLate = toMicroseconds(earliest) > toMicroseconds(this.lab.clock.now())
    if (one.dueAt < earliest && front && isLate) {
      this.tellHeld(one.packet, null, front.packet)
      this.tellReleased(one.packet, earliest)
    }
    this.link.moveOn(one, Math.max(one.dueAt, earliest))
  }

  private earliestDueAt(one: InTransit): SimMs {
    return Math.max(this.lab.clock.now(), this.inFrontOf(one)?.dueAt ?? 0)
  }

  private inFrontOf(one: InTransit): InTransit | undefined {
    return this.link.packets[this.link.packets.indexOf(one) - 1]
  }

  /** The nearest packet in front that a breakpoint holds. */
  private blockerOf(one: InTransit): PacketId | undefined {
    const { packets } = this.link
    for (let index = packets.indexOf(one) - 1; index >= 0; index--) {
      const other = packets[index]
      if (other?.stage === 'held' && other.stop) return other.packet
    }
    return undefined
  }

  private checkUnblocked(packet: PacketId): void {
    const one = this.find(packet)
    const blocker = one && this.blockerOf(one)
    if (blocker === undefined) return
    throw new CommandError(
      `Packet ${packet} waits behind packet ${blocker}, which is held: release or drop that one first.`,
    )
  }

  private find(packet: PacketId): InTransit | undefined {
    return this.link.packets.find((one) => one.packet === packet)
  }

  private tellHeld(
    packet: PacketId,
    breakpoint: BreakpointId | null,
    behind: PacketId | null,
  ): void {
    this.lab.journal.emit({ type: 'packet.held', packet, breakpoint, behind, progress: HOLD_AT })
  }

  private tellReleased(packet: PacketId, dueAt: SimMs): void {
    this.lab.journal.emit({ type: 'packet.released', packet, dueAt: toMicroseconds(dueAt) })
  }
}
