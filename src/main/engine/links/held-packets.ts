// The packets that links hold, and what a person can do with each of them.
import type { PacketId } from '../../../shared/ids'
import { CommandError } from '../command-error'
import { scanWhole } from '../protocol/scan'
import type { Journal } from '../story/journal'

/** Holds packets on one link. Throws a CommandError if a packet does not allow what is asked. */
export interface Holder {
  release(packet: PacketId): void
  /** Lets the packet move on as soon as none in front is held; never throws. */
  removeStop(packet: PacketId): void
  drop(packet: PacketId): void
  duplicate(packet: PacketId): void
  replaceBytes(packet: PacketId, bytes: Uint8Array): void
}

export class HeldPackets {
  private readonly holders = new Map<PacketId, Holder>()

  constructor(private readonly journal: Journal) {}

  /** Called by a holder when it has stopped a packet, for any reason. */
  add(packet: PacketId, holder: Holder): void {
    this.holders.set(packet, holder)
  }

  /** Called when a packet is no longer held. */
  delete(packet: PacketId): void {
    this.holders.delete(packet)
  }

  release(packet: PacketId): void {
    this.holderOf(packet).release(packet)
  }

  releaseAll(): void {
    for (const [packet, holder] of [...this.holders]) holder.removeStop(packet)
  }

  drop(packet: PacketId): void {
    this.holderOf(packet).drop(packet)
  }

  /** Releases the packet, and a copy right behind it. */
  duplicate(packet: PacketId): void {
    this.holderOf(packet).duplicate(packet)
  }

  /** Replaces the packet's bytes by one message, or by bytes that are not a message. */
  edit(packet: PacketId, bytes: Uint8Array): void {
    const holder = this.holderOf(packet)
    const { length } = scanWhole(bytes)
    if (length === 0) {
      throw new CommandError(
        'There is nothing in these bytes but white space: drop the packet instead.',
      )
    }
    if (length > 1) {
      throw new CommandError(
        `These bytes are ${length} messages, one after another: a packet carries one.`,
      )
    }
    // A copy, because the caller may reuse its bytes.
    holder.replaceBytes(packet, new Uint8Array(bytes))
  }

  private holderOf(packet: PacketId): Holder {
    const holder = this.holders.get(packet)
    if (holder) return holder
    throw new CommandError(`Packet ${packet} is not held: ${this.whereIs(packet)}.`)
  }

  private whereIs(packet: PacketId): string {
    const { inFlight, packets } = this.journal.state
    if (inFlight.has(packet)) return 'it is on its way'
    if (packet > packets.end) return 'no such packet has been sent'
    switch (packets.at(packet - 1)?.status) {
      case 'delivered':
        return 'it has arrived'
      case 'dropped':
        return 'it was lost'
      default:
        return 'it is no longer in the list'
    }
  }
}
