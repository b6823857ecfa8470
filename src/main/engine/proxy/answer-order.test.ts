import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fault } from '../../../shared/protocol/errors'
import { AnswerOrder, type Slot } from './answer-order'
import { Effects } from './effects'
import type { Effect } from './protocol'

/** The exchanges that are answered, and the clients that are closed, in order. */
function saidBy(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.type === 'answer') return `answer ${effect.exchange}`
    return effect.type === 'closeClient' ? `close ${effect.client}` : []
  })
}

function start() {
  const effects = new Effects()
  const answers = new AnswerOrder(effects)
  for (const client of [1, 2, 3]) answers.enter(client)
  return {
    enter: (client: number) => answers.enter(client),
    open: (client: number) => answers.open(client),
    leave: (client: number) => answers.leave(client),
    answer(slot: Slot, exchange: number): string[] {
      answers.answerError(slot, exchange, 0, fault('SERVER_CLOSED'))
      return saidBy(effects.flush())
    },
  }
}

describe('the order of answers', () => {
  it('is that of each client’s messages, in whatever order the answers come', () => {
    const messages = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(
        messages.chain((clients) => fc.tuple(fc.constant(clients), orderOf(clients))),
        ([clients, order]) => {
          const { open, answer } = start()
          const slots = clients.map((client) => open(client))
          const answered: number[] = []
          for (const place of order) {
            const slot = slots[place]
            if (slot) answered.push(...answer(slot, place).map((said) => Number(said.slice(7))))
          }
          for (const client of new Set(clients)) {
            const own = clients.flatMap((other, place) => (other === client ? place : []))
            expect(answered.filter((place) => own.includes(place))).toEqual(own)
          }
        },
      ),
    )
  })

  it('closes a client after the answer that is its last', () => {
    const { open, answer } = start()
    const [first, last] = [open(1), open(1)]
    last.closeAfter = true
    expect(answer(last, 2)).toEqual([])
    expect(answer(first, 1)).toEqual(['answer 1', 'answer 2', 'close 1'])
  })

  it('has no answers for a client that has left', () => {
    const { open, answer, leave } = start()
    const slot = open(1)
    expect(leave(1)).toBe(true)
    expect(answer(slot, 1)).toEqual([])
    expect(leave(2)).toBe(false)
  })

  it('knows the clients that are connected, each once', () => {
    const { enter, open, leave } = start()
    leave(1)
    expect(() => open(1)).toThrow('The client 1 is not connected.')
    expect(() => leave(1)).toThrow('The client 1 is not connected.')
    enter(1)
    expect(() => enter(1)).toThrow('The client 1 is connected already.')
  })
})

function orderOf(items: readonly unknown[]): fc.Arbitrary<number[]> {
  const places = items.map((_, place) => place)
  return fc.shuffledSubarray(places, { minLength: places.length })
}
