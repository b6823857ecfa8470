// The pictures of the algorithms, by name.
import type { AlgorithmName } from '../../../../shared/decision/reason'
import { UNKNOWN } from '../../../../shared/settings/setting'
import type { Decision } from '../../../../shared/state/state'
import { currentWeights } from './current-weights'
import { drawnCosts, drawnLoads } from './draws'
import { haproxyLoads, loads } from './loads'
import {
  type AlgorithmPicture,
  type Circle,
  type Drawing,
  picture,
  type ServersState,
} from './picture'
import { haproxyRingPoints, ringPoints } from './ring-points'
import { drawnShare, hashShares } from './shares'
import { tableSlots } from './table-slots'
import { wheel } from './wheel'

const PICTURES: Readonly<Record<AlgorithmName, AlgorithmPicture>> = {
  'round-robin': picture('round-robin', { weighted: false }),
  'weighted-round-robin': currentWeights,
  'haproxy-round-robin': wheel,
  'least-connections': loads,
  'haproxy-least-connections': haproxyLoads,
  random: drawnShare,
  'two-choices': drawnLoads,
  'least-time': drawnCosts,
  hash: hashShares,
  'ring-hash': ringPoints,
  'haproxy-ring-hash': haproxyRingPoints,
  maglev: tableSlots,
}

/** Whether exits are as wide as weights. */
export function showsWeights(algorithm: Decision['algorithm']): boolean {
  return algorithm !== UNKNOWN && PICTURES[algorithm].weighted
}

/** A decision as a drawing; undefined where words and the pointer are enough. */
export function drawingOf(decision: Decision, servers: ServersState): Drawing | undefined {
  const { algorithm } = decision
  return algorithm === UNKNOWN ? undefined : PICTURES[algorithm].draw(decision, servers)
}

export function circleOf(decision: Decision, servers: ServersState): Circle | undefined {
  const { algorithm } = decision
  return algorithm === UNKNOWN ? undefined : PICTURES[algorithm].circle(decision, servers)
}
