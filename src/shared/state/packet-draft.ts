// The packets of a state while a batch of events is applied to it: those that are kept, and those in flight.
import type { LabEvent } from '../events'
import type { PacketId } from '../ids'
import { PACKET_HISTORY_BYTES } from '../limits'
import { DraftMap } from './draft-map'
import type { PagedListEdit } from './paged-list'
import type { Packet, State } from './state'

type PacketParts = Pick<State, 'packets' | 'firstPacket' | 'packetBytes' | 'inFlight'>

export class PacketDraft {
  private readonly packets: PagedListEdit<Packet>
  /** Packets of earlier batches. Those of this batch are found in `packets`: most are delivered before it ends. */
  private readonly earlierInFlight: DraftMap<PacketId, Packet>
  /** The packets of this batch have higher numbers; they are its own objects. */
  private readonly lastBefore: PacketId
  /** How many of them are in flight. */
  private newInFlightCount = 0
  private firstPacket: number
  private packetBytes: number

  constructor(
    state: PacketParts,
    private readonly history: number,
  ) {
    this.packets = state.packets.edit()
    this.earlierInFlight = new DraftMap(state.inFlight)
    this.lastBefore = state.packets.end
    this.firstPacket = state.firstPacket
    this.packetBytes = state.packetBytes
  }

  add(packet: Packet): void {
    this.packets.push(packet)
    this.packetBytes += packet.bytes.length
    if (packet.status === 'flying') this.newInFlightCount++
  }

  get(id: PacketId): Packet | undefined {
    return this.packets.at(id - 1)
  }

  /** Returns a packet in flight that this batch may change; the list of packets has the same object. */
  editInFlight(id: PacketId): Packet | undefined {
    if (id > this.lastBefore) {
      const packet = this.get(id)
      return packet?.status === 'flying' ? packet : undefined
    }
    const packet = this.earlierInFlight.edit(id)
    if (packet && this.get(id) !== packet) this.packets.set(id - 1, packet)
    return packet
  }

  /** Returns a packet of the list, in flight or not, that this batch may change. */
  edit(id: PacketId): Packet | undefined {
    if (id > this.lastBefore) return this.get(id)
    const inFlight = this.editInFlight(id)
    if (inFlight) return inFlight
    const packet = this.get(id)
    if (packet === undefined) return undefined
    const copy = { ...packet }
    this.packets.set(id - 1, copy)
    return copy
  }

  /** A person has edited a packet in flight. */
  replaceBytes({ packet: id, kind, bytes }: Extract<LabEvent, { type: 'packet.edited' }>): void {
    const packet = this.editInFlight(id)
    if (packet === undefined) return
    packet.original ??= packet.bytes
    packet.kind = kind
    if (this.get(id) === packet) this.packetBytes += bytes.length - packet.bytes.length
    packet.bytes = bytes
  }

  /** `packet`: one that this batch may change, whose status is no longer `flying`. */
  ended({ id }: Packet): void {
    if (id <= this.lastBefore) this.earlierInFlight.delete(id)
    else this.newInFlightCount--
  }

  /** In order of sending. */
  inFlight(): readonly Packet[] {
    return [...this.earlierInFlight.values(), ...this.newInFlight()]
  }

  clear(): void {
    this.firstPacket = this.packets.clear()
    this.packetBytes = 0
    this.newInFlightCount = 0
    this.earlierInFlight.clear()
  }

  done(): PacketParts {
    for (const packet of this.newInFlight()) this.earlierInFlight.set(packet.id, packet)
    while (
      (this.packets.length > this.history || this.packetBytes > PACKET_HISTORY_BYTES) &&
      this.forgetOldest()
    ) {}
    return {
      packets: this.packets.done(),
      firstPacket: this.firstPacket,
      packetBytes: this.packetBytes,
      inFlight: this.earlierInFlight.done(),
    }
  }

  private *newInFlight(): Iterable<Packet> {
    // Most batches of a busy lab have hundreds of packets, and all of them have arrived.
    if (this.newInFlightCount === 0) return
    for (const packet of this.packets.from(this.lastBefore)) {
      if (packet.status === 'flying') yield packet
    }
  }

  private forgetOldest(): boolean {
    const forgotten = this.packets.dropOldestPage()
    for (const packet of forgotten) this.packetBytes -= packet.bytes.length
    return forgotten.length > 0
  }
}
