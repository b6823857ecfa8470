// Circuit breakers with states in a pool, one for each server.
import type { SimMs } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'
import { Breaker } from '../breaker'
import type { Guard, Happening, ServerCondition } from './guard'

/** As a library around a call sees it: an error answer is its exception, a wrong hash is a result. */
const OUTCOMES: Partial<Record<Happening, 'passed' | 'failed' | 'none'>> = {
  answered: 'passed',
  wrongHash: 'passed',
  errorAnswer: 'failed',
  unreachable: 'failed',
  closed: 'failed',
  silent: 'failed',
  badAnswer: 'failed',
  abandoned: 'none',
}

export class Breakers<S> implements Guard<S> {
  /** The breakers of servers that have had a message. */
  private readonly breakers = new Map<S, Breaker>()

  constructor(private readonly settings: Exclude<PoolValues['breaker'], 'off'>) {}

  isOpen(server: S, now: SimMs): boolean {
    return this.breakers.get(server)?.admits(now) === false
  }

  lapsesAt(server: S): SimMs | undefined {
    return this.breakers.get(server)?.openUntil
  }

  condition(server: S): Partial<ServerCondition> | undefined {
    const breaker = this.breakers.get(server)
    if (breaker === undefined || breaker.is === 'closed') return undefined
    const { openUntil } = breaker
    const next = openUntil === undefined ? { trial: true } : { until: openUntil }
    return { health: 'down', cause: 'breaker', ...next }
  }

  note(server: S, happening: Happening, now: SimMs, givenAt: SimMs): boolean {
    const outcome = OUTCOMES[happening]
    const breaker = this.breakers.get(server) ?? new Breaker(this.settings)
    if (outcome === undefined && happening !== 'chosen') return false
    this.breakers.set(server, breaker)
    const [was, admitted] = [breaker.is, breaker.admits(now)]
    if (outcome === undefined) breaker.given(now)
    else breaker.ended(givenAt, outcome, now)
    return breaker.is !== was || breaker.admits(now) !== admitted
  }

  forget(server: S): void {
    this.breakers.delete(server)
  }
}
