// Where packets that are held on one link, on their way in one direction, are drawn: the first one where it stopped,
// those that wait behind it one after another, so that they can be told apart.

/** A part of the link between two that wait: a packet's width, unless there are many. */
const SPACING = 0.055
/** What those that wait may take up of the way to where the first one stands. */
const ROOM = 0.9
/** From this one on they stand in one place. */
const TOLD_APART = 24

/** How far from the one in front, where `count` are held at `progress` (0 to 1) of the way. */
function spacing(progress: number, count: number): number {
  const waiting = Math.min(Math.max(count - 1, 1), TOLD_APART)
  return Math.min(SPACING, (ROOM * progress) / waiting)
}

/** The place, 0 to 1, of the one at `index` of `count` that are held there. */
export function placeInQueue(progress: number, index: number, count: number): number {
  return progress - Math.min(index, TOLD_APART) * spacing(progress, count)
}

/** Where those wait that come next and have not been told to stop yet: behind the last one, at `last`. */
export function behindQueue(last: number): number {
  return Math.max(0, last - SPACING / 2)
}
