import { expect, it } from 'vitest'
import type { KeptSession } from './contract'
import { durationWords, sessionWords, whenWords } from './session-words'

const MINUTE = 60_000
const at = (...time: [number, number, number, number, number]) => new Date(...time).getTime()
const NOW = at(2026, 10, 28, 18, 0)

it.each([
  [at(2026, 10, 28, 9, 5), 'Today 09:05'],
  [at(2026, 10, 27, 23, 59), 'Yesterday 23:59'],
  [at(2026, 10, 2, 14, 3), 'Mon 2 November 14:03'],
  [at(2025, 2, 4, 14, 3), '4 March 2025 14:03'],
])('says when a session began: %s', (began, words) => {
  expect(whenWords(began, NOW).replace(',', '')).toBe(words)
})

it.each([
  [0, '1 s'],
  [12_400, '12 s'],
  [MINUTE, '1 min'],
  [59 * MINUTE, '59 min'],
  [95 * MINUTE, '1 h 35 min'],
])('says how long it took: %i ms', (ms, words) => {
  expect(durationWords({ startedAt: NOW, endedAt: NOW + ms })).toBe(words)
})

it('says only what is known of it', () => {
  const session: KeptSession = {
    name: 'one',
    startedAt: at(2026, 10, 28, 9, 5),
    endedAt: at(2026, 10, 28, 9, 50),
    bytes: 1,
    messages: 1_200,
    scenario: 'Lesson 3',
    crashed: false,
  }
  expect(sessionWords(session, NOW)).toBe('Today 09:05 · 45 min · 1,200 messages · Lesson 3')
  const unknown = { ...session, messages: null, scenario: null }
  expect(sessionWords(unknown, NOW)).toBe('Today 09:05 · 45 min')
})
