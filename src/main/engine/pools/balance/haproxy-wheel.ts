// HAProxy's wheel of servers, and everything that can happen to it (lb_fwrr.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { ChosenServer, Member } from './algorithm'
import { marksAmong, memberAt } from './places'
import { firstIn, itemsIn, type Sorted, sorted, withItem, withoutFirst } from './sorted'

/** HAProxy's most effective weight, how much of it one unit of weight is, and its range of weights. */
const FULL_WEIGHT = 4_096
export const WEIGHT_UNIT = 16
const WEIGHT_RANGE = 256

/** A server. Names are HAProxy's. */
interface Slot {
  readonly id: ProtocolId
  readonly place: number
  /** The effective weight. */
  readonly eweight: number
  /** Sorts its list. */
  readonly key: number
  /** The position at which it is due; 0: it was never used. In `next`, counted from the beginning of the next turn. */
  readonly npos: number
  readonly lpos: number
  /** The remainder of its period. */
  readonly rweight: number
}

type List = 'init' | 'current' | 'next' | 'away'

export interface Wheel {
  readonly ids: readonly ProtocolId[]
  /** Not used yet in this turn of the wheel, the heaviest first. */
  readonly init: Sorted<Slot>
  /** Due in this turn. */
  readonly current: Sorted<Slot>
  /** Due in the next one. */
  readonly next: Sorted<Slot>
  /** Cannot be used. */
  readonly away: readonly Slot[]
  readonly position: number
  readonly currentWeight: number
  /** The sum of the effective weights of all that can be used. */
  readonly nextWeight: number
  /** Before the first choice, every change is as if the wheel had begun with it. */
  readonly turned: boolean
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export function begun(
  members: readonly Pick<Member, 'id' | 'weight'>[],
  usable: readonly Member[],
): Wheel {
  const ids = members.map(({ id }) => id)
  const marksOf = marksAmong(ids)
  const marks = marksOf(usable)
  const used: Slot[] = []
  const away: Slot[] = []
  let nextWeight = 0
  for (const [place, { id, weight }] of members.entries()) {
    const slot = newSlot(id, place, weight)
    if (marks[place] === 1) {
      used.push(slot)
      nextWeight += slot.eweight
    } else away.push(slot)
  }
  const [position, currentWeight] = [nextWeight, nextWeight]
  const lists = { init: sorted(used), current: [], next: [], away }
  return { ids, ...lists, position, currentWeight, nextWeight, turned: false, marksOf }
}

/** Whole, as in HAProxy; Envoy's slow start knows shares in between. */
function effectiveOf(weight: number): number {
  return Math.max(1, Math.round(weight * WEIGHT_UNIT))
}

function newSlot(id: ProtocolId, place: number, weight: number): Slot {
  const eweight = effectiveOf(weight)
  return { id, place, eweight, key: FULL_WEIGHT - eweight, npos: 0, lpos: 0, rweight: 0 }
}

/** One change of a wheel: a copy that is written to until it is done. Lists are replaced, not changed. */
export class Turning {
  private ids: readonly ProtocolId[]
  private init: Sorted<Slot>
  private current: Sorted<Slot>
  private next: Sorted<Slot>
  private away: readonly Slot[]
  private position: number
  private currentWeight: number
  private nextWeight: number
  private turned: boolean
  private marksOf: (available: readonly Member[]) => Uint8Array

  constructor(wheel: Wheel) {
    this.ids = wheel.ids
    this.init = wheel.init
    this.current = wheel.current
    this.next = wheel.next
    this.away = wheel.away
    this.position = wheel.position
    this.currentWeight = wheel.currentWeight
    this.nextWeight = wheel.nextWeight
    this.turned = wheel.turned
    this.marksOf = wheel.marksOf
  }

  done(): Wheel {
    const { ids, init, current, next, away } = this
    const { position, currentWeight, nextWeight, turned, marksOf } = this
    return { ids, init, current, next, away, position, currentWeight, nextWeight, turned, marksOf }
  }

  choose(available: readonly Member[]): ChosenServer<Wheel> {
    const marks = this.marksOf(available)
    const chosen = this.turn(marks)
    // Nobody on the wheel is left: a last resort, which the wheel does not know.
    const place = chosen?.place ?? marks.indexOf(1)
    const { position, nextWeight: total } = this
    return {
      server: memberAt(this.ids, place),
      memory: this.done(),
      reason: () => ({
        by: 'haproxy-round-robin',
        position: chosen ? position - 1 : position,
        due: chosen?.lpos ?? position,
        again: chosen?.npos ?? position,
        weight: chosen?.eweight ?? total,
        total,
      }),
    }
  }

  /** Every server on it is full. */
  passAll(): void {
    this.turn(new Uint8Array(this.ids.length))
  }

  /** fwrr_get_next_server. Servers that were tried consume their turn, as full ones do. */
  private turn(marks: Uint8Array): Slot | undefined {
    const passed: Slot[] = []
    let switched = false
    let chosen: Slot | undefined
    this.turned = true
    for (;;) {
      if (this.currentWeight === 0) {
        this.currentWeight = this.nextWeight
        this.position = this.nextWeight
      }
      let first = this.takeFirst()
      if (first === undefined && !switched) {
        switched = true
        this.switchLists()
        first = this.takeFirst()
      }
      if (first === undefined) break
      const advanced = this.advanced(first)
      this.position++
      if (marks[first.place] === 1) {
        chosen = advanced
        break
      }
      passed.push(advanced)
    }
    if (chosen) this.queue(chosen)
    for (const slot of passed.reverse()) {
      if (switched) this.init = withItem(this.init, byWeight(slot))
      else this.queue(slot)
    }
    return chosen
  }

  /** Who joins is due after about its own period; who has another weight, not later than before. */
  setMembers(members: readonly Member[]): void {
    this.ids = members.map(({ id }) => id)
    this.marksOf = marksAmong(this.ids)
    const joining = new Map(members.map((member, place) => [member.id, { member, place }]))
    const changed: (() => void)[] = []
    const staying = (slots: readonly Slot[], list: List) =>
      slots.flatMap((slot) => {
        const found = joining.get(slot.id)
        joining.delete(slot.id)
        if (found === undefined) {
          if (list !== 'away') this.nextWeight -= slot.eweight
          return []
        }
        const moved = { ...slot, place: found.place }
        const eweight = effectiveOf(found.member.weight)
        if (eweight !== slot.eweight) changed.push(() => this.setWeight(list, moved, eweight))
        return [moved]
      })
    this.init = sorted(staying(itemsIn(this.init), 'init'))
    this.current = sorted(staying(itemsIn(this.current), 'current'))
    this.next = sorted(staying(itemsIn(this.next), 'next'))
    this.away = staying(this.away, 'away')
    for (const change of changed) change()
    for (const { member, place } of joining.values()) {
      this.goUp(newSlot(member.id, place, member.weight))
    }
  }

  setUsable(available: readonly Member[]): void {
    const marks = this.marksOf(available)
    const isUp = ({ place }: Slot) => marks[place] === 1
    const back = this.away.filter(isUp)
    const gone = [this.init, this.current, this.next].flat(2).filter((slot) => !isUp(slot))
    for (const { eweight } of gone) this.nextWeight -= eweight
    this.init = sorted(itemsIn(this.init).filter(isUp))
    this.current = sorted(itemsIn(this.current).filter(isUp))
    this.next = sorted(itemsIn(this.next).filter(isUp))
    this.away = [...this.away.filter((slot) => !isUp(slot)), ...gone]
    for (const slot of back) this.goUp(slot)
  }

  /** fwrr_update_server_weight. */
  private setWeight(list: List, slot: Slot, eweight: number): void {
    if (list === 'away') {
      this.away = this.away.map((other) => (other === slot ? { ...slot, eweight } : other))
      return
    }
    this[list] = sorted(itemsIn(this[list]).filter((other) => other !== slot))
    this.nextWeight += eweight - slot.eweight
    if (list === 'init') {
      this.init = withItem(this.init, byWeight({ ...slot, eweight }))
      return
    }
    const due = list === 'current' ? slot.npos : slot.npos + this.currentWeight
    const step = Math.floor(this.nextWeight / eweight)
    const sooner = Math.min(slot.lpos + step, due)
    const npos = sooner < this.position + 2 ? this.position + step : sooner
    this.queue({ ...slot, eweight, npos, rweight: 0 })
  }

  /** fwrr_set_server_status_up. */
  private goUp(slot: Slot): void {
    this.nextWeight += slot.eweight
    // Unsigned, as in HAProxy: where the sum has shrunk a lot, the server waits for the next turn of the wheel.
    const left = (this.nextWeight + this.currentWeight - this.position) >>> 0
    this.queue({ ...slot, npos: this.position + Math.floor(left / slot.eweight) })
  }

  /** fwrr_get_server_from_group: who is due now; else who was not used yet; else who is due soonest. */
  private takeFirst(): Slot | undefined {
    const due = firstIn(this.current)
    const unused = firstIn(this.init)
    if (unused === undefined || (due && due.npos <= this.position)) {
      this.current = withoutFirst(this.current)
      return due
    }
    this.init = withoutFirst(this.init)
    const { id, place, eweight, key, lpos } = unused
    return { id, place, eweight, key, npos: 0, lpos, rweight: 0 }
  }

  private switchLists(): void {
    const { init } = this
    this.init = this.next
    this.next = init
    this.currentWeight = this.nextWeight
    this.position = this.nextWeight
  }

  /** fwrr_update_position. */
  private advanced(slot: Slot): Slot {
    const { id, place, npos, eweight, key, rweight } = slot
    const lpos = npos === 0 ? this.position : npos
    const rest = rweight + (this.nextWeight % eweight)
    const isOver = rest >= eweight
    return {
      id,
      place,
      eweight,
      key,
      npos: lpos + Math.floor(this.nextWeight / eweight) + (isOver ? 1 : 0),
      lpos,
      rweight: isOver ? rest - eweight : rest,
    }
  }

  /** fwrr_queue_srv: what does not fit into this turn of the wheel waits for the next one. */
  private queue(slot: Slot): void {
    const { id, place, npos, lpos, rweight, eweight } = slot
    const { currentWeight, nextWeight } = this
    if (npos >= 2 * currentWeight || npos >= currentWeight + nextWeight) {
      const later = { id, place, eweight, key: 0, npos: npos - currentWeight, lpos, rweight }
      this.next = withItem(this.next, byWeight(later))
      return
    }
    const part = Math.floor((FULL_WEIGHT + rweight - eweight) / WEIGHT_UNIT)
    const key = WEIGHT_RANGE * npos + part
    this.current = withItem(this.current, { id, place, eweight, key, npos, lpos, rweight })
  }
}

/** In `init` and `next`, the heaviest come first. */
function byWeight({ id, place, eweight, npos, lpos, rweight }: Slot): Slot {
  return { id, place, eweight, key: FULL_WEIGHT - eweight, npos, lpos, rweight }
}
