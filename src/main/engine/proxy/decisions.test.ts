import { beforeEach, expect, it, vi } from 'vitest'
import type { PoolValues } from '../../../shared/settings/pool'
import { keyOf } from '../pools/key-of'
import { IS_DOWN, withServers } from './plays.testing'

vi.mock('../pools/key-of', async (original) => ({
  keyOf: vi.fn((await original<typeof import('../pools/key-of')>()).keyOf),
}))

const BY_FIELD = { algorithm: 'hash', hashKey: 'privPolyId' } as const

beforeEach(() => {
  vi.mocked(keyOf).mockClear()
})

/** How often the key is found for a message whose first server is down. */
function keysFound(settings: Partial<PoolValues>, change?: Partial<PoolValues>): number {
  const play = withServers('100', '300')
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
  return vi.mocked(keyOf).mock.calls.length
}

it('finds the key of a message once for all its attempts', () => {
  expect(keysFound(BY_FIELD)).toBe(1)
})

it('finds no key where the algorithm has none', () => {
  expect(keysFound({ hashKey: 'privPolyId' })).toBe(0)
})

it('finds it again where the policy goes by another field by now', () => {
  expect(keysFound(BY_FIELD, { ...BY_FIELD, hashKey: 'payload' })).toBe(2)
})
