// A whole pool in a panic.
import { describe, expect, it } from 'vitest'
import { members, TestPool } from '../balance/testing'
import { ENVOY_OUTLIERS } from './testing'

const OUTLIERS = { ...ENVOY_OUTLIERS, consecutiveErrors: 1, maxPercent: 100 }

describe('a pool', () => {
  it('panics over the whole pool, not over the one server that is tried again', () => {
    const envoy = new TestPool('weighted-round-robin', members('a', 'b', 'c', 'd'), {
      outliers: OUTLIERS,
      panicPercent: 50,
    })
    envoy.refuses('a')
    expect(envoy.pool.again('a')).toBeUndefined()
    expect(envoy.pool.again('b')).toMatchObject({ panic: undefined })
    for (const id of 'bc') envoy.refuses(id)
    expect(envoy.pool.again('a')).toMatchObject({ panic: { healthy: 1, of: 4 } })
  })

  it('in a panic goes by an open breaker also where health has a cause of its own', () => {
    const settings = {
      outliers: OUTLIERS,
      panicPercent: 100,
      breaker: { messages: 1, failurePercent: 50, openMs: 60_000, trials: 1 },
    }
    const envoy = new TestPool('weighted-round-robin', members('a', 'b'), settings)
    envoy.refuses('a')
    const { panic, passedOver } = envoy.dispatch()
    expect([panic, passedOver]).toEqual([
      { healthy: 1, of: 2 },
      [{ server: 'a', why: 'circuitOpen' }],
    ])
    expect(envoy.oneByOne(3)).toBe('b b b')
    expect(envoy.pool.again('a')).toBeUndefined()
  })
})
