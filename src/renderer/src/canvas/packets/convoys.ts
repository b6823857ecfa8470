// Packets that were sent together on one link, in one direction: they would cover each other all the way. They are drawn
// as a convoy, whose gaps close until all arrive.
import type { PacketId } from '../../../../shared/ids'
import type { Leg } from '../../../../shared/state/leg'

/** Packets are together if they are no further apart than this part of their way: much less than their width. */
const TOGETHER = 0.02
/** From this number on, a packet begins a new convoy. */
const MOST = 24
/** The part of the link between two packets of a convoy that has just set out, and between its ends. */
const GAP = 0.08
const LONGEST = 0.5

interface Member {
  readonly slot: number
  readonly id: PacketId
}

/** The last convoy on each link and direction. */
export class Convoys {
  private readonly convoys = new Map<number, { leg: Leg; members: Member[] }>()

  /** The members of the convoy that a packet joins by being sent, from the front; it is the last one. */
  join(lane: number, leg: Leg, member: Member): readonly Member[] {
    const convoy = this.convoys.get(lane)
    if (convoy && convoy.members.length < MOST && areTogether(convoy.leg, leg)) {
      convoy.members.push(member)
      return convoy.members
    }
    const members = [member]
    this.convoys.set(lane, { leg, members })
    return members
  }

  clear(): void {
    this.convoys.clear()
  }
}

function areTogether(one: Leg, other: Leg): boolean {
  const most = TOGETHER * (one.dueAt - one.legAt)
  return Math.abs(other.legAt - one.legAt) <= most && Math.abs(other.dueAt - one.dueAt) <= most
}

/** Where a member is drawn whose way is done to `fraction` (0 to 1): ahead of the last one, and at the end with it. */
export function placeInConvoy(fraction: number, index: number, size: number): number {
  const gap = Math.min(GAP, LONGEST / Math.max(1, size - 1))
  return fraction + (1 - fraction) * (size - 1 - index) * gap
}
