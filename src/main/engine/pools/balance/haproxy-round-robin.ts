// Weighted round-robin as HAProxy has it: a wheel that turns one position with each choice. Each server is due again
// after its own period, which is the sum of the weights divided by its own (lb_fwrr.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Choice, Member } from './algorithm'
import { idsOf, marksIn, memberAt } from './places'

/** HAProxy's most effective weight, how much of it one unit of weight is, and its range of weights. */
const FULL_WEIGHT = 4_096
const WEIGHT_UNIT = 16
const WEIGHT_RANGE = 256

/**
 * Where a server waits. `current`: it is due in this turn of the wheel. The two others change roles with each turn: one has
 * those that were not used yet in this turn, the other those that are due in the next one.
 */
type Tree = 'one' | 'other' | 'current' | 'none'

/** A server on the wheel. Names are HAProxy's. */
interface Slot {
  readonly id: ProtocolId
  /** The effective weight. */
  readonly eweight: number
  readonly tree: Tree
  /** Sorts its tree; among equal keys, who came first is first. */
  readonly key: number
  readonly since: number
  /** The position at which it is due; 0: it was never used. */
  readonly npos: number
  readonly lpos: number
  /** The remainder of its period. */
  readonly rweight: number
}

interface Wheel {
  readonly ids: readonly ProtocolId[]
  readonly slots: readonly Slot[]
  readonly init: 'one' | 'other'
  readonly position: number
  readonly currentWeight: number
  /** The sum of the effective weights of all that can be used. */
  readonly nextWeight: number
  readonly lastSince: number
  /** Before the first choice, every change is as if the wheel had begun with it. */
  readonly turned: boolean
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export const haproxyRoundRobin: Algorithm<Wheel> = {
  name: 'haproxy-round-robin',
  hasTurn: true,

  begin: (members) => begun(members, members),

  choose: (available, memory) => new Turning(memory).choose(available),

  changed(members, memory) {
    if (!memory.turned) return begun(members, members)
    const turning = new Turning(memory)
    turning.setMembers(members)
    return turning.done()
  },

  usable(available, memory) {
    const turning = new Turning(memory)
    if (!memory.turned) return turning.begunWith(available)
    turning.setUsable(available)
    return turning.done()
  },
}

function begun(
  members: readonly Pick<Member, 'id' | 'weight'>[],
  usable: readonly Member[],
): Wheel {
  const ids = members.map(({ id }) => id)
  const marksOf = marksIn(ids)
  const marks = marksOf(usable)
  let nextWeight = 0
  const slots = members.map(({ id, weight }, place): Slot => {
    const eweight = weight * WEIGHT_UNIT
    const isUsable = marks[place] === 1
    if (isUsable) nextWeight += eweight
    return {
      id,
      eweight,
      tree: isUsable ? 'one' : 'none',
      key: FULL_WEIGHT - eweight,
      since: place,
      npos: 0,
      lpos: 0,
      rweight: 0,
    }
  })
  return {
    ids,
    slots,
    init: 'one',
    position: nextWeight,
    currentWeight: nextWeight,
    nextWeight,
    lastSince: members.length,
    turned: false,
    marksOf,
  }
}

function isBefore(one: Slot, other: Slot): boolean {
  return one.key === other.key ? one.since < other.since : one.key < other.key
}

/** One change of a wheel: a copy that is written to until it is done. */
class Turning {
  private ids: readonly ProtocolId[]
  private slots: Slot[]
  private init: 'one' | 'other'
  private position: number
  private currentWeight: number
  private nextWeight: number
  private lastSince: number
  private turned: boolean
  private marksOf: (available: readonly Member[]) => Uint8Array

  constructor(wheel: Wheel) {
    this.ids = wheel.ids
    this.slots = wheel.slots.slice()
    this.init = wheel.init
    this.position = wheel.position
    this.currentWeight = wheel.currentWeight
    this.nextWeight = wheel.nextWeight
    this.lastSince = wheel.lastSince
    this.turned = wheel.turned
    this.marksOf = wheel.marksOf
  }

  done(): Wheel {
    const { ids, slots, init, position, currentWeight, nextWeight, lastSince, turned, marksOf } =
      this
    return { ids, slots, init, position, currentWeight, nextWeight, lastSince, turned, marksOf }
  }

  /** fwrr_get_next_server. Servers that were tried consume their turn, as full ones do. */
  choose(available: readonly Member[]): Choice<Wheel> {
    const marks = this.marksOf(available)
    const passed: number[] = []
    let switched = false
    let place: number
    this.turned = true
    for (;;) {
      if (this.currentWeight === 0) {
        this.currentWeight = this.nextWeight
        this.position = this.nextWeight
      }
      place = this.first()
      if (place < 0 && !switched) {
        switched = true
        this.switchTrees()
        place = this.first()
      }
      if (place < 0) break
      this.advance(place)
      this.position++
      if (marks[place] === 1) break
      passed.push(place)
    }
    const isOnWheel = place >= 0
    if (isOnWheel) this.queue(place)
    for (const other of passed.reverse()) {
      if (switched) this.queueByWeight(other, this.init)
      else this.queue(other)
    }
    // All on the wheel were tried: a last resort, which the wheel does not know.
    if (!isOnWheel) place = marks.indexOf(1)
    const { id, eweight, npos, lpos, tree } = memberAt(this.slots, place)
    return {
      server: id,
      memory: this.done(),
      reason: {
        by: 'haproxy-round-robin',
        position: isOnWheel ? this.position - 1 : this.position,
        due: lpos,
        again: tree === 'current' ? npos : npos + this.currentWeight,
        weight: eweight,
        total: this.nextWeight,
      },
    }
  }

  /** Before the first choice: the servers that the wheel begins with. */
  begunWith(usable: readonly Member[]): Wheel {
    const members = this.slots.map(({ id, eweight }) => ({ id, weight: eweight / WEIGHT_UNIT }))
    return begun(members, usable)
  }

  /** Who joins is not on the wheel before it can be used. */
  setMembers(members: readonly Member[]): void {
    const before = new Map(this.slots.map((slot) => [slot.id, slot]))
    const staying = new Set(idsOf(members))
    for (const { id, tree, eweight } of this.slots) {
      if (!staying.has(id) && tree !== 'none') this.nextWeight -= eweight
    }
    this.ids = idsOf(members)
    this.marksOf = marksIn(this.ids)
    this.slots = members.map(({ id, weight }): Slot => {
      const eweight = weight * WEIGHT_UNIT
      const known = before.get(id)
      if (known) return known
      return { id, eweight, tree: 'none', key: 0, since: 0, npos: 0, lpos: 0, rweight: 0 }
    })
    for (const [place, { weight }] of members.entries()) {
      this.setWeight(place, weight * WEIGHT_UNIT)
      if (!before.has(memberAt(members, place).id)) this.goUp(place)
    }
  }

  setUsable(available: readonly Member[]): void {
    const marks = this.marksOf(available)
    for (let place = 0; place < this.slots.length; place++) {
      const isUp = memberAt(this.slots, place).tree !== 'none'
      if (isUp && marks[place] === 0) this.goDown(place)
      else if (!isUp && marks[place] === 1) this.goUp(place)
    }
  }

  /** fwrr_update_server_weight: it is not due later than before. */
  private setWeight(place: number, eweight: number): void {
    const slot = memberAt(this.slots, place)
    if (slot.eweight === eweight) return
    this.change(place, { eweight })
    if (slot.tree === 'none') return
    this.nextWeight += eweight - slot.eweight
    if (slot.tree === this.init) {
      this.queueByWeight(place, this.init)
      return
    }
    const due = slot.tree === 'current' ? slot.npos : slot.npos + this.currentWeight
    const step = Math.floor(this.nextWeight / eweight)
    const npos = Math.min(slot.lpos + step, due)
    this.change(place, {
      npos: npos < this.position + 2 ? this.position + step : npos,
      rweight: 0,
    })
    this.queue(place)
  }

  /** fwrr_set_server_status_up: it waits for about its own period. */
  private goUp(place: number): void {
    const { eweight } = memberAt(this.slots, place)
    this.nextWeight += eweight
    // Unsigned, as in HAProxy: where the sum has shrunk a lot, the server waits for the next turn of the wheel.
    const left = (this.nextWeight + this.currentWeight - this.position) >>> 0
    this.change(place, { npos: this.position + Math.floor(left / eweight) })
    this.queue(place)
  }

  private goDown(place: number): void {
    this.nextWeight -= memberAt(this.slots, place).eweight
    this.change(place, { tree: 'none' })
  }

  /** fwrr_get_server_from_group: who is due now; else who was not used yet; else who is due soonest. -1: nobody. */
  private first(): number {
    const { slots, init } = this
    let due: Slot | undefined
    let unused: Slot | undefined
    let dueAt = -1
    let unusedAt = -1
    for (let place = 0; place < slots.length; place++) {
      const slot = memberAt(slots, place)
      if (slot.tree === 'current') {
        if (due !== undefined && isBefore(due, slot)) continue
        due = slot
        dueAt = place
      } else if (slot.tree === init) {
        if (unused !== undefined && isBefore(unused, slot)) continue
        unused = slot
        unusedAt = place
      }
    }
    if (unused === undefined || (due && due.npos <= this.position)) return dueAt
    this.change(unusedAt, { npos: 0, rweight: 0 })
    return unusedAt
  }

  private switchTrees(): void {
    this.init = this.init === 'one' ? 'other' : 'one'
    this.currentWeight = this.nextWeight
    this.position = this.nextWeight
  }

  /** fwrr_update_position, and the server is taken out of its tree meanwhile. */
  private advance(place: number): void {
    const { npos, eweight, rweight } = memberAt(this.slots, place)
    const lpos = npos === 0 ? this.position : npos
    const rest = rweight + (this.nextWeight % eweight)
    const isOver = rest >= eweight
    this.change(place, {
      tree: 'none',
      lpos,
      npos: lpos + Math.floor(this.nextWeight / eweight) + (isOver ? 1 : 0),
      rweight: isOver ? rest - eweight : rest,
    })
  }

  /** fwrr_queue_srv: what does not fit into this turn of the wheel waits for the next one. */
  private queue(place: number): void {
    const { npos, rweight, eweight } = memberAt(this.slots, place)
    const { currentWeight, nextWeight } = this
    if (npos >= 2 * currentWeight || npos >= currentWeight + nextWeight) {
      this.change(place, { npos: npos - currentWeight })
      this.queueByWeight(place, this.init === 'one' ? 'other' : 'one')
      return
    }
    const part = Math.floor((FULL_WEIGHT + rweight - eweight) / WEIGHT_UNIT)
    this.change(place, {
      tree: 'current',
      key: WEIGHT_RANGE * npos + part,
      since: ++this.lastSince,
    })
  }

  private queueByWeight(place: number, tree: Tree): void {
    const { eweight } = memberAt(this.slots, place)
    this.change(place, { tree, key: FULL_WEIGHT - eweight, since: ++this.lastSince })
  }

  private change(place: number, changes: Partial<Slot>): void {
    this.slots[place] = { ...memberAt(this.slots, place), ...changes }
  }
}
