// Round-robin: the servers of a policy take turns in order of registration. A server that is down is passed
// over, unless all are: then the one whose turn it is gets its chance to be back.
import type { Skipped } from '../../../shared/events'
import type { Balancer, Candidate, Choice } from './balancer'

/** Remembers the index of the candidate whose turn is next (it may be one past the last: that means the first). */
export const roundRobin: Balancer<number> = {
  name: 'round-robin',
  initial: 0,

  choose(candidates: readonly Candidate[], turn: number): Choice<number> | undefined {
    const count = candidates.length
    if (count === 0) return undefined
    const first = turn % count
    const skipped: Skipped[] = []
    for (let step = 0; step < count; step++) {
      const index = (first + step) % count
      const candidate = candidates[index]
      if (candidate === undefined) break
      if (candidate.health === 'up') return { index, turn: first, memory: index + 1, skipped }
      skipped.push({ server: candidate.id, reason: 'down' })
    }
    return { index: first, turn: first, memory: first + 1, skipped: [] }
  },

  left(turn: number, index: number): number {
    return index < turn ? turn - 1 : turn
  },
}
