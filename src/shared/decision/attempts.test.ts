import { expect, it } from 'vitest'
import { panicWords } from './attempts'
import { decisionOf } from './testing'

const candidates = ['100', '200', '300', '400']

it.each([
  [{ healthy: 1, of: 4 }, 'health was ignored: 1 of 4 healthy is below 50 %'],
  [
    { healthy: 1, of: 3 },
    'health was ignored: 1 of 3 healthy is below 50 %; backups count apart, servers that drain do not count',
  ],
  // Older recordings.
  [{ healthy: 3 }, 'health was ignored: fewer than 50 % were healthy'],
])('a panic with %o', (numbers, words) => {
  expect(panicWords(decisionOf({ candidates, panic: true, panicBelow: 50, ...numbers }))).toBe(
    words,
  )
})
