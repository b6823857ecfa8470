import { describe, expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { limitReached } from './limits'

const none = { inFlight: 0, waiting: 0, retries: 0 }
const limits = { maxInFlight: 2, maxWaiting: 1, maxRetries: 3 }

describe('a circuit breaker by limits', () => {
  it('is off by default', () => {
    const { limits } = settled(POOL_SETTINGS, {})
    expect(limitReached(limits, { ...none, inFlight: 1e9 }, 'inFlight')).toBeUndefined()
  })

  it.each(['inFlight', 'waiting', 'retries'] as const)('has a hard limit for what is %s', (of) => {
    const most = { inFlight: 2, waiting: 1, retries: 3 }[of]
    expect(limitReached(limits, { ...none, [of]: most - 1 }, of)).toBeUndefined()
    expect(limitReached(limits, { ...none, [of]: most }, of)).toBe(most)
    // A limit that was lowered meanwhile.
    expect(limitReached(limits, { ...none, [of]: most + 5 }, of)).toBe(most)
  })

  it('allows nothing with a limit of 0', () => {
    expect(limitReached({ ...limits, maxWaiting: 0 }, none, 'waiting')).toBe(0)
  })
})
