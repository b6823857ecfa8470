import { expect, it } from 'vitest'
import { currentSecond, recentRates } from './rates'
import { groupSecond, withSecond } from './testing'

it('is 0 in a second in which nothing is reported of the group', () => {
  const server = { of: 'server', id: '100' } as const
  let metrics = withSecond(new Map(), 3, [groupSecond(), groupSecond({ ...server, begun: 4 })])
  metrics = withSecond(metrics, 5, [groupSecond(), groupSecond({ ...server, begun: 2 })])
  metrics = withSecond(metrics, 6, [groupSecond()])
  expect(currentSecond(metrics, 7_000)).toBe(6)
  expect(recentRates(metrics.get('server 100'), 6, 3)).toEqual([0, 2, 0])
  expect(recentRates(metrics.get('server 100'), 6, 5)).toEqual([0, 4, 0, 2, 0])
  expect(recentRates(undefined, 6, 2)).toEqual([0, 0])
})

it('is that of the last second, until the figures of a later one would be known', () => {
  const metrics = withSecond(new Map(), 3, [groupSecond()])
  expect([4_000, 5_900, 6_000].map((now) => currentSecond(metrics, now))).toEqual([3, 3, undefined])
  expect(currentSecond(new Map(), 4_000)).toBeUndefined()
})
