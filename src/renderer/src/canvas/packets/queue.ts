// The places of held packets on one link in one direction: the first where it stopped, the others in a row behind it,
// so that each can be seen.

/** The part of the link between two held packets: a packet's width, less where there are many. */
const SPACING = 0.055
/** The largest part of the way to the first packet that the queue may occupy. */
const ROOM = 0.9
/** From this index on, all packets of a queue have one place. */
const TOLD_APART = 24

/** The distance between neighbours, where `count` packets are held at `progress` (0 to 1) of the way. */
function spacing(progress: number, count: number): number {
  const waiting = Math.min(Math.max(count - 1, 1), TOLD_APART)
  return Math.min(SPACING, (ROOM * progress) / waiting)
}

/** The place, 0 to 1, of the packet at `index` of the `count` held there. */
export function placeInQueue(progress: number, index: number, count: number): number {
  return progress - Math.min(index, TOLD_APART) * spacing(progress, count)
}

/** The place of a packet that arrives behind the last held one, at `last`, before its own hold event. */
export function behindQueue(last: number): number {
  return Math.max(0, last - SPACING / 2)
}
