// Which packets are in flight and in which slot each is drawn. Freed slots are used again, so the table
// stays dense; what changed is collected, so that a packet that came and went between two frames costs nothing.
import type { PacketId } from '../../../../shared/ids'
import {
  lookOf,
  MAX_DRAWN,
  NUMBERS_PER_CHANGE,
  type PacketRecord,
  PacketTable,
} from './packet-table'

/** In place of a slot: in flight, but past the number that is drawn. */
const NOT_DRAWN = -1

export interface Ended extends Pick<PacketRecord, 'link' | 'sentAt' | 'dueAt'> {
  slot: number
  look: number
  /** It ended before it could be drawn even once. */
  unseen: boolean
}

export class PacketBook {
  readonly table: PacketTable
  private readonly slots = new Map<PacketId, number>()
  private readonly ids: (PacketId | undefined)[] = []
  private readonly free: number[] = []
  private readonly changed = new Set<number>()
  /** Slots filled since the last `takeChanges`. */
  private readonly fresh = new Set<number>()
  private undrawn = 0

  constructor(capacity = MAX_DRAWN) {
    this.table = new PacketTable(capacity)
  }

  /** Packets in flight, drawn or not. */
  get size(): number {
    return this.slots.size
  }

  /** Packets in flight that are past the number drawn. */
  get notDrawn(): number {
    return this.undrawn
  }

  liveIds(): IterableIterator<PacketId> {
    return this.slots.keys()
  }

  slotOf(id: PacketId): number | undefined {
    const slot = this.slots.get(id)
    return slot === NOT_DRAWN ? undefined : slot
  }

  idAt(slot: number): PacketId | undefined {
    return this.ids[slot]
  }

  linksInUse(): Set<number> {
    const links = new Set<number>()
    for (const slot of this.slots.values()) {
      if (slot !== NOT_DRAWN) links.add(this.table.link[slot] ?? 0)
    }
    return links
  }

  /** Takes in a packet that was sent; one that is known already is left as it is. */
  send(id: PacketId, record: PacketRecord): void {
    if (this.slots.has(id)) return
    const slot = this.free.pop() ?? this.table.end
    if (slot >= this.table.capacity) {
      this.slots.set(id, NOT_DRAWN)
      this.undrawn++
      return
    }
    this.slots.set(id, slot)
    this.ids[slot] = id
    this.table.set(slot, lookOf(record), record.link, record.sentAt, record.dueAt)
    this.changed.add(slot)
    this.fresh.add(slot)
  }

  /** Takes out a packet that arrived or was lost. Undefined: not known, or not drawn. */
  end(id: PacketId): Ended | undefined {
    const slot = this.slots.get(id)
    if (slot === undefined) return undefined
    this.slots.delete(id)
    if (slot === NOT_DRAWN) {
      this.undrawn--
      return undefined
    }
    const { look, link, sentAt, dueAt } = this.table
    const ended = {
      slot,
      look: look[slot] ?? 0,
      link: link[slot] ?? 0,
      sentAt: sentAt[slot] ?? 0,
      dueAt: dueAt[slot] ?? 0,
      unseen: this.fresh.delete(slot),
    }
    this.table.set(slot, 0, 0, 0, 0)
    this.ids[slot] = undefined
    this.free.push(slot)
    this.changed.add(slot)
    return ended
  }

  clear(): void {
    for (let slot = 0; slot < this.table.end; slot++) this.changed.add(slot)
    this.table.clear()
    this.slots.clear()
    this.ids.length = 0
    this.free.length = 0
    this.fresh.clear()
    this.undrawn = 0
  }

  /** The slots that changed since the last call, as numbers for `PacketTable.apply`. */
  takeChanges(): Float64Array {
    const changes = this.records(this.changed)
    this.changed.clear()
    this.fresh.clear()
    return changes
  }

  /** Every packet drawn, for a worker that starts from nothing. */
  everything(): Float64Array {
    return this.records([...this.slots.values()].filter((slot) => slot !== NOT_DRAWN))
  }

  private records(slots: Iterable<number>): Float64Array {
    const { look, link, sentAt, dueAt } = this.table
    const all = [...slots]
    const records = new Float64Array(all.length * NUMBERS_PER_CHANGE)
    let at = 0
    for (const slot of all) {
      records[at++] = slot
      records[at++] = look[slot] ?? 0
      records[at++] = link[slot] ?? 0
      records[at++] = sentAt[slot] ?? 0
      records[at++] = dueAt[slot] ?? 0
    }
    return records
  }
}
