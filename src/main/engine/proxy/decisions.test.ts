import { expect, it, vi } from 'vitest'
import type { PoolValues } from '../../../shared/settings/pool'
import { IS_DOWN, withServers } from './plays.testing'

const BY_FIELD = { algorithm: 'hash', hashKey: 'privPolyId' } as const

/** How often a message whose first server is down is parsed for its key. As it comes, it is known from an earlier play. */
function timesParsed(settings: Partial<PoolValues>, change?: Partial<PoolValues>): number {
  const earlier = withServers('100')
  earlier.asks(1, '111').dials()
  earlier.leavesOpen('q1', '100/1', 'connect 100/1')
  const parse = vi.spyOn(JSON, 'parse')
  const play = withServers('100', '300')
  parse.mockClear()
  const hasTurns = settings.algorithm === undefined
  play
    .setsPool('111', settings)
    .causes('report pool.changed', ...(hasTurns ? [] : ['report policy.next']))
  const upstream = play.asks(1, '111').dials()
  if (change) play.setsPool('111', change).causes('report pool.changed')
  const other = upstream === '100/1' ? '300' : '100'
  play
    .timeUp(`connect ${upstream}`)
    .causes(
      ...IS_DOWN,
      `hang up ${upstream}`,
      'report upstream.failed',
      'report decision.made',
      `start connect ${other}/1`,
      `dial ${other}/1 on port ${other}`,
    )
  expect(play.reports('decision.made')).toMatchObject([{ attempt: 2 }])
  play.leavesOpen('q1', `${other}/1`, `connect ${other}/1`)
  const { length } = parse.mock.calls
  parse.mockRestore()
  return length
}

it('finds the key of a message once for all its attempts', () => {
  expect(timesParsed(BY_FIELD)).toBe(1)
})

it('finds no key where the algorithm has none', () => {
  expect(timesParsed({ hashKey: 'privPolyId' })).toBe(0)
})

it('finds it again where the policy goes by another field by now', () => {
  expect(timesParsed(BY_FIELD, { ...BY_FIELD, hashKey: 'payloadsize' })).toBe(2)
})
