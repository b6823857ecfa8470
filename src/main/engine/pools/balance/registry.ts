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
  /** It sees weights that rise; nginx's hashes and Maglev do not, and the others see no weights. */
  readonly slowStart?: true
}

const ALGORITHMS: Record<AlgorithmName, Registered> = {
  'round-robin': always(roundRobin),
  'weighted-round-robin': weighed(weightedRoundRobin),
  'haproxy-round-robin': weighed(haproxyRoundRobin),
  'least-connections': weighed(leastConnections),
  'haproxy-least-connections': weighed(haproxyLeastConnections),
  random: weighed(random),
  'two-choices': weighed(twoChoices),
  'least-time': {
    start: ({ decayMs }, members) => start(leastTime(decayMs), members),
    uses: 'decayMs',
  },
  hash: always(hash),
  'ring-hash': always(ringHash),
  'haproxy-ring-hash': weighed(haproxyRingHash),
  maglev: {
    start: ({ tableSize }, members) => start(maglev(tableSize), members),
    uses: 'tableSize',
  },
}

function always<M>(algorithm: Algorithm<M>): Registered {
  return { start: (_, members) => start(algorithm, members) }
}

function weighed<M>(algorithm: Algorithm<M>): Registered {
  return { ...always(algorithm), slowStart: true }
}

/** Begins an algorithm anew for these members. */
export function startAlgorithm(settings: PoolValues, members: readonly Member[]): RunningAlgorithm {
  return ALGORITHMS[settings.algorithm].start(settings, members)
}

export function hasSlowStart(algorithm: AlgorithmName): boolean {
  return ALGORITHMS[algorithm].slowStart === true
}

/** Whether an algorithm that runs can go on with other settings. */
export function goesOn(before: PoolValues, after: PoolValues): boolean {
  const { uses } = ALGORITHMS[after.algorithm]
  return before.algorithm === after.algorithm && (!uses || before[uses] === after[uses])
}
