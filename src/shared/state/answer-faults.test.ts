import { expect, it } from 'vitest'
import { answerFaultsOf } from './answer-faults'

it('a server whose answers are right has none', () => {
  expect(answerFaultsOf({ served: 3 })).toBeUndefined()
})

it('is told in short beside the number of all answers', () => {
  expect(answerFaultsOf({ served: 3, wrongHashes: 1 })?.short).toBe('1 wrong')
  expect(answerFaultsOf({ served: 1, unreadable: 2 })?.short).toBe('2 unreadable')
  expect(answerFaultsOf({ served: 3, unreadable: 1, misaddressed: 1 })?.short).toBe('2 wrong')
})

it.each([
  [{ served: 0, unreadable: 2 }, '2 unreadable', /^2 answers could not be read/],
  [{ served: 1, wrongHashes: 1 }, '1 hash wrong', /is the SHA-1 of the message’s payload alone/],
  [{ served: 3, wrongHashes: 2 }, '2 hashes wrong', /Make a new hash object for each payload/],
  [{ served: 3, misaddressed: 2 }, '2 destids wrong', /destid is the srcid of the message/],
  [{ served: 1, unreadable: 1, wrongHashes: 1 }, '2 bad answers', /could not be read.*wrong hash/],
])('%j: %s', (counters, mark, details) => {
  const faults = answerFaultsOf(counters)
  expect(faults?.mark).toBe(mark)
  expect(faults?.details).toMatch(details)
})
