import { expect, it } from 'vitest'
import { digitGroups, endedWords } from './by-hand-words'
import { HAND_OUTCOMES } from './hand-outcome'

it('a person is told why a message is gone, and each outcome has words', () => {
  const words = HAND_OUTCOMES.map((outcome) => endedWords({ outcome }))
  expect(new Set(words).size).toBe(HAND_OUTCOMES.length)
  expect(endedWords({ outcome: 'closed' }, 'SERVER_TIMEOUT')).toBe(
    'too late: the proxy has given up waiting',
  )
  expect(endedWords({ outcome: 'closed' }, 'SERVER_REMOVED')).toContain('was removed')
})

it('the digits come in groups, without one lost', () => {
  const hash = '0123456789abcdef0123456789abcdef01234567'
  expect(digitGroups(hash).join('')).toBe(hash)
  expect(new Set(digitGroups(hash).map(({ length }) => length))).toEqual(new Set([4]))
  expect(digitGroups('')).toEqual([])
})
