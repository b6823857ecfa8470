import { expect, it } from 'vitest'
import {
  counted,
  formatBytes,
  formatDuration,
  formatLatency,
  formatMeasured,
  formatSpeed,
  formatTime,
  shortened,
  shortenedId,
} from './format'

it.each([
  [0, '0.000'],
  [41_270.6, '41.270'],
  [125_001, '2:05.001'],
  [3_600_000, '1:00:00.000'],
])('writes the moment %d ms as %s', (ms, text) => expect(formatTime(ms)).toBe(text))

it.each([
  [0, '0 ms'],
  [0.42, '0.4 ms'],
  [9.97, '10 ms'],
  [600, '600 ms'],
  [999.7, '1 s'],
  [2410, '2.41 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
])('writes the length %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

it.each([
  [0, '0'],
  [0.25, '250 µs'],
  [12.345, '12.3 ms'],
  [420.4, '420 ms'],
  [999.4, '999 ms'],
  [1_000, '1 s'],
  [2_500, '2.5 s'],
  [75_312, '75.3 s'],
  [3_456_000, '3456 s'],
])('writes the latency %d ms as %s', (ms, text) => expect(formatLatency(ms)).toBe(text))

it.each([
  [600, '600 ms'],
  [2000, '2.00 s'],
  [2400, '2.40 s'],
  [2410, '2.41 s'],
  [60_000, '1 min'],
])('writes the measured length %d ms as %s', (ms, text) => expect(formatMeasured(ms)).toBe(text))

it.each([
  [1, '1 byte'],
  [69, '69 bytes'],
  [1536, '1.5 KiB'],
  [1024 * 1024, '1 MiB'],
])('writes the size %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

it.each([
  [0.1, '0.1×'],
  [1, '1×'],
  [2.5, '2.5×'],
  [10, '10×'],
])('writes the speed %d as %s', (speed, text) => expect(formatSpeed(speed)).toBe(text))

it('counts in the singular and the plural', () => {
  expect(counted(1, 'server')).toBe('1 server')
  expect(counted(1200, 'server')).toBe('1,200 servers')
  expect(counted(2, 'reply', 'replies')).toBe('2 replies')
})

it('says where a text was cut', () => {
  expect(shortened('abcdef', 6)).toBe('abcdef')
  expect(shortened('abcdefg', 6)).toBe('abcde…')
})

it('cuts a long id in its middle', () => {
  expect(shortenedId('building-7-rack-12', 9)).toBe('buil…k-12')
  expect(shortenedId('100', 9)).toBe('100')
  expect(shortenedId('🚲🚲🚲🚲🚲', 3)).toBe('🚲…🚲')
  expect(shortenedId('ab', 1)).toBe('…')
})
