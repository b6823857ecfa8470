import { beforeEach, expect, it } from 'vitest'
import type { LabEvent } from '../../shared/events'
import { ClientMessages } from './client-messages'

let now: number
let messages: ClientMessages

beforeEach(() => {
  now = 0
  messages = new ClientMessages('client:7', () => now)
})

const sent = (exchange: number, from = 'client:7', copyOf: number | null = null) =>
  ({
    type: 'packet.sent',
    packet: exchange,
    exchange,
    kind: 0,
    from,
    copyOf,
    at: 1_000,
  }) as LabEvent
const finished = (exchange: number, more: object) =>
  ({ type: 'exchange.finished', exchange, client: 'client:7', at: 2_500, ...more }) as LabEvent

it('says which server answered, and after how long', () => {
  messages.asked('hello')
  expect(messages.take(sent(3))).toBe(true)
  expect(messages.sent).toEqual([
    { number: 3, payload: 'hello', outcome: 'underway', words: 'On its way…' },
  ])
  messages.take(finished(3, { outcome: 'answered', server: '300', reason: null }))
  expect(messages.sent[0]?.words).toBe('Server 300 answered after 1.5\u00a0s.')
  expect(messages.unanswered).toBe(0)
})

it('knows those that were with the proxy at once', () => {
  const { copyOf: _, ...carried } = { ...sent(3), type: 'packet.carried', copyOf: null }
  expect(messages.take(carried as LabEvent)).toBe(true)
  expect(messages.sent).toMatchObject([{ number: 3, outcome: 'underway' }])
})

it('says why there was no answer', () => {
  messages.asked('')
  messages.take(sent(3))
  messages.take(finished(3, { outcome: 'refused', server: null, reason: 'NO_SERVER_FOR_POLICY' }))
  expect(messages.sent[0]).toMatchObject({
    outcome: 'failed',
    words: 'No answer, after 1.5\u00a0s. No server is registered for this policy.',
  })
})

it('knows nothing of the messages of others, nor of copies', () => {
  expect(messages.take(sent(3, 'client:1'))).toBe(false)
  expect(messages.take(sent(3, 'client:7', 2))).toBe(false)
  expect(messages.take(finished(3, { outcome: 'lost', server: null, reason: null }))).toBe(false)
  expect(messages.sent).toEqual([])
})

it('counts those that have not left, until it is clear that they will not', () => {
  messages.asked('one')
  messages.asked('two')
  messages.notSent()
  expect(messages.unanswered).toBe(1)
  now = 10_001
  expect(messages.unanswered).toBe(0)
})

it('keeps the last five, the newest first', () => {
  for (let exchange = 1; exchange <= 7; exchange++) messages.take(sent(exchange))
  expect(messages.sent.map(({ number }) => number)).toEqual([7, 6, 5, 4, 3])
  expect(messages.unanswered).toBe(7)
})
