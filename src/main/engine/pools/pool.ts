// The servers of one policy: who gets this message, or is it refused?
import type { KeysMoved } from '../../../shared/decision/others'
import type { PassedOver } from '../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import { choosesAnew, type PoolValues, usesKey } from '../../../shared/settings/pool'
import type { Random } from '../clock/random'
import type { Availability } from './available'
import type { RunningAlgorithm } from './balance/algorithm'
import { idsOf } from './balance/places'
import { goesOn, startAlgorithm } from './balance/registry'
import { Choosable } from './choosable'
import type { Dispatch, Nobody } from './dispatch'
import { Guards } from './guards'
import type { Happening, ServerCondition } from './health/guard'
import { NOBODY } from './nobody'
import type { Outcome } from './outcome'
import type { PoolServer } from './pool-server'
import { backoffMs } from './retries'
import { SeenKeys } from './seen-keys'
import { type Chance, Shadows } from './shadows'
import { COMING, type DecisionWatch, UNWATCHED } from './watch'

export class Pool<S extends PoolServer> {
  private readonly servers: S[] = []
  private readonly byId = new Map<ProtocolId, S>()
  private idList: readonly ProtocolId[] = []
  private algorithm: RunningAlgorithm
  private readonly guards: Guards<S>
  private readonly choosable: Choosable<S>
  private given = 0
  private watched = UNWATCHED
  private shadows: Shadows | undefined
  private keys: SeenKeys | undefined

  /** `random`: the pool's own, so that its draws do not depend on when other policies draw. */
  constructor(
    private settings: PoolValues,
    private random: Random,
    /** When the present input came. */
    private readonly time: { readonly now: SimMs },
  ) {
    this.algorithm = startAlgorithm(settings, this.servers)
    this.guards = new Guards(settings, this.servers, time)
    this.choosable = new Choosable(settings, this.servers, this.guards, time)
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
    this.guards.joined(server)
    this.membersChanged()
  }

  leave(server: S): void {
    this.servers.splice(this.servers.indexOf(server), 1)
    this.byId.delete(server.id)
    this.given -= server.load.inFlight
    this.guards.left(server)
    this.membersChanged()
  }

  has(server: S): boolean {
    return this.byId.get(server.id) === server
  }

  /** A member has another address or other settings: for nginx's algorithms a reload. */
  memberChanged(): void {
    this.guards.weighAll()
    this.guards.takeWeighed()
    this.algorithm.changed(this.servers)
    this.shadows?.changed(this.servers)
    this.changed()
  }

  /** A member has registered again: what was known of its health is forgotten. */
  registered(server: S): void {
    this.guards.forget(server)
    this.changed()
  }

  /** The server has been given a message. Returns whether its condition has changed, or who can be chosen. */
  began(server: S): boolean {
    server.load.inFlight++
    this.given++
    this.algorithm.loadChanged?.(server, 1)
    this.shadows?.loadChanged(server, 1)
    const isNews = this.note(server, 'chosen')
    return this.isAtLimit(server) || isNews
  }

  /** The connection for a message is open. Returns the same. */
  reached(server: S): boolean {
    return this.note(server, 'reached')
  }

  /** The message that it was given at `givenAt` has come to its end, answered or not. Returns the same. */
  ended(server: S, givenAt: SimMs, outcome: Outcome = 'answered'): boolean {
    const wasAtLimit = this.isAtLimit(server)
    server.load.inFlight--
    this.given--
    const { now } = this.time
    const failures = this.guards.failuresAllowed(outcome)
    for (const one of [this.algorithm, this.shadows]) {
      one?.ended?.(server, now - givenAt, now)
      one?.loadChanged?.(server, -1)
      if (failures !== undefined) one?.failed(server, failures)
    }
    return this.note(server, outcome, givenAt) || wasAtLimit
  }

  /** A health check of the server has ended. Returns the same. */
  checked(server: S, isPassed: boolean): boolean {
    return this.note(server, isPassed ? 'checkPassed' : 'checkFailed')
  }

  /** The pool's own rule knows again that the server was down; features that watch servers do not. */
  restoreDown(server: S): void {
    if (this.guards.setDown(server)) this.changed()
  }

  /** Whether a wrong hash matters to it: to find it costs time. */
  get judgesHashes(): boolean {
    return this.guards.judgesHashes
  }

  condition(server: S): ServerCondition {
    return this.guards.condition(server)
  }

  /** When something is to be done without a message: a sweep of ejected servers, a step of a slow start. */
  nextTick(): SimMs | undefined {
    return this.guards.nextTick(this.choosable.lapsesAt)
  }

  /** Does what is due. */
  tick(): void {
    this.guards.tick()
    this.changed()
  }

  /** Load stays; so does health, but for a feature with other settings; another algorithm begins without a memory. */
  configure(settings: PoolValues): void {
    const before = this.settings
    this.settings = settings
    this.guards.configure(settings)
    this.choosable.configure(settings)
    if (choosesAnew(before, settings)) this.forgetWatched()
    if (!goesOn(before, settings)) this.algorithm = startAlgorithm(settings, this.servers)
    if (this.servers.length > 0) this.changed()
  }

  /** Messages that its servers have been given and that have not come to their end. */
  get inFlight(): number {
    return this.given
  }

  /** Whether a message that was not tried yet could go to a server now. */
  get canTake(): boolean {
    return this.available.available.length > 0
  }

  /** The servers that such a message could not go to. */
  get passedOver(): readonly PassedOver[] {
    return this.available.passedOver
  }

  /** How long a message waits before this retry, counted from 1. */
  backoffMs(retry: number): SimMs {
    return backoffMs(this.settings.retries, retry, this.random)
  }

  /** The same server once more, whatever the algorithm is; undefined where it cannot get a message. */
  again(id: ProtocolId): Dispatch<S> | undefined {
    const server = this.byId.get(id)
    if (server === undefined) return undefined
    this.lapse()
    const { isAvailable, panic } = this.choosable.again(server)
    if (!isAvailable) return undefined
    return { server, reason: { by: 'same-server' }, passedOver: [], panic, others: undefined }
  }

  beginChanceAnew(random: Random): void {
    this.random = random
    this.forgetWatched()
  }

  /** `chance`: the shadows' own, so that looking changes nothing. */
  watch(watched: DecisionWatch, chance: Chance): void {
    const { settings } = this
    this.watched = watched
    const hasKeys = watched.picture && usesKey(settings.algorithm)
    const { usable } = this.choosable
    this.keys = hasKeys ? (this.keys ?? new SeenKeys(idsOf(usable))) : undefined
    this.shadows = watched.others
      ? (this.shadows ?? new Shadows(settings, this.servers, usable, chance))
      : undefined
  }

  /** Chooses for this key. `tried`: servers that earlier attempts could not reach. `waited`: the message was in the queue. */
  dispatch(
    key: string,
    tried: readonly ProtocolId[] = NOBODY,
    waited = false,
  ): Dispatch<S> | Nobody {
    this.lapse()
    const { available, passedOver, panic } = this.choosable.after(tried)
    if (available.length === 0) return { server: undefined, passedOver }
    const ask = { key, tried: tried.length, waited, now: this.time.now, random: this.random }
    const { server: id, reason } = this.algorithm.choose(available, ask)
    const server = this.byId.get(id)
    if (server === undefined) throw new Error(`The algorithm chose ${id}, which is no member.`)
    const isFirst = tried.length === 0
    if (isFirst && this.keys) this.sawKey(key, id, available)
    const others = isFirst ? this.shadows?.choose(id, available, ask) : undefined
    return { server, reason: reason(), passedOver, panic, others }
  }

  /** No server was available for a message, which is now the only one in the queue. */
  queueBegins(): void {
    this.algorithm.queueBegins()
    this.shadows?.queueBegins()
  }

  /** The servers that the next first attempts go to: more than one while somebody looks, none where nobody knows before. */
  coming(): readonly ProtocolId[] {
    const { available } = this.available
    if (available.length === 0) return NOBODY
    return this.algorithm.coming(available, this.watched.picture ? COMING : 1)
  }

  /** The keys that the latest change has moved, once; undefined if there were none. */
  takeKeysMoved(): KeysMoved | undefined {
    return this.keys?.takeMoved()
  }

  private forgetWatched(): void {
    this.shadows = this.keys = undefined
  }

  /** A key whose server is full has not moved: it is remembered with the server that it would go to otherwise. */
  private sawKey(key: string, id: ProtocolId, available: readonly S[]): void {
    const { usable } = this.choosable
    this.keys?.saw(key, available === usable ? id : this.algorithm.serverOf(usable, key))
  }

  private compareKeys(): void {
    const { usable } = this.choosable
    if (this.keys === undefined || usable.length === 0) return
    this.keys.compare(idsOf(usable), (key) => this.algorithm.serverOf(usable, key))
  }

  private note(server: S, happening: Happening, givenAt = this.time.now): boolean {
    const isNews = this.guards.note(server, happening, givenAt)
    if (isNews) this.changed()
    return isNews
  }

  /** Who can be chosen may be others now, or weigh otherwise. */
  private changed(): void {
    this.choosable.changed()
    const isWeighed = this.guards.takeWeighed()
    if (isWeighed) this.algorithm.weighed(this.servers)
    if (isWeighed) this.shadows?.weighed(this.servers)
    const { usable } = this.choosable
    this.algorithm.usable(usable)
    this.shadows?.usable(usable)
    this.compareKeys()
  }

  private isAtLimit({ maxConnections, load }: S): boolean {
    if (maxConnections === 0 || load.inFlight < maxConnections) return false
    this.choosable.limitCrossed()
    return true
  }

  /** For a first attempt. */
  private get available(): Availability<S> {
    this.lapse()
    return this.choosable.toAll
  }

  /** nginx lets a server be tried when the next message comes after its time, without a timer. */
  private lapse(): void {
    if (this.choosable.hasLapsed) this.changed()
  }

  private membersChanged(): void {
    this.idList = this.servers.map(({ id }) => id)
    this.memberChanged()
  }
}
