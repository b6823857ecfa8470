import { expect, it } from 'vitest'
import { answerFaultsOf } from './answer-faults'

it('a server whose answers are right has none', () => {
  expect(answerFaultsOf({ served: 3 })).toBeUndefined()
})

it.each([
  [{ served: 0, unreadable: 2 }, '2 unreadable', /^2 answers could not be read/],
  [{ served: 1, wrongHashes: 1 }, '1 hash wrong', /is the SHA-1 of the message’s payload alone/],
  [{ served: 3, wrongHashes: 2 }, '2 hashes wrong', /Make a new hash object for each payload/],
  [{ served: 1, unreadable: 1, wrongHashes: 1 }, '2 bad answers', /could not be read.*wrong hash/],
])('%j: %s', (counters, mark, details) => {
  const faults = answerFaultsOf(counters)
  expect(faults?.mark).toBe(mark)
  expect(faults?.details).toMatch(details)
})
