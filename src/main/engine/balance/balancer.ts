// What a balancing algorithm is: a pure choice among the servers of one policy. One strategy per file;
// registry.ts lists them.
import type { Skipped } from '../../../shared/events'
import type { ProtocolId } from '../../../shared/ids'

/** A server as a balancer sees it; a policy's candidates stand in order of registration. */
export interface Candidate {
  readonly id: ProtocolId
  readonly health: 'up' | 'down'
}

export interface Choice<S> {
  /** Index of the chosen candidate, and of the one whose turn it was. */
  index: number
  turn: number
  /** What the strategy remembers from now on. */
  memory: S
  /** Candidates passed over, in order, and why. */
  skipped: readonly Skipped[]
}

/** `S`: what the strategy remembers of one policy between choices; immutable. */
export interface Balancer<S> {
  readonly name: string
  readonly initial: S
  /** Chooses a server, or undefined where there is no candidate. */
  choose(candidates: readonly Candidate[], memory: S): Choice<S> | undefined
  /** The memory after the candidate at `index` has left. */
  left(memory: S, index: number): S
}
