// What is exported: the servers and settings of each policy's pool, from the lab on the screen or from a scenario.

import type { ProtocolId } from '../ids'
import { DEFAULT_HOST, DEFAULT_PROXY_PORT } from '../limits'
import type { Scenario } from '../scenario'
import { known, settled } from '../settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../settings/pool'
import { SERVER_SETTINGS } from '../settings/server'
import { poolIn } from '../state/pool'
import type { State } from '../state/state'

export interface ExportedServer {
  readonly id: ProtocolId
  readonly host: string
  readonly port: number
  readonly weight: number
  readonly maxConnections: number
  readonly backup: boolean
  readonly drain: boolean
  /** A program of its own, which a connection without a message may end. */
  readonly isOutside: boolean
}

export interface ExportedPool {
  readonly policy: ProtocolId
  readonly settings: PoolValues
  /** In order of registration. */
  readonly servers: readonly ExportedServer[]
}

export interface ExportSetup {
  readonly name: string
  /** Where the exported proxy listens. */
  readonly host: string
  readonly port: number
  /** Those with servers, in the order in which their first servers registered. */
  readonly pools: readonly ExportedPool[]
}

/** The exported proxy listens so far above the lab's, so that both can run at the same time before the same servers. */
const PORTS_ABOVE = 100

/** Where servers of a scenario listen, which names no ports: server 100 on 9100. */
const SERVER_PORTS = 9_000
const MOST_NUMBER = 999

export function setupOfState(
  state: Pick<State, 'scenario' | 'proxy' | 'rows' | 'nodes' | 'pools'>,
): ExportSetup {
  const servers = [...state.rows.values()].map((row): ServerOf => {
    const node = state.nodes.get(row.node)
    return {
      ...serverOf(row.server, node ?? {}),
      policy: row.policy,
      host: row.address,
      port: row.listenPort,
      isOutside: node?.origin === 'outside',
    }
  })
  const settingsOf = (policy: ProtocolId) =>
    settled(POOL_SETTINGS, known(POOL_SETTINGS, poolIn(state, policy)))
  return setup(state.scenario ?? '', state.proxy?.port ?? DEFAULT_PROXY_PORT, servers, settingsOf)
}

export function setupOfScenario(scenario: Scenario): ExportSetup {
  const ports = new Set<number>()
  const servers = scenario.servers.map((server): ServerOf => {
    const port = portFor(server.id, ports)
    ports.add(port)
    return {
      ...serverOf(server.id, server),
      policy: server.policy,
      host: DEFAULT_HOST,
      port,
      isOutside: false,
    }
  })
  const settingsOf = (policy: ProtocolId) =>
    settled(POOL_SETTINGS, scenario.pools?.find((pool) => pool.policy === policy) ?? {})
  return setup(scenario.name, DEFAULT_PROXY_PORT, servers, settingsOf)
}

type ServerOf = ExportedServer & { readonly policy: ProtocolId }

type Given = Partial<Pick<ExportedServer, 'weight' | 'maxConnections' | 'backup' | 'drain'>>

function serverOf(id: ProtocolId, { weight, maxConnections, backup, drain }: Given) {
  const values = settled(SERVER_SETTINGS, { weight, maxConnections, backup, drain })
  return {
    id,
    weight: values.weight,
    maxConnections: values.maxConnections,
    backup: values.backup,
    drain: values.drain,
  }
}

function setup(
  name: string,
  proxyPort: number,
  servers: readonly ServerOf[],
  settingsOf: (policy: ProtocolId) => PoolValues,
): ExportSetup {
  const policies = [...new Set(servers.map(({ policy }) => policy))]
  const pools = policies.map((policy) => ({
    policy,
    settings: settingsOf(policy),
    servers: servers
      .filter((server) => server.policy === policy)
      .map(({ policy: _, ...server }) => server),
  }))
  const taken = new Set(servers.map(({ port }) => port))
  return { name, host: DEFAULT_HOST, port: freePortFrom(proxyPort + PORTS_ABOVE, taken), pools }
}

function portFor(id: ProtocolId, taken: ReadonlySet<number>): number {
  const number = /^\d{1,3}$/.test(id) ? Number(id) : 0
  return freePortFrom(SERVER_PORTS + Math.max(1, Math.min(number, MOST_NUMBER)), taken)
}

/** The first port from here on that no server has. */
export function freePortFrom(first: number, taken: ReadonlySet<number>): number {
  let port = first
  while (taken.has(port)) port = port >= 65_535 ? 1_024 : port + 1
  return port > 65_535 ? freePortFrom(1_024, taken) : port
}
