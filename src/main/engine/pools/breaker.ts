// A circuit breaker with states for one server, as Resilience4j's: closed; open once too many of its latest messages have
// failed; half open after a time, for a few trials that decide. nginx, HAProxy and Envoy have none of this kind.
import type { SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'

type Settings = Exclude<PoolValues['breaker'], 'off'>

type State =
  | { readonly is: 'closed'; readonly latest: Latest }
  | { readonly is: 'open'; readonly until: SimMs }
  | {
      readonly is: 'halfOpen'
      readonly since: SimMs
      /** Trials that may still be given. */
      readonly left: number
      readonly passed: number
      readonly failed: number
    }

export class Breaker {
  private state: State

  constructor(private readonly settings: Settings) {
    this.state = { is: 'closed', latest: new Latest(settings.messages) }
  }

  get is(): State['is'] {
    return this.state.is
  }

  /** Until when it is open; then the next message is a trial. */
  get openUntil(): SimMs | undefined {
    return this.state.is === 'open' ? this.state.until : undefined
  }

  /** Whether the server may be given a message now. */
  admits(now: SimMs): boolean {
    const { state } = this
    switch (state.is) {
      case 'closed':
        return true
      case 'open':
        return now >= state.until
      case 'halfOpen':
        return state.left > 0
    }
  }

  /** The server is given a message. The first one after the open time makes the breaker half open. */
  given(now: SimMs): void {
    if (this.state.is === 'open' && now >= this.state.until) {
      this.state = { is: 'halfOpen', since: now, left: this.settings.trials, passed: 0, failed: 0 }
    }
    if (this.state.is === 'halfOpen') this.state = { ...this.state, left: this.state.left - 1 }
  }

  /** `outcome`: `none` where nobody waited for the answer any more; another trial is then allowed in its place. */
  ended(givenAt: SimMs, outcome: 'passed' | 'failed' | 'none', now: SimMs): void {
    const { state } = this
    if (state.is === 'closed' && outcome !== 'none') {
      state.latest.add(outcome === 'failed')
      if (state.latest.isFull && this.isTooMany(state.latest.failures, this.settings.messages)) {
        this.open(now)
      }
    }
    // A message from before the breaker opened is no trial.
    if (state.is === 'halfOpen' && givenAt >= state.since) this.tried(state, outcome, now)
  }

  private tried(
    state: Extract<State, { is: 'halfOpen' }>,
    outcome: 'passed' | 'failed' | 'none',
    now: SimMs,
  ): void {
    if (outcome === 'none') {
      this.state = { ...state, left: state.left + 1 }
      return
    }
    const { messages, trials } = this.settings
    const passed = state.passed + (outcome === 'passed' ? 1 : 0)
    const failed = state.failed + (outcome === 'failed' ? 1 : 0)
    if (passed + failed < Math.min(messages, trials)) this.state = { ...state, passed, failed }
    else if (this.isTooMany(failed, passed + failed)) this.open(now)
    else this.state = { is: 'closed', latest: new Latest(messages) }
  }

  private open(now: SimMs): void {
    this.state = { is: 'open', until: now + this.settings.openMs }
  }

  private isTooMany(failures: number, of: number): boolean {
    return failures * 100 >= this.settings.failurePercent * of
  }
}

/** Which of the latest messages have failed. */
class Latest {
  private readonly ring: Uint8Array
  private count = 0
  failures = 0

  constructor(private readonly size: number) {
    this.ring = new Uint8Array(size)
  }

  get isFull(): boolean {
    return this.count >= this.size
  }

  add(failed: boolean): void {
    const place = this.count++ % this.size
    this.failures += Number(failed) - (this.ring[place] ?? 0)
    this.ring[place] = Number(failed)
  }
}
