// What a balancing algorithm is: a pure choice among the available servers of one policy. registry.ts lists them.
import type { AlgorithmName, Reason } from '../../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../../shared/ids'
import type { Random } from '../../clock/random'

/** What a server carries now. */
interface Load {
  /** Messages that were given to it and are not answered yet. */
  readonly inFlight: number
}

/** A server as an algorithm sees it. */
export interface Member {
  readonly id: ProtocolId
  readonly weight: number
  readonly load: Load
}

/** The message that a server is chosen for. */
export interface Ask {
  /** The client's id. */
  readonly key: string
  readonly now: SimMs
  readonly random: Random
}

interface Choice<M> {
  readonly server: ProtocolId
  readonly memory: M
  readonly reason: Reason
}

interface Choosing<M> {
  readonly name: AlgorithmName
  begin(members: readonly Member[]): M
  /** `available`: at least one of the members, in their order. */
  choose(available: readonly Member[], memory: M, ask: Ask): Choice<M>
  /** The memory for a changed list of members: some have left, or some have joined. */
  changed(members: readonly Member[], memory: M): M
}

/** `M`: what the algorithm remembers of one policy between choices; immutable. Members stand in order of registration. */
export type Algorithm<M> = Choosing<M> &
  (
    | { readonly hasTurn: false }
    | {
        readonly hasTurn: true
        /** The server whose turn is next, of at least one that is available. */
        next(available: readonly Member[], memory: M): ProtocolId
      }
  )

/** An algorithm with its memory of one policy. */
export interface RunningAlgorithm {
  readonly name: AlgorithmName
  choose(available: readonly Member[], ask: Ask): { server: ProtocolId; reason: Reason }
  /** The server whose turn is next; null where the algorithm has no turn. */
  next(available: readonly Member[]): ProtocolId | null
  changed(members: readonly Member[]): void
}

export function start<M>(algorithm: Algorithm<M>, members: readonly Member[]): RunningAlgorithm {
  let memory = algorithm.begin(members)
  return {
    name: algorithm.name,
    choose(available, ask) {
      const choice = algorithm.choose(available, memory, ask)
      memory = choice.memory
      return choice
    },
    next: (available) => (algorithm.hasTurn ? algorithm.next(available, memory) : null),
    changed(members) {
      memory = algorithm.changed(members, memory)
    },
  }
}
