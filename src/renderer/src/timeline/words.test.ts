import { expect, it } from 'vitest'
import { formatMoment, formatStart, markWords, spokenMoment, spokenPlace } from './words'

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

it('says what a mark stands for', () => {
  const first = { kind: 'held', at: 1_200, seq: 3 } as const
  expect(markWords({ kind: 'held', fraction: 0, first, count: 1 })).toBe('Held packet at 00:01.200')
  expect(markWords({ kind: 'error', fraction: 0, first, count: 3 })).toBe(
    '3 errors, the first at 00:01.200',
  )
})
