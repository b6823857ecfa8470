// What a change of the set-up has cost, in sentences: undo does not bring messages back.
import { counted } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import { hasLeft } from '../../../shared/state/left-clients'
import type { State } from '../../../shared/state/state'

/** What was lost; undefined: nothing, or all that a new beginning takes. */
export function lostWords(before: State, after: State): string | undefined {
  const packets = droppedBetween(before, after)
  if (packets === 0) return undefined
  return `${counted(packets, 'packet')} in flight ${packets === 1 ? 'was' : 'were'} lost.`
}

/** What undo does not bring back. */
export interface Gone {
  readonly words: string
  /** Outside programs that were on the graph. */
  readonly programs: readonly NodeId[]
}

/** Undefined: nothing was lost. */
export function lostForGood(before: State, after: State): Gone | undefined {
  if (hasBegunAnew(before, after)) {
    const words =
      'The messages and counters from before do not come back; the timeline still has them.'
    const outside = [...before.nodes.values()].filter(({ origin }) => origin === 'outside')
    const programs = outside.filter((node) => !hasLeft(node)).map(({ id }) => id)
    return { words, programs }
  }
  const packets = droppedBetween(before, after)
  if (packets === 0) return undefined
  const words =
    packets === 1
      ? 'The packet that was lost does not come back.'
      : `The ${counted(packets, 'packet')} that were lost do not come back.`
  return { words, programs: [] }
}

/** A sentence for each; programs that have joined again meanwhile are not counted. */
export function lostForGoodWords({ words, programs }: Gone, { nodes }: State): string {
  const missing = programs.filter((id) => !nodes.has(id)).length
  if (missing === 0) return words
  return `${words} ${counted(missing, 'outside program has', 'outside programs have')} to join again.`
}

function hasBegunAnew(before: State, after: State): boolean {
  return after.firstPacket > before.firstPacket
}

function droppedBetween(before: State, after: State): number {
  return hasBegunAnew(before, after) ? 0 : Math.max(0, after.totals.dropped - before.totals.dropped)
}
