import { expect, it } from 'vitest'
import { lastSecond, recentRates } from './rates'
import { groupSecond, withSecond } from './testing'

it('is 0 in a second in which nothing is reported of the group', () => {
  const server = { of: 'server', id: '100' } as const
  let metrics = withSecond(new Map(), 3, [groupSecond(), groupSecond({ ...server, begun: 4 })])
  metrics = withSecond(metrics, 5, [groupSecond(), groupSecond({ ...server, begun: 2 })])
  metrics = withSecond(metrics, 6, [groupSecond()])
  expect(lastSecond(metrics)).toBe(6)
  expect(recentRates(metrics.get('server 100'), 6, 3)).toEqual([0, 2, 0])
  expect(recentRates(metrics.get('server 100'), 6, 5)).toEqual([0, 4, 0, 2, 0])
  expect(recentRates(undefined, 6, 2)).toEqual([0, 0])
})
