// Which servers of a pool can be chosen now? Found once, until something changes.
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'
import { type Availability, availability, type Rules } from './available'
import type { Guards } from './guards'
import type { PoolServer } from './pool-server'

const UNTRIED: readonly ProtocolId[] = []

export class Choosable<S extends PoolServer> {
  private found: Availability<S> | undefined
  /** When that changes by itself. */
  private lapsesAt: SimMs = Number.POSITIVE_INFINITY

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
  }

  /** The time of a server that is passed over has ended since it was last asked who can be chosen. */
  get hasLapsed(): boolean {
    return this.found !== undefined && this.time.now >= this.lapsesAt
  }

  /** For a first attempt. */
  get toAll(): Availability<S> {
    if (this.found === undefined) {
      this.found = this.given(UNTRIED)
      this.lapsesAt = this.guards.lapsesAt()
    }
    return this.found
  }

  /** The same list for the same servers, as far as it can be: algorithms build their tables for a list. */
  after(tried: readonly ProtocolId[]): Availability<S> {
    const { toAll } = this
    if (tried.length === 0) return toAll
    const given = this.given(tried)
    const isSame =
      given.available.length === toAll.available.length &&
      given.available.every((server, index) => server === toAll.available[index])
    return isSame ? { ...given, available: toAll.available } : given
  }

  /** Whether this one could get a message, if there were no others. */
  alone(server: S): Availability<S> {
    return availability([server], this.rules, { tried: UNTRIED, now: this.time.now })
  }

  /** Servers at their limit keep their place in the algorithm's order, and are skipped when it chooses. */
  get usable(): readonly S[] {
    const { available, passedOver } = this.toAll
    if (!passedOver.some(({ why }) => why === 'full')) return available
    const given = { tried: UNTRIED, now: this.time.now, full: 'available' } as const
    return availability(this.servers, this.rules, given).available
  }

  private given(tried: readonly ProtocolId[]): Availability<S> {
    return availability(this.servers, this.rules, { tried, now: this.time.now })
  }

  private get rules(): Rules<S> {
    const { backups, panicPercent } = this.settings
    const { why, hasOwnRule } = this.guards
    return { backups, panicPercent, unhealthy: why, lastResort: hasOwnRule }
  }
}
