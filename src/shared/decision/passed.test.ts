import { expect, it } from 'vitest'
import { whyWords } from './passed'

it.each([
  [{ inFlight: 2, limit: 2 }, 'it is full: 2 of 2'],
  // The limit was lowered.
  [{ inFlight: 4, limit: 2 }, 'it is full: it has 4, and its limit is 2'],
  // Older recordings.
  [{ limit: 2 }, 'it is full: its limit is 2'],
  [{}, 'it is full'],
])('a full server with %o', (numbers, words) => {
  expect(whyWords({ server: '100', why: 'full', ...numbers })).toBe(words)
})
