import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BUDGETS, Flood, SUMMARY_MS } from './flood'

let written: string[]
let flood: Flood

beforeEach(() => {
  vi.useFakeTimers()
  written = []
  flood = new Flood((level, text) => written.push(`${level} ${text}`))
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
  for (let i = 0; i < burst + 50; i++) flood.add('warn', `Refused ${i}.`)
  expect(written).toHaveLength(burst)
  vi.advanceTimersByTime(SUMMARY_MS)
  expect(written.slice(burst)).toEqual(['warn … and 50 more entries, too many to be written.'])
})

it('accounts for every entry of a flood that goes on, in few lines', () => {
  const seconds = 60
  for (let ms = 0; ms < seconds * 1_000; ms++) {
    flood.add('warn', `Refused ${ms}.`)
    vi.advanceTimersByTime(1)
  }
  flood.flush()
  const summaries = written.flatMap((line) => line.match(/and (\d+) more entr/)?.[1] ?? [])
  const leftOut = summaries.reduce((sum, count) => sum + Number(count), 0)
  expect(written.length - summaries.length + leftOut).toBe(seconds * 1_000)
  expect(written.length).toBeLessThanOrEqual(burst + 3 * seconds * perSecond)
})

it('keeps room for errors while refusals come in thousands', () => {
  for (let i = 0; i < 10_000; i++) flood.add('warn', `Refused ${i}.`)
  flood.add('error', 'The disk is full.')
  expect(written.at(-1)).toBe('error The disk is full.')
})

it('has its whole budget again after a quiet time', () => {
  for (let i = 0; i < burst + 1; i++) flood.add('warn', `Refused ${i}.`)
  vi.advanceTimersByTime((burst / perSecond) * 1_000)
  written = []
  for (let i = 0; i < burst; i++) flood.add('warn', `Again ${i}.`)
  expect(written).toEqual(Array.from({ length: burst }, (_, i) => `warn Again ${i}.`))
})
