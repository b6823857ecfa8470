// What is known of a policy only while somebody looks at it: its next choices, how far the other algorithms would have chosen
// otherwise, and which keys have moved. Applies a batch of events to it.
import { type KeysMoved, type Others, SHADOW_ORDER } from '../decision/others'
import type { ProtocolId, SimMs } from '../ids'
import { DraftMap } from './draft-map'
import type { Decision, ShadowTally, State, WatchedPolicy } from './state'

const NOBODY: readonly ProtocolId[] = []

export class WatchedDraft {
  private readonly policies: DraftMap<ProtocolId, WatchedPolicy>
  private readonly tallies = new Map<ProtocolId, TallyDraft>()

  constructor({ watched }: Pick<State, 'watched'>) {
    this.policies = new DraftMap(watched)
  }

  setComing(policy: ProtocolId, coming: readonly ProtocolId[] = NOBODY): void {
    if (coming.length > 0 || this.policies.get(policy)) this.edit(policy).coming = coming
  }

  /** A decision without what others would have chosen ends their tally. */
  decided({ policy, server, attempt, at, others }: Decision): void {
    if (attempt > 1 || server === null) return
    if (others === undefined) {
      this.forgetTally(policy)
      return
    }
    const known = others.message === 1 ? undefined : this.policies.get(policy)?.tally
    let tally = others.message === 1 ? undefined : this.tallies.get(policy)
    if (tally === undefined) {
      tally = new TallyDraft(known ?? begun(at))
      this.tallies.set(policy, tally)
      // Its place; `done` has its figures.
      this.edit(policy).tally = tally.tally
    }
    tally.add(server, others)
  }

  keysMoved(policy: ProtocolId, moved: KeysMoved & { readonly at: SimMs }): void {
    this.edit(policy).keysMoved = moved
  }

  /** The pool chooses anew: what was counted is of another algorithm. */
  begunAnew(policy: ProtocolId): void {
    this.forgetTally(policy)
    const entry = this.policies.get(policy)
    if (entry?.keysMoved) delete this.edit(policy).keysMoved
  }

  forget(policy: ProtocolId): void {
    this.policies.delete(policy)
    this.tallies.delete(policy)
  }

  clear(): void {
    this.policies.clear()
    this.tallies.clear()
  }

  done(): State['watched'] {
    for (const [policy, { tally }] of this.tallies) this.edit(policy).tally = tally
    return this.policies.done()
  }

  private forgetTally(policy: ProtocolId): void {
    this.tallies.delete(policy)
    if (this.policies.get(policy)?.tally) delete this.edit(policy).tally
  }

  private edit(policy: ProtocolId): WatchedPolicy {
    const known = this.policies.edit(policy)
    if (known) return known
    const fresh: WatchedPolicy = { coming: NOBODY }
    this.policies.set(policy, fresh)
    return fresh
  }
}

function begun(since: SimMs): ShadowTally {
  const none = SHADOW_ORDER.map(() => 0)
  return { since, messages: 0, elsewhere: none, servers: NOBODY, given: none.map(() => []) }
}

/** A copy of a tally that a batch may change. */
class TallyDraft {
  private readonly since: SimMs
  private messages: number
  private readonly elsewhere: number[]
  private readonly servers: ProtocolId[]
  private readonly given: number[][]
  private readonly places: Map<ProtocolId, number>

  constructor({ since, messages, elsewhere, servers, given }: ShadowTally) {
    this.since = since
    this.messages = messages
    this.elsewhere = [...elsewhere]
    this.servers = [...servers]
    this.given = given.map((counts) => [...counts])
    this.places = new Map(servers.map((server, place) => [server, place]))
  }

  add(own: ProtocolId, { chosen }: Others): void {
    this.messages++
    const ownPlace = this.placeOf(own)
    for (let index = 0; index < chosen.length; index++) {
      const server = chosen[index] ?? own
      const place = server === own ? ownPlace : this.placeOf(server)
      const counts = this.given[index] ?? []
      counts[place] = (counts[place] ?? 0) + 1
      this.given[index] = counts
      if (server !== own) this.elsewhere[index] = (this.elsewhere[index] ?? 0) + 1
    }
  }

  get tally(): ShadowTally {
    const { since, messages, elsewhere, servers, given } = this
    return { since, messages, elsewhere, servers, given }
  }

  private placeOf(server: ProtocolId): number {
    const known = this.places.get(server)
    if (known !== undefined) return known
    const place = this.servers.push(server) - 1
    this.places.set(server, place)
    // No list has holes: each has as many counts as there are servers.
    for (const counts of this.given) counts[place] = 0
    return place
  }
}
