import { expect, it } from 'vitest'
import { decisionOf } from '../decision/testing'
import { attemptOf, failureOf } from './decisions'
import { sentPacket } from './sent-packet'

const packet = (id: number, from: string, to: string, sentAt: number) =>
  sentPacket({
    id,
    exchange: 1,
    kind: 0,
    from,
    to,
    connection: 1,
    bytes: new Uint8Array(),
    sentAt,
    dueAt: sentAt,
  })

const failure = { attempt: 1, server: '100', reason: 'SERVER_CLOSED', at: 1_500 } as const
const question = {
  ...packet(1, 'client:1', 'proxy', 0),
  earlierDecisions: [decisionOf({ at: 600, attempt: 1, server: '100' })],
  decision: decisionOf({ at: 1_600, attempt: 2, server: '300' }),
  failures: [failure],
}

it('packets to and from servers belong to the attempt that was the latest', () => {
  expect(attemptOf(packet(2, 'proxy', 'server:100', 600), question)).toBe(1)
  expect(attemptOf(packet(3, 'proxy', 'server:300', 1_600), question)).toBe(2)
  expect(attemptOf(packet(4, 'server:300', 'proxy', 2_600), question)).toBe(2)
})

it('the client’s own packets belong to the exchange as a whole', () => {
  expect(attemptOf(question, question)).toBe(1)
  expect(attemptOf(packet(5, 'proxy', 'client:1', 3_600), question)).toBe(1)
  expect(attemptOf(packet(3, 'proxy', 'server:300', 1_600), undefined)).toBe(1)
})

it('knows why an attempt failed', () => {
  expect(failureOf(question, 1)).toBe(failure)
  expect(failureOf(question, 2)).toBeUndefined()
})
