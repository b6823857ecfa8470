// Which packets are in flight, and in which slot each is drawn. Freed slots are reused, so that the table stays dense.
// Changes are collected, so that a packet that was sent and delivered between two frames costs nothing.
import type { PacketKind } from '../../../../shared/events'
import type { PacketId, SimMs } from '../../../../shared/ids'
import { fractionAt, type Leg } from '../../../../shared/state/leg'
import { Convoys } from './convoys'
import {
  LOOK,
  lookOf,
  MAX_DRAWN,
  NUMBERS_PER_CHANGE,
  type PacketRecord,
  PacketTable,
  withRim,
} from './packet-table'
import { placeInQueue } from './queue'

/** In place of a slot: the packet is in flight, but beyond the number that is drawn. */
const NOT_DRAWN = -1

export interface Ended extends Leg {
  slot: number
  link: number
  look: number
  /** Whether it ended before it was drawn once. */
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
  private readonly convoys = new Convoys()
  private undrawn = 0
  /**
   * Held packets that are drawn, with the part of the link that each had travelled, by link and direction, in the order
   * in which they stopped.
   */
  private readonly queues = new Map<number, Map<number, number>>()
  /** Queues that a packet has joined or left since their places were last computed. */
  private readonly stirred = new Set<number>()

  constructor(capacity = MAX_DRAWN) {
    this.table = new PacketTable(capacity)
  }

  /** Packets in flight, drawn or not. */
  get size(): number {
    return this.slots.size
  }

  /** Packets in flight beyond the number that is drawn. */
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

  /** Adds a packet that was sent; a known one is left unchanged. */
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
    const { link, legAt, legFrom, dueAt } = record
    this.table.set(slot, lookOf(record), link, legAt, legFrom, dueAt)
    this.changed.add(slot)
    this.fresh.add(slot)
    if (legFrom === 0) this.joinConvoy(id, slot, record)
  }

  /**
   * Stops it at `progress` (0 to 1) of its way. `glow`: a breakpoint holds it, rather than a held packet in front of
   * it.
   */
  hold(id: PacketId, at: SimMs, progress: number, glow: boolean): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    const { table } = this
    const look = (table.look[slot] ?? 0) & ~LOOK.glow
    table.setLook(slot, look | LOOK.held | (glow ? LOOK.glow : 0))
    table.legAt[slot] = at
    table.legFrom[slot] = progress
    table.setConvoy(slot, 0, 1)
    this.changed.add(slot)
    const key = this.queueOf(slot)
    const queue = this.queues.get(key)
    if (queue) queue.set(slot, progress)
    else this.queues.set(key, new Map([[slot, progress]]))
    this.stirred.add(key)
  }

  /** Lets it continue from where it is drawn. */
  release(id: PacketId, at: SimMs, dueAt: SimMs): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    const { table } = this
    this.leaveQueue(slot)
    table.setLook(slot, (table.look[slot] ?? 0) & ~(LOOK.held | LOOK.glow))
    table.legAt[slot] = at
    table.dueAt[slot] = dueAt
    this.changed.add(slot)
  }

  /** Lets a packet that is not held arrive earlier, from its present place. */
  hasten(id: PacketId, at: SimMs, dueAt: SimMs): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    const { table } = this
    if ((table.look[slot] ?? 0) & LOOK.held) return
    const leg = {
      legAt: table.legAt[slot] ?? 0,
      legFrom: table.legFrom[slot] ?? 0,
      dueAt: table.dueAt[slot] ?? 0,
    }
    table.legFrom[slot] = fractionAt(leg, at)
    table.legAt[slot] = at
    table.dueAt[slot] = dueAt
    this.changed.add(slot)
  }

  /** Sets its kind, which an edit can change. */
  setKind(id: PacketId, kind: PacketKind): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    const flags = (this.table.look[slot] ?? 0) & ~LOOK.kind
    this.setLook(slot, flags | (lookOf({ kind, fromProxy: false, faint: false }) & LOOK.kind))
  }

  setFaint(id: PacketId, faint: boolean): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    const look = this.table.look[slot] ?? 0
    this.setLook(slot, faint ? look | LOOK.faint : look & ~LOOK.faint)
  }

  /** Sets the index of its policy's colour. */
  setRim(id: PacketId, policy: number | undefined): void {
    const slot = this.slotOf(id)
    if (slot === undefined) return
    this.setLook(slot, withRim(this.table.look[slot] ?? 0, policy))
  }

  /** Removes a packet that arrived or was lost. Undefined: it is unknown or not drawn. */
  end(id: PacketId): Ended | undefined {
    const slot = this.slots.get(id)
    if (slot === undefined) return undefined
    this.slots.delete(id)
    if (slot === NOT_DRAWN) {
      this.undrawn--
      return undefined
    }
    this.leaveQueue(slot)
    const { look, link, legAt, legFrom, dueAt } = this.table
    const ended = {
      slot,
      look: look[slot] ?? 0,
      link: link[slot] ?? 0,
      legAt: legAt[slot] ?? 0,
      legFrom: legFrom[slot] ?? 0,
      dueAt: dueAt[slot] ?? 0,
      unseen: this.fresh.delete(slot),
    }
    this.table.set(slot, 0, 0, 0, 0, 0)
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
    this.convoys.clear()
    this.queues.clear()
    this.stirred.clear()
  }

  /**
   * Places the held packets after a batch of events. Not earlier: a queue that is released as a whole continues from
   * where it stood.
   */
  lineUp(): void {
    const { legFrom } = this.table
    for (const key of this.stirred) {
      const queue = this.queues.get(key)
      if (queue === undefined) continue
      let index = 0
      for (const [slot, progress] of queue) {
        const place = placeInQueue(progress, index++, queue.size)
        if (legFrom[slot] === place) continue
        legFrom[slot] = place
        this.changed.add(slot)
      }
    }
    this.stirred.clear()
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

  private joinConvoy(id: PacketId, slot: number, leg: Leg): void {
    const members = this.convoys.join(this.queueOf(slot), leg, { slot, id })
    if (members.length === 1) return
    members.forEach((member, index) => {
      // Others have arrived, or were held and stand in a queue.
      if (this.ids[member.slot] !== member.id) return
      if ((this.table.look[member.slot] ?? 0) & LOOK.held || this.table.legFrom[member.slot]) return
      this.table.setConvoy(member.slot, index, members.length)
      this.changed.add(member.slot)
    })
  }

  private setLook(slot: number, look: number): void {
    if (this.table.look[slot] === look) return
    this.table.setLook(slot, look)
    this.changed.add(slot)
  }

  private queueOf(slot: number): number {
    const fromProxy = (this.table.look[slot] ?? 0) & LOOK.fromProxy
    return (this.table.link[slot] ?? 0) * 2 + (fromProxy ? 1 : 0)
  }

  private leaveQueue(slot: number): void {
    if (((this.table.look[slot] ?? 0) & LOOK.held) === 0) return
    const key = this.queueOf(slot)
    const queue = this.queues.get(key)
    if (queue === undefined) return
    queue.delete(slot)
    if (queue.size === 0) this.queues.delete(key)
    this.stirred.add(key)
  }

  private records(slots: Iterable<number>): Float64Array {
    const { look, link, legAt, legFrom, dueAt, convoyIndex, convoySize } = this.table
    const all = [...slots]
    const records = new Float64Array(all.length * NUMBERS_PER_CHANGE)
    let at = 0
    for (const slot of all) {
      records[at++] = slot
      records[at++] = look[slot] ?? 0
      records[at++] = link[slot] ?? 0
      records[at++] = legAt[slot] ?? 0
      records[at++] = legFrom[slot] ?? 0
      records[at++] = dueAt[slot] ?? 0
      records[at++] = convoyIndex[slot] ?? 0
      records[at++] = convoySize[slot] ?? 1
    }
    return records
  }
}
