import { expect, test } from 'vitest'
import type { Decision } from '../../../../shared/state/state'
import { packetWith } from '../../lab/testing'
import { NO_WAY, sameWay, wayOf } from './way'

const decision = (attempt: number, server: string | null): Decision => ({
  exchange: 1,
  policy: '111',
  server,
  candidates: ['100', '300'],
  next: null,
  attempt,
  algorithm: 'round-robin',
  passedOver: [],
  reason: null,
  at: 0,
})

test('the way has the client, the servers, and the exit of every attempt', () => {
  const question = packetWith({
    id: 1,
    exchange: 1,
    from: 'client:1',
    to: 'proxy',
    decision: decision(2, '300'),
    earlierDecisions: [decision(1, '100')],
  })
  const forwarded = packetWith({ id: 2, exchange: 1, from: 'proxy', to: 'server:300' })
  const way = wayOf([question, forwarded])
  expect([...way.nodes]).toEqual(['client:1', 'server:300'])
  expect(way.policy).toBe('111')
  expect([...way.servers].sort()).toEqual(['100', '300'])
})

test('where there were more attempts, the way numbers them', () => {
  const question = packetWith({
    id: 1,
    exchange: 1,
    from: 'client:1',
    to: 'proxy',
    decision: { ...decision(2, '300'), at: 900 },
    earlierDecisions: [{ ...decision(1, '100'), at: 600 }],
  })
  const leg = (id: number, to: string, sentAt: number) =>
    packetWith({ id, exchange: 1, from: 'proxy', to, sentAt })
  const way = wayOf([question, leg(2, 'server:100', 600), leg(3, 'server:300', 900)])
  expect([...way.attempts]).toEqual([
    ['server:100', 1],
    ['server:300', 2],
  ])
  const { earlierDecisions: _, ...single } = question
  expect(wayOf([{ ...single, earlierDecisions: undefined }]).attempts.size).toBe(0)
})

test('a registration has its server alone, and nothing has no way', () => {
  const registration = packetWith({ id: 1, kind: 1, exchange: 0, from: 'server:100', to: 'proxy' })
  expect([...wayOf([registration]).nodes]).toEqual(['server:100'])
  expect(sameWay(wayOf([]), NO_WAY)).toBe(true)
  expect(sameWay(wayOf([registration]), NO_WAY)).toBe(false)
})
