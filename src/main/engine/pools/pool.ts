// The servers of one policy: who gets this message, or is it refused?
import type { PassedOver, Reason } from '../../../shared/decision/reason'
import type { ProtocolId } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'
import type { Random } from '../clock/random'
import { type Availability, availability } from './available'
import type { Ask, Member, RunningAlgorithm } from './balance/algorithm'
import { startAlgorithm } from './balance/registry'

/** A server as its pool sees it. Code that changes its health calls `healthChanged` of its pool. */
export interface PoolServer extends Member {
  readonly health: 'up' | 'down'
}

export interface Dispatch<S> {
  readonly server: S
  readonly reason: Reason
  readonly passedOver: readonly PassedOver[]
}

const UNTRIED: readonly ProtocolId[] = []

export class Pool<S extends PoolServer> {
  private readonly servers: S[] = []
  private readonly byId = new Map<ProtocolId, S>()
  private idList: readonly ProtocolId[] = []
  private algorithm: RunningAlgorithm
  /** For a first attempt; undefined after a change until somebody asks. */
  private untried: Availability<S> | undefined

  /** `random`: the pool's own, so that its draws do not depend on when other policies draw. */
  constructor(
    private settings: PoolValues,
    private random: Random,
  ) {
    this.algorithm = startAlgorithm(settings.algorithm, this.servers)
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
    this.membersChanged()
  }

  leave(server: S): void {
    this.servers.splice(this.servers.indexOf(server), 1)
    this.byId.delete(server.id)
    this.membersChanged()
  }

  healthChanged(): void {
    this.untried = undefined
  }

  /** The servers' health and load stay; another algorithm begins without a memory. */
  configure(settings: PoolValues): void {
    const { algorithm } = this.settings
    this.settings = settings
    if (settings.algorithm !== algorithm) {
      this.algorithm = startAlgorithm(settings.algorithm, this.servers)
    }
  }

  beginChanceAnew(random: Random): void {
    this.random = random
  }

  /** Undefined if the pool has no server that was not tried. */
  dispatch(
    message: Omit<Ask, 'random'>,
    tried: readonly ProtocolId[] = UNTRIED,
  ): Dispatch<S> | undefined {
    const { key, now } = message
    const { available, passedOver } =
      tried.length === 0 ? this.availableToAll() : availability(this.servers, tried)
    if (available.length === 0) return undefined
    const { server: id, reason } = this.algorithm.choose(available, {
      key,
      now,
      random: this.random,
    })
    const server = this.byId.get(id)
    if (server === undefined) throw new Error(`The algorithm chose ${id}, which is no member.`)
    return { server, reason, passedOver }
  }

  /** The server that the next first attempt goes to; null where nobody knows before, or nobody serves. */
  next(): ProtocolId | null {
    const { available } = this.availableToAll()
    return available.length === 0 ? null : this.algorithm.next(available)
  }

  private availableToAll(): Availability<S> {
    this.untried ??= availability(this.servers, UNTRIED)
    return this.untried
  }

  private membersChanged(): void {
    this.idList = this.servers.map(({ id }) => id)
    this.untried = undefined
    this.algorithm.changed(this.servers)
  }
}
