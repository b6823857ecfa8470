// A client's traffic in words, for its card and its name.
import type { Node } from './events'
import { formatDuration } from './format'
import { hasRate, TRAFFIC, type TrafficValues } from './settings/features/traffic'
import { OFF } from './settings/setting'
import type { NodeState } from './state/state'

type Behind = Pick<NodeState, 'unsent' | 'lateMs'>

/** As a recording has it. */
export type TrafficFacts = Exclude<NonNullable<Node['traffic']>, typeof OFF>

export function trafficOf({ traffic = OFF }: Pick<Node, 'traffic'>): TrafficFacts | undefined {
  return traffic === OFF ? undefined : traffic
}

/** `20/s Poisson`, `closed loop`. */
export function trafficWords({ pattern, perSecond, toPerSecond }: TrafficFacts): string {
  const name = TRAFFIC.settings.pattern.say(pattern).toLowerCase()
  if (!hasRate(pattern)) return name
  const rate = CHANGING.has(pattern) ? `${perSecond} to ${toPerSecond}` : `${perSecond}`
  return `${rate}/s ${pattern === 'poisson' ? 'Poisson' : name}`
}

/** The rate that a person can change; undefined without one. */
export function rateOf(node: Pick<Node, 'traffic'>): number | undefined {
  const traffic = trafficOf(node)
  return traffic && hasRate(traffic.pattern) ? traffic.perSecond : undefined
}

/** `120 ms behind`; undefined for a source that sends on time. */
export function behindWords({ unsent = 0, lateMs }: Behind): string | undefined {
  if (unsent === 0) return undefined
  return lateMs === undefined ? 'behind' : `${formatDuration(Math.round(lateMs))} behind`
}

const CHANGING: ReadonlySet<string> = new Set<TrafficValues['pattern']>(['ramp', 'sine'])
