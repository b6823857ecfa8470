// The balancing algorithms there are, by name.
import type { AlgorithmName } from '../../../../shared/decision/reason'
import { type Member, type RunningAlgorithm, start } from './algorithm'
import { random } from './random'
import { roundRobin } from './round-robin'

const STARTS: Record<AlgorithmName, (members: readonly Member[]) => RunningAlgorithm> = {
  'round-robin': (members) => start(roundRobin, members),
  random: (members) => start(random, members),
}

/** Begins an algorithm anew for these members. */
export function startAlgorithm(name: AlgorithmName, members: readonly Member[]): RunningAlgorithm {
  return STARTS[name](members)
}
