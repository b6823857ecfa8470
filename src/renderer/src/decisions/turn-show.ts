// Chooses which turns the roundabout shows, and when. Its caption, its list of turns and its pointers are all drawn
// from one shown state, so that they always name the same turn. Pure: the time is the caller's.
import type { ProtocolId } from '../../../shared/ids'
import type { Decision, State } from '../../../shared/state/state'

/**
 * The least real time between two changes of the turns while time runs. A pointer that goes back and forth between two
 * servers then flashes at most three times a second (WCAG 2.3.1), however fast messages arrive.
 */
export const LEAST_MS = 170
/** Real time for which a receipt is shown while time runs; while it is paused, the latest receipt stays. */
export const RECEIPT_MS = 1_200
/** Real time of a pointer's sweep to the next server. */
export const SWEEP_MS = 320

type TurnState = Pick<State, 'next' | 'rows' | 'pools' | 'decisions'>

/** What the roundabout shows. */
export interface ShownTurns<S extends TurnState = TurnState> {
  readonly state: S
  /** The decision to explain, in the shown state; undefined if there was none lately. */
  readonly receipt: Decision | undefined
  /** How many decisions the last change stands for. The receipt explains the last of them. */
  readonly decided: number
  /** Policies whose pointer sweeps to its place. The others are there at once. */
  readonly sweeping: ReadonlySet<ProtocolId>
}

/** The lab at a frame. */
export interface TurnsFrame<S extends TurnState = TurnState> {
  readonly state: S
  /** The latest decision; undefined if it is too old to be shown. */
  readonly latest: Decision | undefined
  /** Decisions since the last frame. */
  readonly decided: number
  /** Time on the screen is paused. */
  readonly paused: boolean
}

interface Timing {
  /** Real time in ms. */
  now(): number
  /** A timer in real ms. Returns how to cancel it. */
  after(ms: number, task: () => void): () => void
}

const NONE: ReadonlySet<ProtocolId> = new Set()

/** The latest decision; undefined if there was none. */
export function latestDecision(decisions: State['decisions']): Decision | undefined {
  let latest: Decision | undefined
  for (const one of decisions.values()) if (isLater(one, latest)) latest = one
  return latest
}

function isLater(one: Decision, other: Decision | undefined): boolean {
  if (other === undefined || one.at !== other.at) return other === undefined || one.at > other.at
  return (
    one.exchange > other.exchange ||
    (one.exchange === other.exchange && one.attempt > other.attempt)
  )
}

/** The turns of a moment that was not reached by playing. */
function atPlace<S extends TurnState>({ state, latest, paused }: TurnsFrame<S>): ShownTurns<S> {
  return { state, receipt: paused ? latest : undefined, decided: 1, sweeping: NONE }
}

/** Changes do not queue: when the turns may change again, the latest are shown. */
export class TurnShow<S extends TurnState = TurnState> {
  private frame: TurnsFrame<S>
  /** The decision of the last change, whether its receipt is still shown or not. */
  private explained: Decision | undefined
  /** Decisions that were made since the last change. */
  private unshown = 0
  private changedAt = Number.NEGATIVE_INFINITY
  /** When each policy's pointer last got another place. */
  private readonly turnedAt = new Map<ProtocolId, number>()
  private turns: ShownTurns<S>
  private cancel: (() => void) | undefined
  private isChangeDue = false

  /** `decisionIsNear`: another message reaches the proxy before a sweep that begins now would end. */
  constructor(
    first: TurnsFrame<S>,
    private readonly timing: Timing,
    private readonly decisionIsNear: () => boolean,
    private readonly onChange: () => void,
  ) {
    this.frame = first
    this.explained = first.latest
    this.turns = atPlace(first)
  }

  get shown(): ShownTurns<S> {
    return this.turns
  }

  tell(frame: TurnsFrame<S>): void {
    this.frame = frame
    this.unshown += frame.decided
    // The change that waits for its time shows the latest frame then: a lab under load sets no timer for each frame.
    if (this.isChangeDue && !frame.paused) return
    this.look()
  }

  /** Shows another moment. Its pointers are at their places; its decision is explained only if time is paused. */
  begin(frame: TurnsFrame<S>): void {
    this.frame = frame
    this.unshown = 0
    this.explained = frame.latest
    this.changedAt = this.timing.now()
    this.turnedAt.clear()
    this.put(atPlace(frame))
    this.look()
  }

  end(): void {
    this.cancel?.()
    this.cancel = undefined
    this.isChangeDue = false
  }

  private look(): void {
    this.end()
    const { state, latest, paused } = this.frame
    const age = this.timing.now() - this.changedAt
    // Where a policy is gone with its decision, an earlier one of another policy is the latest again, but no news.
    const isNews = latest !== undefined && isLater(latest, this.explained)
    if (isNews || state.next !== this.turns.state.next || state.pools !== this.turns.state.pools) {
      // While time is paused only a person's steps change the turns: each is shown at once.
      if (paused || age >= LEAST_MS) this.change(isNews)
      else {
        this.lookAfter(LEAST_MS - age)
        this.isChangeDue = true
      }
      return
    }
    const shows = latest !== undefined && (paused || (this.turns.receipt && age < RECEIPT_MS))
    const receipt = shows ? this.explained : undefined
    // Only the counters of the table have changed, or its rows in a way that concerns no turn.
    this.put({ ...this.turns, state, receipt })
    if (shows && !paused) this.lookAfter(RECEIPT_MS - age)
  }

  private change(isNews: boolean): void {
    const { state, latest, paused } = this.frame
    this.changedAt = this.timing.now()
    if (isNews) this.explained = latest
    const receipt = isNews ? latest : this.turns.receipt
    const decided = isNews ? Math.max(1, this.unshown) : this.turns.decided
    this.unshown = 0
    this.put({ state, receipt, decided, sweeping: this.sweepsTo(state.next) })
    if (receipt && !paused) this.lookAfter(RECEIPT_MS)
  }

  /** A pointer sweeps only if it can arrive before it has to turn again. */
  private sweepsTo(next: State['next']): ReadonlySet<ProtocolId> {
    const before = this.turns.state.next
    const now = this.timing.now()
    const near = this.decisionIsNear()
    const sweeping = new Set(this.turns.sweeping)
    for (const policy of this.turnedAt.keys()) if (!next.has(policy)) this.turnedAt.delete(policy)
    for (const [policy, server] of next) {
      if (before.get(policy) === server) continue
      const rested = now - (this.turnedAt.get(policy) ?? Number.NEGATIVE_INFINITY)
      if (!near && rested >= SWEEP_MS) sweeping.add(policy)
      else sweeping.delete(policy)
      this.turnedAt.set(policy, now)
    }
    return sweeping
  }

  private lookAfter(ms: number): void {
    this.cancel = this.timing.after(ms, () => this.look())
  }

  private put(turns: ShownTurns<S>): void {
    const { state, receipt, decided, sweeping } = this.turns
    const isSame =
      turns.state === state &&
      turns.receipt === receipt &&
      turns.decided === decided &&
      turns.sweeping === sweeping
    this.turns = turns
    if (!isSame) this.onChange()
  }
}
