// How many messages a second a node has now, for its card and its link.
import { lastSecond, recentRates } from '../../../shared/metrics/rates'
import { seriesKey } from '../../../shared/metrics/series'
import type { NodeState, State } from '../../../shared/state/state'
import { usePast } from '../past/past'
import type { Tier } from './spacing'
import { useSampled } from './use-sampled'

/**
 * Messages sent by a client, or given to a server, in each of the last seconds. Undefined while nothing happens in the lab.
 * `group`: the node's key in the figures by second.
 */
export function useRates(group: string, tier: Tier, seconds: number): number[] | undefined {
  const isAtRest = usePast(({ atRest }) => atRest)
  const series = useSampled(tier, ({ metrics }) => metrics.get(group))
  const last = useSampled(tier, lastOf)
  if (last === undefined || isAtRest) return undefined
  return recentRates(series, last, seconds)
}

const lastOf = ({ metrics }: State) => lastSecond(metrics)

export function rateGroupOf(node: Pick<NodeState, 'id' | 'role' | 'protocolId'>): string {
  const { id, role, protocolId = '' } = node
  return role === 'server'
    ? seriesKey({ of: 'server', id: protocolId })
    : seriesKey({ of: 'client', id })
}
