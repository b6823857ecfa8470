// What the charts are about: everything together, a policy, a server or a client.
import type { ProtocolId } from '../../../shared/ids'
import type { Latency } from '../../../shared/metrics/second'
import type { Metrics, MetricsSeries } from '../../../shared/metrics/series'
import type { State } from '../../../shared/state/state'
import { withVisibleControls } from '../../../shared/visible-controls'
import { nodeName } from '../ui/names'
import type { Span } from './seconds'
import type { ShownServers } from './shown-servers'

export interface Subject {
  readonly metrics: Metrics
  /** The key of a group. */
  readonly group: string
  readonly latency: Latency
  readonly span: Span
  readonly policies: PolicyOfServer
  /** The servers with lines of their own, if there are many, and the one that is selected on the graph. */
  readonly servers: ShownServers
  readonly selected: ProtocolId | undefined
  /** Every reason for errors, also those for which a chart has no room. */
  readonly reasons?: 'all'
}

/** A group of messages that can be chosen. */
interface MessageGroup {
  /** The key of the group in the figures by second. */
  readonly key: string
  readonly label: string
}

const HEADINGS = { policy: 'Policies', server: 'Servers', client: 'Clients' } as const

/** The groups of which there are figures, under their headings. */
export function groupsOf(metrics: Metrics): { heading: string; groups: MessageGroup[] }[] {
  return (['policy', 'server', 'client'] as const).flatMap((of) => {
    const groups = [...metrics]
      .filter(([, series]) => series.of === of)
      .map(([key, series]) => ({ key, label: groupLabel(series) }))
      .sort((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true }))
    return groups.length === 0 ? [] : [{ heading: HEADINGS[of], groups }]
  })
}

/** `Everything`, `Policy 111`, `Server 100`, `Client 1`. */
export function groupLabel(series: Pick<MetricsSeries, 'of' | 'id'> | undefined): string {
  switch (series?.of) {
    case 'policy':
      return `Policy ${withVisibleControls(series.id)}`
    case 'server':
      return `Server ${withVisibleControls(series.id)}`
    case 'client':
      return withVisibleControls(nodeName({ nodes: new Map() }, series.id))
    default:
      return 'Everything'
  }
}

/** The policy of each server in the table. */
type PolicyOfServer = ReadonlyMap<ProtocolId, ProtocolId>

/** A selector that returns the same map until a server has another policy. */
export function policiesSelector(): (state: Pick<State, 'rows'>) => PolicyOfServer {
  let last: PolicyOfServer = new Map()
  return ({ rows }) => {
    const isSame =
      rows.size === last.size &&
      [...rows].every(([server, { policy }]) => last.get(server) === policy)
    if (!isSame) last = new Map([...rows].map(([server, { policy }]) => [server, policy]))
    return last
  }
}

/** The servers that belong to the group: a policy's, the server itself, or else all. */
export function serverSeries(
  metrics: Metrics,
  group: string,
  policies: PolicyOfServer,
): MetricsSeries[] {
  const { of, id } = metrics.get(group) ?? {}
  return [...metrics.values()].filter((series) => {
    if (series.of !== 'server') return false
    if (of === 'server') return series.id === id
    return of === 'policy' ? policies.get(series.id) === id : true
  })
}
