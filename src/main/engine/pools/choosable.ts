// Which servers of a pool can be chosen now? Found once, until something changes.
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'
import {
  type Availability,
  availability,
  type Candidates,
  candidatesAmong,
  canTakeAgain,
  type Panic,
} from './available'
import { areSameServers } from './balance/places'
import type { Guards } from './guards'
import { NOBODY } from './nobody'
import type { PoolServer } from './pool-server'

/** What stays while servers only fill up and have room again. */
interface Found<S> {
  readonly candidates: Candidates<S>
  readonly usable: readonly S[]
  /** When this changes by itself. */
  readonly lapsesAt: SimMs
}

export class Choosable<S extends PoolServer> {
  private found: Found<S> | undefined
  private all: Availability<S> | undefined
  /** The latest lists: for the same servers there is the same list, because algorithms build their tables for a list. */
  private lastUsable: readonly S[] = []
  private lastAvailable: readonly S[] = []

  constructor(
    private settings: PoolValues,
    private readonly servers: readonly S[],
    private readonly guards: Guards<S>,
    private readonly time: { readonly now: SimMs },
  ) {}

  configure(settings: PoolValues): void {
    this.settings = settings
    this.changed()
  }

  /** Something has changed. */
  changed(): void {
    this.found = undefined
    this.all = undefined
  }

  /** A server is at its limit, or is not any more. */
  limitCrossed(): void {
    this.all = undefined
  }

  /** The time of a server that is passed over has ended since it was last asked who can be chosen. */
  get hasLapsed(): boolean {
    return this.found !== undefined && this.time.now >= this.found.lapsesAt
  }

  /** When the next one of such times ends. */
  get lapsesAt(): SimMs {
    return this.hasLapsed ? this.guards.lapsesAt() : this.now.lapsesAt
  }

  /** For a first attempt. */
  get toAll(): Availability<S> {
    if (this.all === undefined) {
      const { candidates, usable } = this.now
      const all = availability(candidates, { tried: NOBODY })
      this.lastAvailable = kept(kept(all.available, this.lastAvailable), usable)
      this.all = { ...all, available: this.lastAvailable }
    }
    return this.all
  }

  after(tried: readonly ProtocolId[]): Availability<S> {
    const { toAll } = this
    if (tried.length === 0) return toAll
    const given = availability(this.now.candidates, { tried })
    return { ...given, available: kept(given.available, toAll.available) }
  }

  /** Tells whether this server could get the same message again, without asking the algorithm. `panic`: health is ignored. */
  again(server: S): { readonly isAvailable: boolean; readonly panic: Panic | undefined } {
    const { candidates } = this.now
    return { isAvailable: canTakeAgain(candidates, server), panic: candidates.panic }
  }

  /** Servers at their limit keep their place in the algorithm's order, and are skipped when it chooses. */
  get usable(): readonly S[] {
    return this.now.usable
  }

  private get now(): Found<S> {
    if (this.found === undefined) {
      const { backups, panicPercent } = this.settings
      const { unhealthy, isCircuitOpen, hasOwnRule } = this.guards
      const rules = { backups, panicPercent, unhealthy, isCircuitOpen, lastResort: hasOwnRule }
      const candidates = candidatesAmong(this.servers, rules, this.time.now)
      const { available } = availability(candidates, { tried: NOBODY, full: 'available' })
      this.lastUsable = kept(available, this.lastUsable)
      const lapsesAt = this.guards.lapsesAt()
      this.found = { candidates, usable: this.lastUsable, lapsesAt }
    }
    return this.found
  }
}

function kept<S>(servers: readonly S[], before: readonly S[]): readonly S[] {
  return areSameServers(servers, before) ? before : servers
}
