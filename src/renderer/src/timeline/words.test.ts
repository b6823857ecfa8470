import { expect, it } from 'vitest'
import {
  formatMoment,
  formatStart,
  markWords,
  pastWords,
  pausedWords,
  spokenMoment,
  spokenPlace,
  statusWords,
  timeStatus,
} from './words'

it('writes moments in one width, and hours only where there are any', () => {
  expect([0, 12_340, 125_001.9, 3_600_000].map(formatMoment)).toEqual([
    '00:00.000',
    '00:12.340',
    '02:05.001',
    '1:00:00.000',
  ])
  expect(formatStart(61_900)).toBe('01:01')
})

it('says moments as they are spoken', () => {
  expect([12_340, 59_999, 60_000, 125_000].map(spokenMoment)).toEqual([
    '12.3 seconds',
    '59.9 seconds',
    '1 minute 0.0 seconds',
    '2 minutes 5.0 seconds',
  ])
})

it('says where the screen is', () => {
  const extent = { from: 0, to: 50_000, firstSeq: 1, lastSeq: 340, packets: 9 }
  const place = { at: 12_300, seq: 120, extent }
  expect(spokenPlace({ ...place, view: 'past' })).toBe('Past, 12.3 seconds, event 120 of 340')
  expect(spokenPlace({ ...place, view: 'recording' })).toMatch(/^Recording, /)
  expect(spokenPlace({ ...place, view: 'now' })).toBe('Live, 12.3 seconds')
})

it('says in a word what the screen shows, and never calls a paused lab live', () => {
  const running = { view: 'now', connected: true, paused: false, idle: false, held: 0 } as const
  expect(timeStatus(running)).toBe('Live')
  expect(timeStatus({ ...running, idle: true })).toBe('Idle')
  for (const idle of [false, true]) {
    expect(timeStatus({ ...running, paused: true, idle, held: 2 })).toBe('Paused')
  }
  expect(timeStatus({ ...running, connected: false })).toBe('Offline')
  expect(timeStatus({ ...running, view: 'past', paused: true })).toBe('Past')
  expect(timeStatus({ ...running, view: 'recording', connected: false })).toBe('Recording')
})

it('calls a lab with held packets held, unless others move', () => {
  const running = { view: 'now', connected: true, paused: false, held: 7 } as const
  expect(timeStatus({ ...running, idle: false })).toBe('Live')
  expect(statusWords(timeStatus({ ...running, idle: true }), 7)).toBe('7 held')
  expect(statusWords('Live', 7)).toBe('Live')
})

it('says while looking back whether the lab runs on, and whether it will', () => {
  const running = { paused: false, speed: 1 }
  const here = { playing: false }
  expect(pastWords(here, false, running)).toBe('the lab runs on')
  expect(pastWords(here, false, { ...running, paused: true })).toBe('the lab is paused')
  expect(pastWords(here, false, { ...running, paused: true, lookingBack: true })).toBe(
    'the lab is paused until you come back',
  )
  expect(pastWords(here, true, running)).toBe('now is next')
  expect(pastWords({ playing: true }, true, running)).toBe('playing')
})

it('says why a paused lab waits: for another operator, and with which messages', () => {
  const paused = { lookingBack: false, role: 'operator', waiting: 0 } as const
  expect(pausedWords(paused)).toBeUndefined()
  expect(pausedWords({ ...paused, waiting: 1 })).toBe('1 message waits for Play')
  expect(pausedWords({ ...paused, waiting: 6 })).toBe('6 messages wait for Play')
  expect(pausedWords({ ...paused, waiting: 6, short: true })).toBe('6 wait for Play')
  expect(pausedWords({ ...paused, lookingBack: true })).toBe('another operator looks back')
  expect(pausedWords({ lookingBack: true, role: 'viewer', waiting: 0 })).toBe(
    'an operator looks back',
  )
})

it('says what a mark stands for', () => {
  const first = { kind: 'held', at: 1_200, seq: 3 } as const
  expect(markWords({ kind: 'held', fraction: 0, first, count: 1 })).toBe('Held packet at 00:01.200')
  expect(markWords({ kind: 'error', fraction: 0, first, count: 3 })).toBe(
    '3 errors, the first at 00:01.200',
  )
})

it('says which server went down, and which came back', () => {
  const down = { kind: 'down', at: 1_200, seq: 3, server: '300' } as const
  const mark = { kind: 'down', fraction: 0, first: down, count: 1 } as const
  expect(markWords(mark)).toBe('Server 300 down at 00:01.200')
  expect(markWords({ ...mark, count: 2 })).toBe('Servers down 2 times, the first at 00:01.200')
  const up = { ...down, kind: 'up' } as const
  expect(markWords({ ...mark, kind: 'up', first: up })).toBe('Server 300 up again at 00:01.200')
})
