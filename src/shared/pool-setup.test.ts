import { expect, it } from 'vitest'
import { poolNow } from './pool-setup'
import { CLASSIC_POOL } from './scenario'
import { INITIAL_STATE } from './state/reduce'
import { insideServer } from './state/testing'

it('keeps the order of policies, and so their colours, after a server was removed and added again', () => {
  const nodes = [
    insideServer('200', { policy: '222' }),
    insideServer('300', { policy: '111' }),
    insideServer('100', { policy: '111' }),
  ]
  const slots = new Map([
    ['222', 1],
    ['111', 0],
  ])
  const state = { ...INITIAL_STATE, slots, nodes: new Map(nodes.map((node) => [node.id, node])) }
  const { servers } = poolNow(state, CLASSIC_POOL).asItIs
  expect(servers.map(({ id }) => id)).toEqual(['300', '100', '200'])
})
