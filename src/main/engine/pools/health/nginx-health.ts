// nginx's passive health in a pool: max_fails and fail_timeout; with `answers`, what a server says counts, too.
import type { SimMs } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'
import type { Happening, HealthGuard, ServerCondition } from './guard'
import {
  chosen,
  type Fails,
  failed,
  isOnTrial,
  isPassedOver,
  NO_FAILS,
  passed,
  passedOverUntil,
} from './passive'

type Verdict = 'chosen' | 'passed' | 'failed'

/** nginx sees whether a connection could be opened, and nothing else. */
const BY_CONNECTION: Partial<Record<Happening, Verdict>> = {
  chosen: 'chosen',
  reached: 'passed',
  unreachable: 'failed',
}
const BY_ANSWER: Partial<Record<Happening, Verdict>> = {
  chosen: 'chosen',
  answered: 'passed',
  unreachable: 'failed',
  closed: 'failed',
  silent: 'failed',
  badAnswer: 'failed',
  wrongHash: 'failed',
  errorAnswer: 'passed',
}

export class NginxHealth<S> implements HealthGuard<S> {
  private readonly states = new Map<S, Fails>()
  private readonly verdicts: Partial<Record<Happening, Verdict>>

  constructor(
    private readonly settings: Exclude<PoolValues['health'], 'off'>,
    private readonly servers: readonly S[],
  ) {
    this.verdicts = settings.answers ? BY_ANSWER : BY_CONNECTION
  }

  why(server: S, now: SimMs) {
    const state = this.stateOf(server)
    return state && isPassedOver(state, this.settings, now) ? 'failing' : undefined
  }

  get maxFails(): number {
    return this.settings.maxFails
  }

  isFailure(happening: Happening): boolean {
    return this.verdicts[happening] === 'failed'
  }

  /** From when on it is not passed over; undefined where it has not failed so often. */
  lapsesAt(server: S): SimMs | undefined {
    const state = this.stateOf(server)
    return state && passedOverUntil(state, this.settings)
  }

  condition(server: S): Partial<ServerCondition> | undefined {
    const until = this.lapsesAt(server)
    if (until === undefined) return undefined
    const isTrial = isOnTrial(this.states.get(server) ?? NO_FAILS, this.settings)
    return { health: 'down', cause: 'failures', until, ...(isTrial && { trial: true }) }
  }

  note(server: S, happening: Happening, now: SimMs): boolean {
    const verdict = this.verdicts[happening]
    const before = this.states.get(server)
    // The only server keeps no account, as in nginx: what happens while it is alone is never held against it.
    if (this.servers.length === 1 || verdict === undefined) return false
    if (before === undefined && verdict !== 'failed') return false
    const after = this.after(before ?? NO_FAILS, verdict, now)
    if (after === before) return false
    const wasDown = this.lapsesAt(server) !== undefined
    if (after.fails === 0) this.states.delete(server)
    else this.states.set(server, after)
    return wasDown || this.lapsesAt(server) !== undefined
  }

  forget(server: S): void {
    this.states.delete(server)
  }

  private after(state: Fails, verdict: Verdict, now: SimMs): Fails {
    if (verdict === 'chosen') return chosen(state, this.settings, now)
    return verdict === 'failed' ? failed(state, now) : passed(state)
  }

  /** Undefined for the only server, which is never passed over. */
  private stateOf(server: S): Fails | undefined {
    return this.servers.length === 1 ? undefined : this.states.get(server)
  }
}
