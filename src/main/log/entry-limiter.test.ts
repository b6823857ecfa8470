import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BUDGETS, EntryLimiter, SUMMARY_MS } from './entry-limiter'
import { KEPT_FILES, MAX_FILE_BYTES } from './file'
import { type Level, lineBytes, MAX_ENTRY_CHARS } from './line'

let written: string[]
let flood: EntryLimiter

beforeEach(() => {
  vi.useFakeTimers()
  written = []
  flood = new EntryLimiter((level, text) => written.push(`${level} ${text}`))
})

afterEach(() => {
  vi.useRealTimers()
})

const { burst, perSecond } = BUDGETS.warn

it('writes equal entries in a row once, and how many more there were', () => {
  for (let i = 0; i < 1_000; i++) flood.add('warn', 'Refused.')
  expect(written).toEqual(['warn Refused.'])
  flood.add('warn', 'Other.')
  expect(written).toEqual(['warn Refused.', 'warn … and 999 more like it.', 'warn Other.'])
})

it('takes the same words as another thing where they are not as bad', () => {
  flood.add('warn', 'Words.')
  flood.add('error', 'Words.')
  expect(written).toEqual(['warn Words.', 'error Words.'])
})

it('does not wait for the next entry to tell what it has counted', () => {
  for (let i = 0; i < 3; i++) flood.add('warn', 'Refused.')
  vi.advanceTimersByTime(SUMMARY_MS)
  expect(written).toEqual(['warn Refused.', 'warn … and 2 more like it.'])
  flood.add('warn', 'Refused.')
  flood.flush()
  expect(written).toEqual([
    'warn Refused.',
    'warn … and 2 more like it.',
    'warn … and 1 more like it.',
  ])
})

it('writes a part of a flood of different entries, and how many it left out', () => {
  const text = (i: number) => `Refused ${String(i).padStart(5, '0')}.`
  const room = Math.floor(burst / lineBytes(text(0)))
  for (let i = 0; i < room + 50; i++) flood.add('warn', text(i))
  expect(written).toHaveLength(room)
  vi.advanceTimersByTime(SUMMARY_MS)
  expect(written.slice(room)).toEqual(['warn … and 50 more entries, too many to be written.'])
})

it('accounts for every entry of a flood that goes on', () => {
  const entries = 60_000
  for (let i = 0; i < entries; i++) {
    // Some consecutive entries are equal.
    flood.add('warn', `Refused ${i % 7 === 0 ? i : i - 1}.`)
    vi.advanceTimersByTime(1)
  }
  flood.flush()
  const counts = written.map((line) => Number(line.match(/… and (\d+) more/)?.[1] ?? 1))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(entries)
})

it('keeps room for errors while refusals come in thousands', () => {
  for (let i = 0; i < 10_000; i++) flood.add('warn', `Refused ${i}.`)
  flood.add('error', 'The disk is full.')
  expect(written.at(-1)).toBe('error The disk is full.')
})

it('has its whole budget again after a quiet time', () => {
  const fill = () => {
    for (let i = 0; i < 1_000; i++) flood.add('warn', `Refused ${i}.`)
    return written.splice(0)
  }
  const before = fill()
  flood.flush()
  vi.advanceTimersByTime((burst / perSecond) * 1_000)
  written = []
  expect(fill()).toEqual(before)
})

const HOUR_MS = 3_600_000
const PLAIN: readonly Level[] = ['info', 'warn', 'error']

describe('what was written before stays in the kept files', () => {
  it.each<[string, number, readonly Level[]]>([
    ['four hours', 4 * HOUR_MS, PLAIN],
    ['half an hour where contents are written too', HOUR_MS / 2, [...PLAIN, 'content']],
  ])('for %s of any flood', (_, durationMs, levels) => {
    const stepMs = 5_000
    const steps = fc.array(
      fc.record({
        level: fc.constantFrom(...levels),
        length: fc.oneof(
          fc.integer({ min: 1, max: MAX_ENTRY_CHARS }),
          fc.integer({ max: 20, min: 1 }),
        ),
        letter: fc.constantFrom('x', '世'),
        times: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 20 },
    )
    const longest = levels.map((level) => ({
      level,
      length: MAX_ENTRY_CHARS,
      letter: '世',
      times: 2,
    }))
    const shortest = levels.map((level) => ({ level, length: 1, letter: 'x', times: 2 }))
    fc.assert(
      fc.property(steps, (kinds) => {
        let bytes = 0
        const flood = new EntryLimiter((_, text) => {
          bytes += lineBytes(text)
        })
        let number = 0
        const addAll = () => {
          for (const { level, length, letter, times } of kinds) {
            const text = `${number++}${letter.repeat(length)}`
            for (let time = 0; time < times; time++) flood.add(level, text)
          }
        }
        // The sum of all bursts.
        for (let time = 0; time < 500; time++) addAll()
        for (let ms = 0; ms < durationMs; ms += stepMs) {
          addAll()
          vi.advanceTimersByTime(stepMs)
        }
        flood.flush()
        expect(bytes).toBeLessThan(KEPT_FILES * MAX_FILE_BYTES)
        // The flood is reported nevertheless.
        expect(bytes).toBeGreaterThan(1_000)
      }),
      { numRuns: 10, examples: [[longest], [shortest]] },
    )
  })
})
