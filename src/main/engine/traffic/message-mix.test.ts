// What is each message of a source about? Shares within bounds, and the texts that name them.
import { expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { TRAFFIC, type TrafficValues } from '../../../shared/settings/features/traffic'
import { createRandom } from '../clock/random'
import { MessageMix, mixIn } from './message-mix'

const FALLBACK = { policy: '111', payload: 'xyz' }
const MANY = 40_000

function shares(values: Partial<TrafficValues>, what: 'client' | 'policy' | 'payload') {
  const mix = new MessageMix(settled(TRAFFIC.settings, values), FALLBACK, createRandom(3))
  const counts: Record<string, number> = {}
  for (let one = 0; one < MANY; one++) {
    const drawn = String(mix.draw()[what])
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
  return counts
}

/** Within five standard deviations of a binomial count. */
function expectShare(count: number | undefined, share: number): void {
  const bound = 5 * Math.sqrt(MANY * share * (1 - share))
  expect(Math.abs((count ?? 0) - MANY * share)).toBeLessThan(bound)
}

it('is the client’s own without a mix', () => {
  expect(shares({}, 'policy')).toEqual({ 111: MANY })
  expect(shares({}, 'payload')).toEqual({ xyz: MANY })
  expect(shares({}, 'client')).toEqual({ 0: MANY })
})

it('policies and payloads have the shares of their weights', () => {
  const policies = shares({ policies: '111*3, 222' }, 'policy')
  expectShare(policies['111'], 3 / 4)
  expectShare(policies['222'], 1 / 4)
  const payloads = shares({ payloads: 'small*9, large' }, 'payload')
  expectShare(payloads.small, 9 / 10)
  expectShare(payloads.large, 1 / 10)
})

it('the clients of a crowd send equally often', () => {
  const clients = shares({ clients: 40 }, 'client')
  expect(Object.keys(clients)).toHaveLength(40)
  for (const count of Object.values(clients)) expectShare(count, 1 / 40)
})

it('keys are uniform, or have Zipf’s shares', () => {
  const uniform = shares({ keys: 5 }, 'payload')
  for (let key = 1; key <= 5; key++) expectShare(uniform[`xyz-${key}`], 1 / 5)
  const zipf = shares({ keys: 4, keyShares: 'zipf' }, 'payload')
  const whole = 1 + 1 / 2 + 1 / 3 + 1 / 4
  for (let key = 1; key <= 4; key++) expectShare(zipf[`xyz-${key}`], 1 / key / whole)
  const steep = shares({ keys: 2, keyShares: 'zipf', zipfExponent: 2 }, 'payload')
  expectShare(steep['xyz-1'], 4 / 5)
})

it.each([
  ['', [{ value: 'own', weight: 1 }]],
  ['a', [{ value: 'a', weight: 1 }]],
  [
    ' a * 2 , b*0.5, ',
    [
      { value: 'a', weight: 2 },
      { value: 'b', weight: 0.5 },
    ],
  ],
  ['a*b', [{ value: 'a*b', weight: 1 }]],
  ['a*0', [{ value: 'own', weight: 1 }]],
])('reads %j', (written, mix) => {
  expect(mixIn(written, 'own')).toEqual(mix)
})
