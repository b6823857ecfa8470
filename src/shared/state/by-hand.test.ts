import { expect, it } from 'vitest'
import type { ByHand } from '../by-hand'
import type { EventBody, LabEvent } from '../events'
import { MAX_ENDED_BY_HAND } from '../limits'
import { INITIAL_STATE, reduce } from './reduce'

const SERVER = 'server:701'

function after(...bodies: EventBody[]): ByHand | undefined {
  const added: EventBody = {
    type: 'node.added',
    node: { id: SERVER, role: 'server', origin: 'inside' },
  }
  const events: LabEvent[] = [added, ...bodies].map((body, index) => ({
    ...body,
    seq: index + 1,
    at: 10 * index,
  }))
  return reduce(INITIAL_STATE, events).nodes.get(SERVER)?.byHand
}

const awaited = (exchange: number, payload = 'xyz'): EventBody => ({
  type: 'answer.awaited',
  node: SERVER,
  exchange,
  client: '1',
  payload,
  hash: 'ab',
})
const ended = (exchange: number): EventBody => ({
  type: 'answer.ended',
  node: SERVER,
  exchange,
  outcome: 'wrong',
})

it('a message that was sent twice waits twice, and the first of the two ends first', () => {
  expect(after(awaited(7, 'one'), awaited(7, 'two'), ended(7))).toEqual({
    awaited: [{ exchange: 7, client: '1', payload: 'two', hash: 'ab', since: 20 }],
    ended: [{ exchange: 7, payload: 'one', since: 10, outcome: 'wrong', at: 30 }],
  })
})

it('only of the latest is it known what became of them', () => {
  const numbers = Array.from({ length: MAX_ENDED_BY_HAND + 2 }, (_, index) => index + 1)
  const all = after(...numbers.flatMap((exchange) => [awaited(exchange), ended(exchange)]))
  expect(all?.ended.map(({ exchange }) => exchange)).toEqual(numbers.slice(2))
  expect(all?.awaited).toEqual([])
})

it('what ends without having waited is nothing', () => {
  expect(after(awaited(1), ended(2))?.awaited).toHaveLength(1)
})
