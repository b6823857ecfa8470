// A configuration of Envoy, written by its documentation and not run: a listener and a cluster for each policy.
import { CONNECT_LIMIT_MS } from '../limits'
import { hasSlowStart, type PoolValues, usesKey } from '../settings/pool'
import { OFF } from '../settings/setting'
import { algorithmDiffers, IN_ENVOY } from './counterparts'
import {
  type ConfigLine,
  type Fragment,
  fragment,
  line,
  NOTHING,
  only,
  together,
  written,
} from './fragment'
import { inComment, safeNames } from './names'
import { policyPorts } from './nginx'
import type { ExportedPool, ExportSetup } from './setup'

export function envoyFile(setup: ExportSetup, head: readonly string[]): string {
  const names = safeNames(
    'policy_',
    setup.pools.map(({ policy }) => policy),
  )
  const ports = policyPorts(setup)
  const listeners = setup.pools.flatMap((pool, index) =>
    listener(setup.host, ports[index] ?? 0, names.get(pool.policy) ?? '', pool),
  )
  const clusters = setup.pools.flatMap((pool) => cluster(names.get(pool.policy) ?? '', pool))
  const lines = [
    ...head,
    '',
    'static_resources:',
    '  listeners:',
    ...written(listeners, '    '),
    '  clusters:',
    ...written(clusters, '    '),
  ]
  return `${lines.join('\n')}\n`
}

/** What Envoy does otherwise than the lab, for a pool. */
export function envoyDiffers(pool: ExportedPool): readonly string[] {
  return together(algorithmOf(pool), healthOf(pool), limitsOf(pool), retriesOf(pool)).differs
}

function listener(host: string, port: number, name: string, pool: ExportedPool): ConfigLine[] {
  const attempts = attemptsOf(pool)
  return [
    line(
      `- name: ${name}`,
      `policy ${inComment(pool.policy)}: Envoy’s tcp_proxy does not look into messages`,
    ),
    line(`  address: ${address(host, port)}`, 'a port for each policy'),
    line('  filter_chains:', 'what is done with a connection'),
    line('  - filters:', 'one filter'),
    line('    - name: envoy.filters.network.tcp_proxy', 'passes bytes on'),
    line('      typed_config:', 'its settings'),
    line(
      '        "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      'their type',
    ),
    line(`        stat_prefix: ${name}`, 'names its counters'),
    line(`        cluster: ${name}`, 'the policy’s servers'),
    line(`        max_connect_attempts: ${attempts}`, 'the first attempt counts, too'),
    ...(usesKey(pool.settings.algorithm)
      ? [
          line(
            '        hash_policy: [{ source_ip: {} }]',
            'the client’s address: the key is inside the message',
          ),
        ]
      : []),
  ]
}

function attemptsOf({ settings: { retries }, servers }: ExportedPool): number {
  return retries === OFF ? Math.max(1, servers.length) : retries.max + 1
}

function cluster(name: string, pool: ExportedPool): ConfigLine[] {
  return [
    line(`- name: ${name}`, `the servers of policy ${inComment(pool.policy)}`),
    line('  type: STATIC', 'they are listed here: registrations are not taken'),
    line(
      `  connect_timeout: ${seconds(CONNECT_LIMIT_MS)}`,
      'how long a connection to a server may take to open, as in the lab',
    ),
    ...together(algorithmOf(pool), healthOf(pool), limitsOf(pool)).lines,
    line('  load_assignment:', 'the servers'),
    line(`    cluster_name: ${name}`, 'the same name'),
    line('    endpoints:', 'by priority: backups have the second one'),
    ...[false, true].flatMap((backup) => endpoints(pool, backup)),
  ]
}

function endpoints({ settings, servers }: ExportedPool, backup: boolean): ConfigLine[] {
  const ours = servers.filter((server) => server.backup === backup && !server.drain)
  if (ours.length === 0) return []
  return [
    line(
      `    - priority: ${backup ? 1 : 0}`,
      backup ? 'backups: used as the others become unhealthy' : 'the first ones',
    ),
    line('      lb_endpoints:', 'each with its weight'),
    ...ours.flatMap(({ id, host, port, weight }) => [
      line(`      - endpoint: { address: ${address(host, port)} }`, `server ${inComment(id)}`),
      ...(settings.algorithm === 'round-robin'
        ? []
        : [line(`        load_balancing_weight: ${weight}`, 'its weight')]),
    ]),
  ]
}

function address(host: string, port: number): string {
  return `{ socket_address: { address: ${JSON.stringify(host)}, port_value: ${port} } }`
}

function algorithmOf(pool: ExportedPool): Fragment {
  const { settings, servers } = pool
  const counterpart = IN_ENVOY[settings.algorithm]
  const { as, why } = counterpart
  const choices = settings.algorithm === 'two-choices' ? 2 : Math.max(2, servers.length)
  const size = Math.max(settings.tableSize, 2)
  return fragment(
    [
      line(`  lb_policy: ${as}`, why),
      ...(as === 'LEAST_REQUEST'
        ? [
            line(
              `  least_request_lb_config: { choice_count: ${choices} }`,
              'so many are drawn and compared',
            ),
          ]
        : []),
      ...(as === 'MAGLEV'
        ? [line(`  maglev_lb_config: { table_size: ${size} }`, 'the slots of the table, a prime')]
        : []),
    ],
    ...algorithmDiffers(pool, counterpart, 'Envoy'),
    usesKey(settings.algorithm) &&
      'Envoy cannot read the key inside a message here: it hashes the client’s address.',
  )
}

function healthOf(pool: ExportedPool): Fragment {
  const { settings } = pool
  const { health, breaker, panicPercent } = settings
  return together(
    checksOf(settings),
    outliersOf(settings),
    fragment([
      line(
        `  common_lb_config: { healthy_panic_threshold: { value: ${panicPercent} } }`,
        panicPercent === 0
          ? 'health is never ignored; Envoy’s own default is 50 %'
          : 'where fewer are healthy, health is ignored',
      ),
    ]),
    slowStartOf(settings),
    only(
      health !== OFF &&
        'nginx’s passive health has no counterpart in Envoy; outlier ejection is the nearest, and is not in the file unless the pool has it.',
      breaker !== OFF && 'A circuit breaker with states has no counterpart in Envoy.',
    ),
  )
}

function checksOf({ checks }: PoolValues): Fragment {
  if (checks === OFF) return NOTHING
  const { way, intervalMs, fall, rise } = checks
  return fragment(
    [
      line('  health_checks:', 'each server is checked'),
      line(`  - interval: ${seconds(intervalMs)}`, 'between two checks of a server'),
      line(`    timeout: ${seconds(intervalMs)}`, 'the limit of each'),
      line(`    unhealthy_threshold: ${fall}`, 'so many failures in a row: down'),
      line(`    healthy_threshold: ${rise}`, 'so many successes in a row: up'),
      line('    tcp_health_check: {}', 'a connection alone'),
    ],
    'Envoy takes a server for healthy after its first good check, and gives it nothing before.',
    way === 'message' && 'The check is a connection alone: the exchange of a message is left out.',
  )
}

function outliersOf({ outliers }: PoolValues): Fragment {
  if (outliers === OFF) return NOTHING
  const { consecutiveErrors, intervalMs, baseEjectionMs, maxEjectionMs, maxPercent, alwaysOne } =
    outliers
  return fragment(
    [
      line('  outlier_detection:', 'servers with errors in a row are ejected'),
      line(`    consecutive_5xx: ${consecutiveErrors}`, 'so many; for TCP, connections that fail'),
      line(`    interval: ${seconds(intervalMs)}`, 'between two sweeps'),
      line(
        `    base_ejection_time: ${seconds(baseEjectionMs)}`,
        'times the number of ejections in a row',
      ),
      line(`    max_ejection_time: ${seconds(maxEjectionMs)}`, 'no ejection takes longer'),
      line(`    max_ejection_percent: ${maxPercent}`, 'at most this share is ejected at once'),
      ...(alwaysOne
        ? [line('    always_eject_one_host: true', 'one may be ejected whatever the share')]
        : []),
    ],
    'Outlier ejection sees connections that fail, not error answers inside them.',
  )
}

function slowStartOf({ slowStart, algorithm }: PoolValues): Fragment {
  if (slowStart === OFF || !hasSlowStart(algorithm)) return NOTHING
  const { as } = IN_ENVOY[algorithm]
  const field = { ROUND_ROBIN: 'round_robin_lb_config', LEAST_REQUEST: 'least_request_lb_config' }
  if (as !== 'ROUND_ROBIN') {
    return only(`Slow start is left out: the file has it only with turns, not with ${as}.`)
  }
  const { windowMs, aggression, minPercent, way } = slowStart
  return fragment(
    [
      line(`  ${field[as]}:`, 'how turns are taken'),
      line('    slow_start_config:', 'the weight of a new server rises'),
      line(`      slow_start_window: ${seconds(windowMs)}`, 'over this time'),
      line(
        `      aggression: { default_value: ${aggression}, runtime_key: slow_start_aggression }`,
        'above 1 it rises sooner',
      ),
      line(`      min_weight_percent: { value: ${minPercent} }`, 'the share at the beginning'),
    ],
    way === 'haproxy' &&
      'Slow start follows Envoy’s curve, also for a new server; the lab’s goes in HAProxy’s steps.',
  )
}

function limitsOf({ settings: { limits, queue }, servers }: ExportedPool): Fragment {
  const perServer = servers.map(({ maxConnections }) => maxConnections).filter((limit) => limit > 0)
  const least = Math.min(...perServer)
  const isUneven =
    perServer.length > 0 && servers.some(({ maxConnections }) => maxConnections !== least)
  const thresholds = limits === OFF ? undefined : limits
  if (thresholds === undefined && perServer.length === 0) return NOTHING
  return fragment(
    [
      line('  circuit_breakers:', 'hard limits: above them a connection is closed at once'),
      ...(thresholds === undefined
        ? []
        : [
            line('    thresholds:', 'for the whole policy'),
            line(`    - max_connections: ${thresholds.maxInFlight}`, 'connections at once'),
            line(
              `      max_pending_requests: ${thresholds.maxWaiting}`,
              'connections that wait for theirs to a server',
            ),
          ]),
      ...(perServer.length === 0
        ? []
        : [
            line('    per_host_thresholds:', 'for each server alike'),
            line(`    - max_connections: ${least}`, 'connections at once'),
          ]),
    ],
    isUneven &&
      `Envoy has one limit for all servers of a policy: the least one, ${least}, is in the file.`,
    queue !== OFF && 'Envoy has no queue for full servers: a connection is closed at once.',
  )
}

function retriesOf({ settings: { retries } }: ExportedPool): Fragment {
  if (retries === OFF) return NOTHING
  return only(
    retries.on !== 'unreachable' &&
      'Once a connection to a server stands, Envoy’s tcp_proxy does not try again.',
    retries.budgetPercent > 0 && 'The retry budget is left out: Envoy has it for HTTP.',
    retries.to === 'same' && 'Envoy chooses anew for each attempt, perhaps the same server again.',
  )
}

function seconds(ms: number): string {
  return `${ms / 1000}s`
}
