import { expect, it } from 'vitest'
import { type FirstChoice, FirstDifference } from './first-difference'

const choice = (number: number, server: string, sentAt = number * 10): FirstChoice => ({
  client: 'client:1',
  number,
  sentAt,
  at: sentAt + 5,
  server,
  why: 'it was its turn',
})
const chosen = (servers: string) => [...servers].map((server, index) => choice(index + 1, server))

it('is the first, whichever lab is ahead', () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const first = new FirstDifference(2)
    for (const lab of order) first.add(lab, chosen(['abcabc', 'abacbc'][lab] ?? ''))
    expect(first.difference).toMatchObject({
      number: 3,
      sides: [
        { lab: 0, server: 'c' },
        { lab: 1, server: 'a' },
      ],
    })
  }
})

it('says when no more choices are needed', () => {
  const first = new FirstDifference(3)
  expect(first.add(0, chosen('ab'))).toBe(true)
  expect(first.add(1, chosen('ab'))).toBe(true)
  expect(first.add(2, chosen('aa'))).toBe(false)
  expect(first.difference?.sides.map(({ server }) => server)).toEqual(['b', 'b', 'a'])
})

it('passes over a message that one lab never chose for', () => {
  const first = new FirstDifference(2)
  first.add(0, [choice(1, 'a'), choice(2, 'a'), choice(3, 'a', 100_000)])
  first.add(1, [choice(2, 'a'), choice(3, 'b', 100_000)])
  expect(first.difference?.number).toBe(3)
  const ended = new FirstDifference(2)
  ended.add(0, [choice(1, 'a'), choice(2, 'a')])
  ended.add(1, [choice(2, 'b')])
  expect(ended.difference).toBeNull()
  ended.end(1)
  expect(ended.difference?.number).toBe(2)
})
