// How many messages a second a node has now, for its card and its link.
import { currentSecond, isOver, recentRates } from '../../../shared/metrics/rates'
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
  const series = useSampled(tier, ({ metrics }) => metrics.get(group))
  const last = useCurrentSecond(tier)
  return last === undefined ? undefined : recentRates(series, last, seconds)
}

/** The second whose rates are those of the moment on the screen; undefined while nothing happens in the lab. */
export function useCurrentSecond(tier: Tier): number | undefined {
  const last = useSampled(tier, currentOf)
  // Between two events of the past, no state tells how late it is.
  const isQuiet = usePast(({ view, at, atRest }) =>
    view === 'now' ? atRest : last !== undefined && isOver(last, at),
  )
  return isQuiet ? undefined : last
}

const currentOf = ({ metrics, at }: State) => currentSecond(metrics, at)

export function rateGroupOf(node: Pick<NodeState, 'id' | 'role' | 'protocolId'>): string {
  const { id, role, protocolId = '' } = node
  return role === 'server'
    ? seriesKey({ of: 'server', id: protocolId })
    : seriesKey({ of: 'client', id })
}
