// Which servers of a policy can be chosen for a message, and why the others cannot.
import type { PassedOver } from '../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'

export type Why = PassedOver['why']

interface Candidate {
  readonly id: ProtocolId
  readonly drain: boolean
  readonly backup: boolean
  /** 0: no limit. */
  readonly maxConnections: number
  readonly load: { readonly inFlight: number }
}

/** What the pool says about its servers. */
export interface Rules<S> extends Pick<PoolValues, 'backups' | 'panicPercent'> {
  /** Why the server is not healthy; undefined: it is. */
  readonly unhealthy: (server: S, now: SimMs) => Why | undefined
  /** A server that is down is available where nobody else is: it may be back. */
  readonly lastResort: boolean
}

interface Given {
  readonly tried: readonly ProtocolId[]
  readonly now: SimMs
  /** Servers at their limit are available, too. */
  readonly full?: 'available'
}

/** So many were healthy of those that count. */
export interface Panic {
  readonly healthy: number
  readonly of: number
}

export interface Availability<S> {
  readonly available: readonly S[]
  readonly passedOver: readonly PassedOver[]
  /** So few are healthy that health is ignored. */
  readonly panic: Panic | undefined
}

const NOBODY: readonly PassedOver[] = []

/** Of several causes, the receipt gets the first one. */
export function availability<S extends Candidate>(
  servers: readonly S[],
  rules: Rules<S>,
  given: Given,
): Availability<S> {
  const panic = rules.panicPercent > 0 ? panicIn(servers, rules, given.now) : undefined
  const applied = panic ? { ...rules, unhealthy: exceptHealth(rules.unhealthy) } : rules
  const causes = servers.map((server) => causeFor(server, applied, given))
  if (causes.every((why) => why === undefined) && !servers.some(({ backup }) => backup)) {
    return { available: servers, passedOver: NOBODY, panic }
  }
  const available = availableOf(servers, causes, applied, given.now)
  if (available.length === servers.length) return { available: servers, passedOver: NOBODY, panic }
  const passedOver: PassedOver[] = []
  let next = 0
  for (const [place, server] of servers.entries()) {
    if (server === available[next]) next++
    else passedOver.push(passed(server, causes[place] ?? 'backup'))
  }
  return { available, passedOver, panic }
}

/** A limit may be less than its setting, in a slow start. */
function passed({ id, load, maxConnections }: Candidate, why: Why): PassedOver {
  if (why !== 'full') return { server: id, why }
  return { server: id, why, inFlight: load.inFlight, limit: maxConnections }
}

function causeFor<S extends Candidate>(
  server: S,
  { unhealthy }: Rules<S>,
  { tried, now, full }: Given,
): Why | undefined {
  if (tried.length > 0 && tried.includes(server.id)) return 'tried'
  if (server.drain) return 'draining'
  return unhealthy(server, now) ?? (full === 'available' ? undefined : fullness(server))
}

function fullness({ maxConnections, load }: Candidate): Why | undefined {
  return maxConnections > 0 && load.inFlight >= maxConnections ? 'full' : undefined
}

/**
 * The servers that are no backups; where none of these can be chosen, backups; at last, those that are down, unless one that
 * is up is only full.
 */
function availableOf<S extends Candidate>(
  servers: readonly S[],
  causes: readonly (Why | undefined)[],
  rules: Rules<S>,
  now: SimMs,
): readonly S[] {
  const among = (backup: boolean, cause?: Why) =>
    servers.filter((server, place) => server.backup === backup && causes[place] === cause)
  const free = among(false)
  if (free.length > 0) return free
  const backups = rules.backups === 'nginx' ? among(true) : theBackup(servers, causes, rules, now)
  if (backups.length > 0 || !rules.lastResort || causes.includes('full')) return backups
  const down = among(false, 'down')
  return down.length > 0 ? down : among(true, 'down')
}

/** HAProxy's one: the first that is not down, and only while every other server is. Where it is full, nobody is available. */
function theBackup<S extends Candidate>(
  servers: readonly S[],
  causes: readonly (Why | undefined)[],
  { unhealthy }: Rules<S>,
  now: SimMs,
): readonly S[] {
  const isUp = (server: S) => !server.drain && unhealthy(server, now) === undefined
  if (servers.some((server) => !server.backup && isUp(server))) return []
  const place = servers.findIndex(
    ({ backup }, index) => backup && (causes[index] === undefined || causes[index] === 'full'),
  )
  const first = servers[place]
  return first === undefined || causes[place] === 'full' ? [] : [first]
}

/** What panic ignores. An open circuit breaker is no matter of health. */
const HEALTH: ReadonlySet<Why | undefined> = new Set<Why>(['down', 'failing', 'ejected'])

function exceptHealth<S>(unhealthy: Rules<S>['unhealthy']): Rules<S>['unhealthy'] {
  return (server, now) => {
    const why = unhealthy(server, now)
    return HEALTH.has(why) ? undefined : why
  }
}

/** Envoy's overprovisioning: a level with 72 % of its servers healthy is enough. */
const OVERPROVISIONING = 140

/**
 * Envoy's panic threshold: fewer of the servers than this share are healthy, and they and the backups, each a level of its
 * own, are together not enough. Servers that drain do not count.
 */
function panicIn<S extends Candidate>(
  servers: readonly S[],
  { unhealthy, panicPercent }: Rules<S>,
  now: SimMs,
): Panic | undefined {
  const levelOf = (backup: boolean) => {
    const all = servers.filter((server) => server.backup === backup && !server.drain)
    const healthy = all.filter((server) => !HEALTH.has(unhealthy(server, now))).length
    return { healthy, of: all.length }
  }
  const enough = ({ healthy, of }: Panic) =>
    of === 0 ? 0 : Math.min(100, Math.floor((OVERPROVISIONING * healthy) / of))
  const [main, backups] = [levelOf(false), levelOf(true)]
  const level = main.of > 0 ? main : backups
  const isPanic =
    enough(main) + enough(backups) < 100 && 100 * level.healthy < panicPercent * level.of
  return isPanic ? level : undefined
}
