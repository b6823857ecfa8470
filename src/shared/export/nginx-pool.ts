// A policy's servers in nginx: its algorithm, weights, limits, failures and backups, and what nginx lacks.
import { hostAndPort } from '../addresses'
import { hasSlowStart } from '../settings/pool'
import { OFF } from '../settings/setting'
import { algorithmDiffers, IN_NGINX } from './counterparts'
import { type ConfigLine, type Fragment, fragment, line, NOTHING, only, together } from './fragment'
import { inComment } from './names'
import type { ExportedPool, ExportedServer } from './setup'

/** How connections find their pool: by their first message, or by the port that they came to. */
export type Routing = 'message' | 'port'

/** What nginx does otherwise than the lab, for a pool. */
export function nginxDiffers(pool: ExportedPool): readonly string[] {
  return together(algorithmOf(pool, 'message'), healthOf(pool), loadOf(pool), backupsOf(pool))
    .differs
}

/** The inside of its upstream block. */
export function upstreamLines(pool: ExportedPool, name: string, routing: Routing): ConfigLine[] {
  return [
    line(`zone ${name} 64k;`, 'all processes share the turns and counts'),
    ...algorithmOf(pool, routing).lines,
    ...pool.servers.map((server) => serverLine(pool, server)),
  ]
}

function algorithmOf(pool: ExportedPool, routing: Routing): Fragment {
  const counterpart = IN_NGINX[pool.settings.algorithm]
  const differs = algorithmDiffers(pool, counterpart, 'nginx 1.22')
  const { as, why } = counterpart
  if (as === 'turns') return fragment([], ...differs)
  const [method, kind] = as.split(' ')
  if (method !== 'hash') return fragment([line(`${as};`, why)], ...differs)
  const key = routing === 'message' ? '$key' : '$remote_addr'
  const hashes =
    routing === 'message' ? why : `${why}; of the client’s address, because no message is read here`
  return fragment([line(`hash ${[key, kind].filter(Boolean).join(' ')};`, hashes)], ...differs)
}

function serverLine(pool: ExportedPool, server: ExportedServer): ConfigLine {
  const { settings } = pool
  const { id, host, port, weight, maxConnections, backup, drain } = server
  const isShut = drain || (backup && !mayHaveBackups(pool))
  const [fails, timeout] = maxFails(pool)
  const options = [
    settings.algorithm !== 'round-robin' && `weight=${weight}`,
    maxConnections > 0 && `max_conns=${maxConnections}`,
    `max_fails=${fails}`,
    `fail_timeout=${timeout}s`,
    backup && !isShut && 'backup',
    isShut && 'down',
  ]
  const said = [
    `server ${inComment(id)}`,
    maxConnections > 0 && `at most ${maxConnections} at once`,
    backup && (isShut ? 'a backup, which this method does not allow' : 'a backup'),
    drain && 'drains: down gets nothing new',
  ]
  const code = [`server ${hostAndPort(host, port)}`, ...options.filter(Boolean)].join(' ')
  return line(`${code};`, said.filter(Boolean).join('; '))
}

/** nginx's hashes and draws refuse a configuration with backups. */
function mayHaveBackups({ settings: { algorithm } }: ExportedPool): boolean {
  return !/^(hash|random)/.test(IN_NGINX[algorithm].as)
}

function maxFails({ settings: { health } }: ExportedPool): [fails: number, seconds: number] {
  if (health === OFF) return [1, 10]
  return [health.maxFails, Math.max(1, Math.ceil(health.failTimeoutMs / 1000))]
}

function backupsOf(pool: ExportedPool): Fragment {
  const { settings, servers } = pool
  if (!servers.some(({ backup }) => backup)) return NOTHING
  if (!mayHaveBackups(pool)) {
    return only(
      'nginx allows no backups with this method: they are in the file as down, and get nothing.',
    )
  }
  return only(
    settings.backups === 'haproxy' &&
      'In nginx all backups share, also where the others are full; in the lab the first one gets everything.',
  )
}

function healthOf({ settings }: ExportedPool): Fragment {
  const { health, checks, outliers, breaker, panicPercent, slowStart, algorithm } = settings
  const isOwnRule = health === OFF && checks === OFF && outliers === OFF && breaker === OFF
  return only(
    isOwnRule &&
      'A server that could not be reached is tried again with a connection after 10 s, nginx’s default; in the lab, once it registers again.',
    health !== OFF &&
      health.failTimeoutMs % 1000 !== 0 &&
      'nginx counts the fail timeout in whole seconds: it is rounded up.',
    health !== OFF &&
      health.answers &&
      'nginx does not judge answers: only a connection that cannot be opened is a failure.',
    checks !== OFF &&
      'Active checks have no counterpart in nginx without NGINX Plus: a dead server is found by connections that fail, and passed over for 10 s.',
    outliers !== OFF && 'Outlier ejection is Envoy’s and has no counterpart in nginx.',
    breaker !== OFF && 'A circuit breaker with states has no counterpart in nginx.',
    panicPercent > 0 &&
      'nginx has no panic threshold: where no server is left, connections are closed.',
    slowStart !== OFF &&
      hasSlowStart(algorithm) &&
      'Slow start has no counterpart in nginx without NGINX Plus: a server that comes back has its whole weight.',
  )
}

function loadOf({ settings, servers }: ExportedPool): Fragment {
  const { queue, limits, retries } = settings
  const isLimited = servers.some(({ maxConnections }) => maxConnections > 0)
  return only(
    queue !== OFF &&
      isLimited &&
      'nginx has no queue: where all servers are full, a connection is closed at once.',
    limits !== OFF &&
      'The circuit breaker by limits is only in nginx-ports.conf (limit_conn), and only for connections in flight.',
    retries !== OFF &&
      'Retries are only in nginx-ports.conf for each policy; in nginx.conf each other server is tried once, nginx’s default.',
    retries !== OFF &&
      retries.to === 'same' &&
      'nginx always tries another server, never the same one again.',
    retries !== OFF &&
      retries.on !== 'unreachable' &&
      'Once a connection to a server stands, nginx does not try again: a hang-up or a wrong answer reaches the client.',
    retries !== OFF &&
      retries.backoffMs > 0 &&
      'nginx tries again at once: the backoff is left out.',
    retries !== OFF && retries.budgetPercent > 0 && 'nginx has no retry budget.',
  )
}
