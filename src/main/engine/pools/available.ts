// Which servers of a policy can be chosen for a message, and why the others cannot.
import type { PassedOver } from '../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'
import { NOBODY } from './nobody'

type Why = PassedOver['why']

/** What panic ignores. An open circuit breaker is no matter of health. */
export type Unhealthy = Extract<Why, 'down' | 'failing' | 'ejected'>

interface Server {
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
  readonly unhealthy: (server: S, now: SimMs) => Unhealthy | undefined
  readonly isCircuitOpen: (server: S, now: SimMs) => boolean
  /** A server that is down is available where nobody else is: it may be back. */
  readonly lastResort: boolean
}

/** How many servers were healthy, of those that count. */
export interface Panic {
  readonly healthy: number
  readonly of: number
}

/** A server, and what keeps messages from it: none of it depends on the message or on what is in flight. */
interface Candidate<S> {
  readonly server: S
  /** Why it cannot be chosen. If there are several causes, the receipt gets the first one. */
  readonly why: Why | undefined
}

export interface Candidates<S> extends Pick<Rules<S>, 'backups' | 'lastResort'> {
  readonly servers: readonly S[]
  /** In the same order. */
  readonly all: readonly Candidate<S>[]
  /** So few are healthy that health is ignored. */
  readonly panic: Panic | undefined
}

interface Given {
  readonly tried: readonly ProtocolId[]
  /** Servers at their limit are available, too. */
  readonly full?: 'available'
}

export interface Availability<S> {
  readonly available: readonly S[]
  readonly passedOver: readonly PassedOver[]
  /** So few are healthy that health is ignored. */
  readonly panic: Panic | undefined
}

/** Asks about each server once. */
export function candidatesAmong<S extends Server>(
  servers: readonly S[],
  { unhealthy, isCircuitOpen, panicPercent, backups, lastResort }: Rules<S>,
  now: SimMs,
): Candidates<S> {
  const health = servers.map((server) => unhealthy(server, now))
  const panic = panicPercent > 0 ? panicIn(servers, health, panicPercent) : undefined
  const all = servers.map((server, place): Candidate<S> => {
    const its = panic ? undefined : health[place]
    const circuit = isCircuitOpen(server, now) ? 'circuitOpen' : undefined
    return { server, why: server.drain ? 'draining' : (its ?? circuit) }
  })
  return { servers, all, panic, backups, lastResort }
}

export function availability<S extends Server>(
  candidates: Candidates<S>,
  given: Given,
): Availability<S> {
  const { servers, all, panic } = candidates
  const causes = all.map((candidate) => causeFor(candidate, given))
  const available = availableOf(candidates, causes, given)
  if (available.length === servers.length) return { available: servers, passedOver: NOBODY, panic }
  const passedOver: PassedOver[] = []
  let next = 0
  for (let place = 0; place < all.length; place++) {
    const server = servers[place]
    if (server === available[next]) next++
    else if (server) passedOver.push(passed(server, causes[place] ?? 'backup'))
  }
  return { available, passedOver, panic }
}

/** A limit may be less than its setting, in a slow start. */
function passed({ id, load, maxConnections }: Server, why: Why): PassedOver {
  if (why !== 'full') return { server: id, why }
  return { server: id, why, inFlight: load.inFlight, limit: maxConnections }
}

/** Tells whether this server may get the same message again. It does not matter which other servers could get it. */
export function canTakeAgain<S extends Server>({ all, lastResort }: Candidates<S>, server: S) {
  const candidate = all.find((one) => one.server === server)
  if (candidate === undefined || isFull(server)) return false
  return candidate.why === undefined || (lastResort && candidate.why === 'down')
}

function causeFor<S extends Server>(
  { server, why }: Candidate<S>,
  { tried, full }: Given,
): Why | undefined {
  if (tried.length > 0 && tried.includes(server.id)) return 'tried'
  return why ?? (full !== 'available' && isFull(server) ? 'full' : undefined)
}

function isFull({ maxConnections, load }: Server): boolean {
  return maxConnections > 0 && load.inFlight >= maxConnections
}

/**
 * The servers that are no backups; where none of these can be chosen, backups; at last, those that are down, unless one that
 * is up is only full.
 */
function availableOf<S extends Server>(
  { servers, all, backups: way, lastResort }: Candidates<S>,
  causes: readonly (Why | undefined)[],
  { full }: Given,
): readonly S[] {
  const among = (backup: boolean, cause?: Why) =>
    servers.filter((server, place) => server.backup === backup && causes[place] === cause)
  const free = among(false)
  if (free.length > 0) return free
  const backups = way === 'nginx' ? among(true) : theBackup(all, causes)
  if (backups.length > 0 || !lastResort || causes.includes('full')) return backups
  const down = (backup: boolean) =>
    among(backup, 'down').filter((server) => full === 'available' || !isFull(server))
  const main = down(false)
  return main.length > 0 ? main : down(true)
}

/** HAProxy's one: the first that is not down, and only while every other server is. Where it is full, nobody is available. */
function theBackup<S extends Server>(
  all: readonly Candidate<S>[],
  causes: readonly (Why | undefined)[],
): readonly S[] {
  if (all.some(({ server, why }) => !server.backup && why === undefined)) return []
  const place = all.findIndex(
    ({ server }, index) =>
      server.backup && (causes[index] === undefined || causes[index] === 'full'),
  )
  const first = all[place]
  return first === undefined || causes[place] === 'full' ? [] : [first.server]
}

/** Envoy's overprovisioning: a level with 72 % of its servers healthy is enough. */
const OVERPROVISIONING = 140

/**
 * Envoy's panic threshold: fewer of the servers than this share are healthy, and they and the backups, each a level of its
 * own, are together not enough. Servers that drain do not count.
 */
function panicIn<S extends Server>(
  servers: readonly S[],
  health: readonly (Unhealthy | undefined)[],
  panicPercent: number,
): Panic | undefined {
  const main = { healthy: 0, of: 0 }
  const backups = { healthy: 0, of: 0 }
  for (const [place, { backup, drain }] of servers.entries()) {
    if (drain) continue
    const level = backup ? backups : main
    level.of++
    if (health[place] === undefined) level.healthy++
  }
  const enough = ({ healthy, of }: Panic) =>
    of === 0 ? 0 : Math.min(100, Math.floor((OVERPROVISIONING * healthy) / of))
  const level = main.of > 0 ? main : backups
  const isPanic =
    enough(main) + enough(backups) < 100 && 100 * level.healthy < panicPercent * level.of
  return isPanic ? level : undefined
}
