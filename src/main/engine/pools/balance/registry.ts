// The balancing algorithms there are, by name.
import type { AlgorithmName } from '../../../../shared/decision/reason'
import type { PoolValues } from '../../../../shared/settings/pool'
import { type Algorithm, type Member, type RunningAlgorithm, start } from './algorithm'
import { haproxyLeastConnections } from './haproxy-least-connections'
import { haproxyRingHash } from './haproxy-ring-hash'
import { haproxyRoundRobin } from './haproxy-round-robin'
import { hash } from './hash'
import { leastConnections } from './least-connections'
import { leastTime } from './least-time'
import { maglev } from './maglev'
import { random } from './random'
import { ringHash } from './ring-hash'
import { roundRobin } from './round-robin'
import { twoChoices } from './two-choices'
import { weightedRoundRobin } from './weighted-round-robin'

interface Registered {
  start(settings: PoolValues, members: readonly Member[]): RunningAlgorithm
  /** The setting that it is made with. */
  readonly uses?: keyof PoolValues
}

const ALGORITHMS: Record<AlgorithmName, Registered> = {
  'round-robin': always(roundRobin),
  'weighted-round-robin': always(weightedRoundRobin),
  'haproxy-round-robin': always(haproxyRoundRobin),
  'least-connections': always(leastConnections),
  'haproxy-least-connections': always(haproxyLeastConnections),
  random: always(random),
  'two-choices': always(twoChoices),
  'least-time': {
    start: ({ decayMs }, members) => start(leastTime(decayMs), members),
    uses: 'decayMs',
  },
  hash: always(hash),
  'ring-hash': always(ringHash),
  'haproxy-ring-hash': always(haproxyRingHash),
  maglev: {
    start: ({ tableSize }, members) => start(maglev(tableSize), members),
    uses: 'tableSize',
  },
}

function always<M>(algorithm: Algorithm<M>): Registered {
  return { start: (_, members) => start(algorithm, members) }
}

/** Begins an algorithm anew for these members. */
export function startAlgorithm(settings: PoolValues, members: readonly Member[]): RunningAlgorithm {
  return ALGORITHMS[settings.algorithm].start(settings, members)
}

/** Whether an algorithm that runs can go on with other settings. */
export function goesOn(before: PoolValues, after: PoolValues): boolean {
  const { uses } = ALGORITHMS[after.algorithm]
  return before.algorithm === after.algorithm && (!uses || before[uses] === after[uses])
}
