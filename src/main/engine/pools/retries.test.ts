import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import { createRandom } from '../clock/random'
import { backoffMs, type FailedHow, retriesAllowed, retryAfter } from './retries'

const with_ = (retries: Partial<Exclude<PoolValues['retries'], 'off'>>) =>
  settled(POOL_SETTINGS, {
    retries: { ...DEFAULTS, ...retries },
  })
const DEFAULTS = {
  max: 3,
  to: 'other',
  on: 'unreachable',
  idempotent: false,
  backoffMs: 0,
  budgetPercent: 0,
} as const
const HOW: readonly FailedHow[] = ['unreachable', 'closed', 'failed']

describe('a message that failed', () => {
  it('goes to each other server once where none could be reached, and nowhere else, by default', () => {
    const { retries } = settled(POOL_SETTINGS, {})
    for (const how of HOW) {
      const retry = retryAfter(retries, { how, attempts: 999, handedOver: false })
      expect(retry.to).toBe(how === 'unreachable' ? 'other' : 'none')
    }
  })

  it('is tried so many times again, and no more', () => {
    const { retries } = with_({ max: 2 })
    const after = (attempts: number) =>
      retryAfter(retries, { how: 'unreachable', attempts, handedOver: false })
    expect([1, 2, 3].map(after)).toEqual([
      { to: 'other' },
      { to: 'other' },
      { to: 'none', why: 'used up' },
    ])
    expect(
      retryAfter(with_({ max: 0 }).retries, {
        how: 'unreachable',
        attempts: 1,
        handedOver: false,
      }),
    ).toEqual({ to: 'none', why: 'used up' })
  })

  it('goes to the same server, and to another one at last, in HAProxy’s way', () => {
    const { retries } = with_({ max: 3, to: 'same' })
    const after = (attempts: number) =>
      retryAfter(retries, { how: 'unreachable', attempts, handedOver: false }).to
    expect([1, 2, 3, 4].map(after)).toEqual(['same', 'same', 'other', 'none'])
  })

  it.each([
    ['unreachable', { unreachable: 'none', closed: 'none', failed: 'none' }],
    ['closed', { unreachable: 'none', closed: 'other', failed: 'none' }],
    ['failed', { unreachable: 'other', closed: 'other', failed: 'other' }],
  ] as const)(
    'is tried again on “%s” where a server has it and it is idempotent',
    (on, expected) => {
      const { retries } = with_({ on, idempotent: true })
      for (const how of HOW) {
        expect(retryAfter(retries, { how, attempts: 1, handedOver: true }).to).toBe(expected[how])
      }
    },
  )

  it('is never tried again where a server may have begun the work, unless it is idempotent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HOW),
        fc.constantFrom('unreachable' as const, 'closed' as const, 'failed' as const),
        fc.constantFrom('same' as const, 'other' as const),
        fc.integer({ min: 1, max: 5 }),
        (how, on, to, attempts) => {
          const { retries } = with_({ on, to })
          const failed = { how, attempts, handedOver: true }
          expect(retryAfter(retries, failed)).toEqual({ to: 'none', why: 'may have begun' })
        },
      ),
    )
  })

  it('is tried again, whatever “on” says, where the connection broke before the server had it', () => {
    const { retries } = with_({ on: 'unreachable' })
    for (const how of HOW) {
      expect(retryAfter(retries, { how, attempts: 1, handedOver: false }).to).toBe('other')
    }
  })
})

describe('backoff', () => {
  it('does not exist by default', () => {
    const random = createRandom(1)
    expect(backoffMs('off', 1, random)).toBe(0)
    expect(backoffMs(with_({}).retries, 1, random)).toBe(0)
  })

  it('is random below a limit that doubles, up to ten times the first one', () => {
    const { retries } = with_({ backoffMs: 25 })
    const limits = [25, 50, 100, 200, 250, 250, 250]
    limits.forEach((limit, index) => {
      const at = (next: number) =>
        backoffMs(retries, index + 1, { next: () => next, integer: () => 0 })
      expect(at(0)).toBe(0)
      expect(at(0.5)).toBe(limit / 2)
      expect(at(1)).toBe(limit)
    })
  })
})

describe('a retry budget', () => {
  const allowed = (
    budgetPercent: number,
    traffic: { inFlight: number; waiting: number; retries: number },
  ) => retriesAllowed(with_({ budgetPercent }), traffic)

  it('is a share of what is in flight and waiting, and at least 3', () => {
    expect(allowed(20, { inFlight: 0, waiting: 0, retries: 2 })).toBeUndefined()
    expect(allowed(20, { inFlight: 0, waiting: 0, retries: 3 })).toBe(3)
    expect(allowed(20, { inFlight: 19, waiting: 0, retries: 3 })).toBe(3)
    expect(allowed(20, { inFlight: 10, waiting: 10, retries: 3 })).toBeUndefined()
    expect(allowed(20, { inFlight: 10, waiting: 10, retries: 4 })).toBe(4)
  })

  it('replaces the limit of the circuit breaker', () => {
    const traffic = { inFlight: 100, waiting: 0, retries: 5 }
    const limits = { maxInFlight: 1024, maxWaiting: 1024, maxRetries: 1 }
    expect(retriesAllowed({ ...with_({ budgetPercent: 20 }), limits }, traffic)).toBeUndefined()
    expect(retriesAllowed({ ...with_({}), limits }, traffic)).toBe(1)
    expect(retriesAllowed({ ...settled(POOL_SETTINGS, {}), limits }, traffic)).toBe(1)
    expect(retriesAllowed(settled(POOL_SETTINGS, {}), traffic)).toBeUndefined()
  })
})
