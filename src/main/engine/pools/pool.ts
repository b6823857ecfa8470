// The servers of one policy: who gets this message, or is it refused?
import type { KeysMoved, Others } from '../../../shared/decision/others'
import type { PassedOver, Reason } from '../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import { choosesAnew, type PoolValues, usesKey } from '../../../shared/settings/pool'
import type { Random } from '../clock/random'
import { type Availability, availability, type Rules } from './available'
import type { Member, RunningAlgorithm } from './balance/algorithm'
import { idsOf } from './balance/places'
import { goesOn, startAlgorithm } from './balance/registry'
import { backoffMs } from './retries'
import { SeenKeys } from './seen-keys'
import { type Chance, Shadows } from './shadows'

/** A server as its pool sees it. Code that changes its health, its weight or its address tells its pool. */
export interface PoolServer extends Member {
  readonly health: 'up' | 'down'
  readonly drain: boolean
  readonly backup: boolean
  /** 0: no limit. */
  readonly maxConnections: number
  /** Changed by its pool alone while it has one. */
  readonly load: { inFlight: number }
}

export interface Dispatch<S> {
  readonly server: S
  readonly reason: Reason
  readonly passedOver: readonly PassedOver[]
  /** Of a first attempt, while somebody looks. */
  readonly others: Others | undefined
}

/** No server can be chosen, each for a cause of its own. */
export interface Nobody {
  readonly server: undefined
  readonly passedOver: readonly PassedOver[]
}

/** What somebody looks at, which is computed only then. */
export interface Watch {
  /** What the pool's picture shows: the next choices, and keys that move. */
  readonly picture: boolean
  /** What the other algorithms would have chosen. */
  readonly others: boolean
}

export const UNWATCHED: Watch = { picture: false, others: false }
/** How many of the next choices are reported. */
const COMING = 10

const UNTRIED: readonly ProtocolId[] = []

export class Pool<S extends PoolServer> {
  private readonly servers: S[] = []
  private readonly byId = new Map<ProtocolId, S>()
  private idList: readonly ProtocolId[] = []
  private algorithm: RunningAlgorithm
  /** For a first attempt; undefined after a change until somebody asks. */
  private untried: Availability<S> | undefined
  private given = 0
  private watched = UNWATCHED
  private shadows: Shadows | undefined
  private keys: SeenKeys | undefined
  private keysMoved: KeysMoved | undefined

  /** `random`: the pool's own, so that its draws do not depend on when other policies draw. */
  constructor(
    private settings: PoolValues,
    private random: Random,
    /** When the present input came. */
    private readonly time: { readonly now: SimMs },
  ) {
    this.algorithm = startAlgorithm(settings, this.servers)
  }

  /** In order of registration: the same array until servers join or leave. */
  get ids(): readonly ProtocolId[] {
    return this.idList
  }

  /** Joins in front of the first of `followers` that is a member; at the end where none is. */
  join(server: S, followers: readonly ProtocolId[] = []): void {
    const before = followers.find((id) => this.byId.has(id))
    const place = before === undefined ? this.servers.length : this.idList.indexOf(before)
    this.servers.splice(place, 0, server)
    this.byId.set(server.id, server)
    this.given += server.load.inFlight
    this.membersChanged()
  }

  leave(server: S): void {
    this.servers.splice(this.servers.indexOf(server), 1)
    this.byId.delete(server.id)
    this.given -= server.load.inFlight
    this.membersChanged()
  }

  has(server: S): boolean {
    return this.byId.get(server.id) === server
  }

  healthChanged(): void {
    this.untried = undefined
    const usable = this.usable()
    this.algorithm.usable(usable)
    this.shadows?.usable(usable)
    this.compareKeys()
  }

  /** A member has another address or other settings: for nginx's algorithms a reload. */
  memberChanged(): void {
    this.untried = undefined
    this.algorithm.changed(this.servers)
    const usable = this.usable()
    this.algorithm.usable(usable)
    this.shadows?.changed(this.servers, usable)
    this.compareKeys()
  }

  /** The server has been given a message. Returns whether it has now reached its limit. */
  began(server: S): boolean {
    server.load.inFlight++
    this.given++
    this.algorithm.loadChanged(server, 1)
    this.shadows?.loadChanged(server, 1)
    return this.isAtLimit(server)
  }

  /** That message has come to its end, answered or not. Returns whether the server was at its limit until now. */
  ended(server: S, tookMs: SimMs): boolean {
    const wasAtLimit = this.isAtLimit(server)
    server.load.inFlight--
    this.given--
    const { now } = this.time
    this.algorithm.ended(server, tookMs, now)
    this.algorithm.loadChanged(server, -1)
    this.shadows?.ended(server, tookMs, now)
    this.shadows?.loadChanged(server, -1)
    return wasAtLimit
  }

  /** The server could not be reached. `maxFails`: after how many failures it is down. */
  failed(server: S, maxFails?: number): void {
    this.algorithm.failed(server, maxFails)
    this.shadows?.failed(server, maxFails)
  }

  /** The servers' health and load stay; another algorithm begins without a memory. */
  configure(settings: PoolValues): void {
    const before = this.settings
    this.settings = settings
    this.untried = undefined
    if (choosesAnew(before, settings)) this.forgetWatched()
    if (goesOn(before, settings)) return
    this.algorithm = startAlgorithm(settings, this.servers)
    if (this.servers.length > 0) this.algorithm.usable(this.usable())
  }

  /** Messages that its servers have been given and that have not come to their end. */
  get inFlight(): number {
    return this.given
  }

  /** Whether a message that was not tried yet could go to a server now. */
  get canTake(): boolean {
    return this.availableToAll().available.length > 0
  }

  /** The servers that such a message could not go to. */
  get passedOver(): readonly PassedOver[] {
    return this.availableToAll().passedOver
  }

  /** How long a message waits before this retry, counted from 1. */
  backoffMs(retry: number): SimMs {
    return backoffMs(this.settings.retries, retry, this.random)
  }

  /** The same server once more, whatever the algorithm is; undefined where it cannot get a message. */
  again(id: ProtocolId): Dispatch<S> | undefined {
    const server = this.byId.get(id)
    if (server === undefined) return undefined
    const { available } = availability([server], this.rules, { tried: UNTRIED, now: this.time.now })
    if (available.length === 0) return undefined
    return { server, reason: { by: 'same-server' }, passedOver: [], others: undefined }
  }

  beginChanceAnew(random: Random): void {
    this.random = random
    this.forgetWatched()
  }

  /** `chance`: the shadows' own, so that looking changes nothing. */
  watch(watched: Watch, chance: Chance): void {
    const { settings } = this
    this.watched = watched
    const hasKeys = watched.picture && usesKey(settings.algorithm)
    const usable = this.usable()
    this.keys = hasKeys ? (this.keys ?? new SeenKeys(idsOf(usable))) : undefined
    this.shadows = watched.others
      ? (this.shadows ?? new Shadows(settings, this.servers, usable, chance))
      : undefined
  }

  /** Chooses for the message with this key. `tried`: servers that earlier attempts could not reach. */
  dispatch(key: string, tried: readonly ProtocolId[] = UNTRIED): Dispatch<S> | Nobody {
    const { available, passedOver } = this.availableAfter(tried)
    if (available.length === 0) return { server: undefined, passedOver }
    const { server: id, reason } = this.algorithm.choose(available, {
      key,
      tried: tried.length,
      now: this.time.now,
      random: this.random,
    })
    const server = this.byId.get(id)
    if (server === undefined) throw new Error(`The algorithm chose ${id}, which is no member.`)
    const isFirst = tried.length === 0
    if (isFirst) this.keys?.saw(key, id)
    const others = isFirst
      ? this.shadows?.choose(id, available, { key, now: this.time.now })
      : undefined
    return { server, reason: reason(), passedOver, others }
  }

  /** The servers that the next first attempts go to: more than one while somebody looks, none where nobody knows before. */
  coming(): readonly ProtocolId[] {
    const { available } = this.availableToAll()
    return available.length === 0
      ? UNTRIED
      : this.algorithm.coming(available, this.watched.picture ? COMING : 1)
  }

  /** The keys that the latest change has moved, once; undefined if there were none. */
  takeKeysMoved(): KeysMoved | undefined {
    const { keysMoved } = this
    this.keysMoved = undefined
    return keysMoved
  }

  private forgetWatched(): void {
    this.shadows = undefined
    this.keys = undefined
    this.keysMoved = undefined
  }

  private compareKeys(): void {
    const usable = this.usable()
    if (this.keys === undefined || usable.length === 0) return
    this.keysMoved = this.keys.compare(idsOf(usable), (key) => this.algorithm.serverOf(usable, key))
  }

  private isAtLimit({ maxConnections, load }: S): boolean {
    if (maxConnections === 0 || load.inFlight !== maxConnections) return false
    this.untried = undefined
    return true
  }

  /** The same list for the same servers, as far as it can be: algorithms build their tables for a list. */
  private availableAfter(tried: readonly ProtocolId[]): Availability<S> {
    const toAll = this.availableToAll()
    if (tried.length === 0) return toAll
    const given = availability(this.servers, this.rules, { tried, now: this.time.now })
    const isSame =
      given.available.length === toAll.available.length &&
      given.available.every((server, index) => server === toAll.available[index])
    return isSame ? { ...given, available: toAll.available } : given
  }

  private availableToAll(): Availability<S> {
    this.untried ??= availability(this.servers, this.rules, { tried: UNTRIED, now: this.time.now })
    return this.untried
  }

  /** Servers at their limit keep their place in the algorithm's order, and are skipped when it chooses. */
  private usable(): readonly S[] {
    const toAll = this.availableToAll()
    if (!toAll.passedOver.some(({ why }) => why === 'full')) return toAll.available
    const given = { tried: UNTRIED, now: this.time.now, full: 'available' } as const
    return availability(this.servers, this.rules, given).available
  }

  private get rules(): Rules<S> {
    const { backups } = this.settings
    return {
      backups,
      unhealthy: ({ health }) => (health === 'down' ? 'down' : undefined),
      lastResort: true,
    }
  }

  private membersChanged(): void {
    this.idList = this.servers.map(({ id }) => id)
    this.memberChanged()
  }
}
