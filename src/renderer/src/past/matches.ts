// The packets that the list shows under a filter, or in another order than by number. The newest packets are in the
// state and are filtered here, at the pace for reading; the history searches for older ones from time to time.
import { create } from 'zustand'
import { errorText } from '../../../shared/error-text'
import type { Filter } from '../../../shared/filter/filter'
import { packetOrder, type SortKey } from '../../../shared/filter/order'
import { factsOf } from '../../../shared/filter/state-facts'
import type { PacketId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useFilter } from '../lab/filter'
import { useLab } from '../lab/lab'
import { onPaced } from '../lab/paced'
import type { History, LongWork } from './history/history'
import { IdList } from './id-list'
import { pastView, usePast } from './past'
import { type Left, RecentMatches } from './recent-matches'

export interface Order {
  key: SortKey
  descending: boolean
}

/** The order of the list; at first, the newest on top. */
export const useOrder = create<Order>(() => ({ key: 'id', descending: true }))

export interface Matches {
  /** `byId`: in ascending order, first those in `older`. `inOrder`: as the list shows them. */
  ids:
    | { kind: 'byId'; older: Uint32Array; recent: Uint32Array }
    | { kind: 'inOrder'; ids: Uint32Array }
}

interface MatchesState {
  /** Undefined: all packets by number, or nothing found yet. */
  matches: Matches | undefined
  /** The progress of a search among older packets, 0 to 1. */
  done: number | undefined
  /** Why the search among older packets failed. */
  problem: string | undefined
}

const NOTHING: MatchesState = { matches: undefined, done: undefined, problem: undefined }

export const useMatches = create<MatchesState>(() => NOTHING)

/** How many packets match so far. */
export function matchCount({ ids }: Matches): number {
  return ids.kind === 'byId' ? ids.older.length + ids.recent.length : ids.ids.length
}

/** What a search needs; tests pass their own. */
export interface Searching {
  history(work: LongWork): Promise<Pick<History, 'extent' | 'find'>>
  /** Calls back when there is a new state to read. Returns the way to stop. */
  onState(listener: () => void): () => void
  /** Milliseconds. */
  now(): number
  /** Runs a task later. Returns the way to cancel it. */
  later(task: () => void, ms: number): () => void
}

const REAL: Searching = {
  history: (work) => pastView().currentHistory(work),
  onState: onPaced,
  now: () => performance.now(),
  later: (task, ms) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** The least time between two searches, and between two sorts. */
const SEARCH_EVERY_MS = 500

/** Keeps `useMatches` up to date with the state, the filter, the order and the moment. Returns the way to stop. */
export function startMatches(searching: Searching = REAL): () => void {
  let search: Search | undefined
  const update = () => {
    const { state, session } = useLab.getState()
    const { filter } = useFilter.getState()
    const order = useOrder.getState()
    const { view, name } = usePast.getState()
    const asked: SearchInput = {
      filter,
      order,
      view,
      name,
      session,
      firstPacket: state.firstPacket,
    }
    if (filter === undefined && order.key === 'id') {
      search?.end()
      search = undefined
      if (useMatches.getState() !== NOTHING) useMatches.setState(NOTHING, true)
      return
    }
    if (search === undefined || !sameInput(search.asked, asked)) {
      search?.end()
      search = new Search(asked, searching)
    }
    search.update(state)
  }
  const stops = [
    searching.onState(update),
    useFilter.subscribe(update),
    useOrder.subscribe(update),
    usePast.subscribe(({ view, name }, before) => {
      if (view !== before.view || name !== before.name) update()
    }),
    () => search?.end(),
  ]
  update()
  return () => {
    for (const stop of stops) stop()
  }
}

interface SearchInput {
  filter: Filter | undefined
  order: Order
  view: 'now' | 'past' | 'recording'
  name: string | undefined
  session: string | undefined
  firstPacket: number
}

function sameInput(a: SearchInput, b: SearchInput): boolean {
  const names = Object.keys(a) as (keyof SearchInput)[]
  return names.every((name) => a[name] === b[name])
}

/** One filter in one order, in one session, from one packet on. */
class Search {
  private readonly recent: RecentMatches
  private state: State = useLab.getState().state
  /** All matches among packets that are no longer in the state, up to `knownUpTo`. */
  private older = new IdList()
  private knownUpTo: PacketId
  /** The result of the last search in another order than by number. */
  private inOrder: Uint32Array | undefined
  /** The moment of the last search. */
  private searchedSeq: number | undefined
  private running: AbortController | undefined
  /** Packets that have left the state's list during the running search. */
  private leftMeanwhile: Left[] = []
  private failedSeq: number | undefined
  private notBefore = Number.NEGATIVE_INFINITY
  private cancelLater: (() => void) | undefined

  constructor(
    readonly asked: SearchInput,
    private readonly searching: Searching,
  ) {
    this.recent = new RecentMatches(asked.filter)
    this.knownUpTo = asked.firstPacket
    // The last filter's matches stay until this one has some.
    useMatches.setState({ done: undefined, problem: undefined })
  }

  update(state: State): void {
    this.state = state
    const left = this.recent.update(state)
    this.addLeft(left)
    if (this.running) this.leftMeanwhile.push(left)
    this.publish()
    if (this.searchIsDue()) this.searchSoon()
  }

  /** Adds packets that left the list as known older ones, if there is no gap before them. */
  private addLeft({ after, upTo, matched }: Left): void {
    const known = this.knownUpTo
    if (after > known || upTo <= known) return
    this.older.push(matched.filter((id) => id > known))
    this.knownUpTo = upTo
  }

  end(): void {
    this.cancelLater?.()
    this.running?.abort()
    this.running = undefined
  }

  private get byNumber(): boolean {
    return this.asked.order.key === 'id'
  }

  /** Whether the session has packets that are no longer in the state. */
  private get reachesBack(): boolean {
    return this.state.packets.first > this.asked.firstPacket
  }

  private searchIsDue(): boolean {
    const { seq, packets } = this.state
    if (this.failedSeq === seq) return false
    if (!this.byNumber) return this.searchedSeq !== seq
    if (!this.reachesBack) return false
    // While live, packets are known as matches before they leave the state.
    return this.asked.view === 'now' ? this.knownUpTo < packets.first : this.searchedSeq !== seq
  }

  private publish(): void {
    const { packets } = this.state
    const { firstPacket } = this.asked
    if (this.byNumber) {
      const older = this.older.between(firstPacket, packets.first)
      const recent = this.recent.ids(firstPacket)
      useMatches.setState({ matches: { ids: { kind: 'byId', older, recent } } })
    } else if (this.inOrder) {
      useMatches.setState({ matches: { ids: { kind: 'inOrder', ids: this.inOrder } } })
    }
  }

  /** The state's own packets in the chosen order. */
  private sorted({ key, descending }: Order): Uint32Array {
    const { state } = this
    const found = []
    for (const id of this.recent.ids(this.asked.firstPacket)) {
      const packet = state.packets.at(id - 1)
      if (packet) found.push(factsOf(packet, state))
    }
    found.sort(packetOrder(key, descending))
    return Uint32Array.from(found, ({ id }) => id)
  }

  private searchSoon(): void {
    if (this.running || this.cancelLater) return
    const waitMs = this.notBefore - this.searching.now()
    if (waitMs <= 0) {
      void this.search()
      return
    }
    this.cancelLater = this.searching.later(() => {
      this.cancelLater = undefined
      if (this.searchIsDue()) void this.search()
    }, waitMs)
  }

  private async search(): Promise<void> {
    if (!this.reachesBack) {
      this.inOrder = this.sorted(this.asked.order)
      this.searchedSeq = this.state.seq
      this.notBefore = this.searching.now() + SEARCH_EVERY_MS
      this.publish()
      return
    }
    const control = new AbortController()
    this.running = control
    this.leftMeanwhile = []
    const { signal } = control
    if (this.searchedSeq === undefined) useMatches.setState({ done: 0 })
    const startedAt = this.searching.now()
    const { filter, order, view, firstPacket } = this.asked
    const onProgress = (done: number) => {
      if (!signal.aborted) useMatches.setState({ done })
    }
    let problem: string | undefined
    try {
      const asOf = this.state.seq
      const { end } = this.state.packets
      const history = await this.searching.history({ signal })
      if (signal.aborted) return
      const { lastSeq, packets } = history.extent
      const ids = await history.find(
        {
          filter: filter?.text ?? '',
          sort: this.byNumber ? { key: 'id', descending: false } : order,
          after: firstPacket,
          asOf: view === 'now' ? lastSeq : asOf,
        },
        { signal, onProgress },
      )
      if (signal.aborted) return
      this.searchedSeq = asOf
      this.take(ids, view === 'now' ? packets : end)
    } catch (error) {
      if (signal.aborted) return
      problem = errorText(error)
      // Tries again with the next state.
      this.failedSeq = this.state.seq
    }
    this.running = undefined
    const tookMs = this.searching.now() - startedAt
    this.notBefore = this.searching.now() + Math.max(SEARCH_EVERY_MS, tookMs)
    useMatches.setState({ done: undefined, problem })
    this.publish()
    if (this.searchIsDue()) this.searchSoon()
  }

  private take(ids: Uint32Array, upTo: PacketId): void {
    if (!this.byNumber) {
      this.inOrder = ids
      return
    }
    this.older = new IdList(ids)
    this.knownUpTo = upTo
    for (const left of this.leftMeanwhile) this.addLeft(left)
  }
}
