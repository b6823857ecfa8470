// The laws of limits, queues, retries and health, for any run: no server has more than its limit, none is chosen that is
// down, no retry is beyond what is allowed at once, those who wait are served in order, and a message that is not idempotent
// reaches one server at most.
import { expect } from 'vitest'
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent, Row } from '../../src/shared/events'
import { settled } from '../../src/shared/settings/derive'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import type { PoolSettings } from '../../src/shared/state/state'
import { type Attempt, attemptsIn, type Decision } from './attempts'
import type { Run } from './random-run'

export function checkResilience({ engine, events }: Pick<Run, 'engine' | 'events'>): void {
  expect([...engine.state.waiting]).toEqual([])
  const attempts = attemptsIn(events)
  const of = new Map(attempts.map((attempt) => [attempt.decision, attempt]))
  const retryAt = new Map(attempts.map((attempt) => [attempt.failedBefore, attempt]))
  const queues = new Queues(events)
  /** By node, and by server. */
  const limits = new Map<string, number>()
  const rows = new Map<string, Row>()
  const pools = new Map<string, PoolSettings>()
  for (const event of events) {
    switch (event.type) {
      case 'node.added':
      case 'node.changed':
        limits.set(event.node.id, event.node.maxConnections ?? 0)
        break
      case 'row.set':
        rows.set(event.row.server, event.row)
        break
      case 'pool.changed':
        pools.set(event.policy, event)
        break
      case 'upstream.failed': {
        const retry = retryAt.get(event)
        if (retry === undefined) break
        const { policy } = retry.decision
        const pool = pools.get(policy) ?? settled(POOL_SETTINGS, {})
        checkRetries(retry, before(event, attempts, policy), pool, queues.of(policy).length)
        break
      }
      case 'exchange.queued':
        queues.enter(event.policy, event.exchange)
        // The proxy still counts those whose client has left without its knowledge.
        expect(queues.of(event.policy).length).toBeLessThanOrEqual(event.position)
        break
      case 'exchange.finished':
        queues.finish(event.exchange)
        break
      case 'decision.made': {
        queues.decided(event)
        checkRefusal(event)
        const attempt = of.get(event)
        const row = rows.get(attempt?.server ?? '')
        if (attempt === undefined || row === undefined) break
        checkHealth(event, row)
        const limit = limits.get(row.node) ?? 0
        if (limit > 0) checkLimit(attempt, before(event, attempts, event.policy), limit)
        break
      }
      default:
    }
  }
  queues.areEmpty()
  checkOnce(events)
}

function before({ seq }: LabEvent, attempts: readonly Attempt[], policy: string): Attempt[] {
  return attempts.filter(({ began, decision }) => began.seq < seq && decision.policy === policy)
}

/** First come, first served, among those that have no attempt behind them: others may have tried the server that is free. */
class Queues {
  private readonly queues = new Map<string, number[]>()
  private readonly haveServer = new Set<number>()
  /** The proxy may not know yet that a client has left. */
  private readonly finished = new Set<number>()
  private readonly endings: ReadonlyMap<number, number>

  constructor(events: readonly LabEvent[]) {
    const ends = events.filter((event) => event.type === 'exchange.finished')
    this.endings = new Map(ends.map(({ exchange, at }) => [exchange, at]))
  }

  of(policy: string): readonly number[] {
    return this.queues.get(policy) ?? []
  }

  /** A message that has ended for its client waits for nobody: the proxy has not heard yet that its client has left. */
  enter(policy: string, exchange: number): void {
    if (exchange === 0 || this.finished.has(exchange)) return
    this.queues.set(policy, [...this.of(policy), exchange])
  }

  finish(exchange: number): void {
    this.finished.add(exchange)
    this.leave(exchange)
  }

  private leave(exchange: number): void {
    for (const [policy, queue] of this.queues) {
      this.queues.set(
        policy,
        queue.filter((one) => one !== exchange),
      )
    }
  }

  decided({ policy, exchange, server, waitedMs, at }: Decision): void {
    if (exchange === 0 || this.finished.has(exchange)) return
    const queue = this.of(policy)
    const place = queue.indexOf(exchange)
    expect(place !== -1).toBe(waitedMs !== undefined)
    if (server !== null && !this.haveServer.has(exchange)) {
      const earlier = place === -1 ? queue : queue.slice(0, place)
      // Of several messages of a client that leaves, the end is reported after the next one in the queue is served.
      const stillWaits = (one: number) => !this.haveServer.has(one) && this.endings.get(one) !== at
      expect(earlier.filter(stillWaits)).toEqual([])
    }
    if (server !== null) this.haveServer.add(exchange)
    this.leave(exchange)
  }

  areEmpty(): void {
    expect([...this.queues.values()].flat()).toEqual([])
  }
}

/** Nobody is refused while a server can take it: each one has its cause. What waited may have been tried. */
function checkRefusal({ server, candidates, passedOver, waitedMs }: Decision): void {
  if (server !== null || waitedMs !== undefined) return
  expect(passedOver.map((one) => one.server)).toEqual(candidates)
}

/** Without a cause, a server that is down is the last resort. After its time, it may be tried. */
function checkHealth({ panic, at }: Decision, { health, cause, until, trial }: Row): void {
  if (health === 'up' || cause === undefined || panic || trial) return
  expect([cause, until !== undefined && until <= at]).toEqual([cause, true])
}

/** What ends at the same time may have ended before. */
function checkLimit(attempt: Attempt, others: readonly Attempt[], limit: number): void {
  const { server, decision } = attempt
  const isWithIt = (other: Attempt) => other.server === server && other.decision.seq < decision.seq
  const inFlight = others.filter((other) => isWithIt(other) && other.endsFrom > decision.at)
  expect(inFlight.length).toBeLessThan(limit)
  const { reason } = decision
  if (reason?.by !== 'least-connections' && reason?.by !== 'haproxy-least-connections') return
  const view = reason.compared.find((one) => one.server === server)
  expect(view?.inFlight ?? 0).toBeLessThan(limit)
}

/** Retries count from the failure before them. A limit may have been lowered since the others began. */
function checkRetries(
  { began }: Attempt,
  others: readonly Attempt[],
  { retries, limits }: PoolSettings,
  waiting: number,
): void {
  const atOnce = others.filter(({ failedBefore, endsFrom }) => failedBefore && endsFrom > began.at)
  if (typeof retries === 'object' && retries.budgetPercent > 0) {
    const open = others.filter(({ endsUntil }) => endsUntil >= began.at).length + waiting
    const share = Math.floor((retries.budgetPercent / 100) * open)
    expect(atOnce.length).toBeLessThan(Math.max(3, share))
  } else if (typeof limits === 'object') {
    expect(atOnce.length).toBeLessThan(limits.maxRetries)
  }
}

/** Those of a policy that was never idempotent. */
function checkOnce(events: readonly LabEvent[]): void {
  const twice = new Set<number>()
  const idempotent = new Set<string>()
  const questions = new Map<number, number>()
  const arrived = new Set<number>()
  for (const event of events.flatMap(partsOfEvent)) {
    if (event.type === 'pool.changed') {
      if (typeof event.retries === 'object' && event.retries.idempotent)
        idempotent.add(event.policy)
    } else if (event.type === 'packet.sent') {
      if (event.from === 'proxy' && event.kind === 0) questions.set(event.packet, event.exchange)
    } else if (event.type === 'packet.delivered') {
      const exchange = questions.get(event.packet)
      if (exchange !== undefined && arrived.has(exchange)) twice.add(exchange)
      if (exchange !== undefined) arrived.add(exchange)
    }
  }
  const again = events.filter(
    (event) =>
      event.type === 'decision.made' && twice.has(event.exchange) && !idempotent.has(event.policy),
  )
  expect(again).toEqual([])
}
