// What a change of the set-up has cost, in sentences: undo does not bring messages back.
import { counted } from '../../../shared/format'
import type { State } from '../../../shared/state/state'

/** What was lost; undefined: nothing, or all that a new beginning takes. */
export function lostWords(before: State, after: State): string | undefined {
  const packets = droppedBetween(before, after)
  if (packets === 0) return undefined
  return `${counted(packets, 'packet')} in flight ${packets === 1 ? 'was' : 'were'} lost.`
}

/** What undo does not bring back; undefined: nothing was lost. */
export function lostForGood(before: State, after: State): string | undefined {
  if (hasBegunAnew(before, after)) {
    return 'The messages and counters from before do not come back; the timeline still has them.'
  }
  const packets = droppedBetween(before, after)
  if (packets === 0) return undefined
  return packets === 1
    ? 'The packet that was lost does not come back.'
    : `The ${counted(packets, 'packet')} that were lost do not come back.`
}

function hasBegunAnew(before: State, after: State): boolean {
  return after.firstPacket > before.firstPacket
}

function droppedBetween(before: State, after: State): number {
  return hasBegunAnew(before, after) ? 0 : Math.max(0, after.totals.dropped - before.totals.dropped)
}
