// Weighted round-robin as HAProxy has it: a wheel that turns one position with each choice. Each server is due again
// after its own period, which is the sum of the weights divided by its own.
import type { Algorithm } from './algorithm'
import { begun, Turning, WEIGHT_UNIT, type Wheel } from './haproxy-wheel'
import { itemsIn } from './sorted'

export const haproxyRoundRobin: Algorithm<Wheel> = {
  name: 'haproxy-round-robin',
  hasTurn: true,
  givesFreeSlots: true,

  begin: (members) => begun(members, members),

  choose: (available, memory) => new Turning(memory).choose(available),

  /** HAProxy asks the wheel, whose servers are all full, and asks no more while messages wait. */
  queueBegins(memory) {
    const turning = new Turning(memory)
    turning.passAll()
    return turning.done()
  },

  changed(members, memory) {
    if (!memory.turned) return begun(members, members)
    const turning = new Turning(memory)
    turning.setMembers(members)
    return turning.done()
  },

  usable(available, memory) {
    if (!memory.turned) {
      const all = [...itemsIn(memory.init), ...memory.away].sort(
        (one, other) => one.place - other.place,
      )
      return begun(
        all.map(({ id, eweight }) => ({ id, weight: eweight / WEIGHT_UNIT })),
        available,
      )
    }
    const turning = new Turning(memory)
    turning.setUsable(available)
    return turning.done()
  },
}
