import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PACE_MS, Paced } from './paced'

let value = 0
let changed = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  value = 0
})
afterEach(() => vi.useRealTimers())

function start(eventsBetween?: (before: number, after: number) => number) {
  const paced = new Paced(
    () => value,
    (listener) => {
      changed = listener
    },
    eventsBetween,
  )
  const read: number[] = []
  paced.subscribe(() => read.push(paced.value))
  return { paced, read }
}

function change(): void {
  value++
  changed()
}

it('a change after a quiet moment is read at once', () => {
  const { read } = start()
  change()
  expect(read).toEqual([1])
  expect(vi.getTimerCount()).toBe(0)
})

it('a thousand changes a second are read ten times, and the last of them always', () => {
  const { read } = start()
  for (let ms = 0; ms < 1_000; ms++) {
    change()
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(PACE_MS)
  expect(read.length).toBeLessThanOrEqual(1 + 1_000 / PACE_MS)
  expect(read.at(-1)).toBe(1_000)
  expect(vi.getTimerCount()).toBe(0)
})

it('many events a second are read half as often, and few of them again at the usual pace', () => {
  const { paced, read } = start((before, after) => 10 * (after - before))
  for (let ms = 0; ms < 1_000; ms++) {
    change()
    vi.advanceTimersByTime(1)
  }
  expect(read.length).toBeLessThanOrEqual(2 + 1_000 / (2 * PACE_MS))
  expect(paced.paceMs).toBe(2 * PACE_MS)
  for (let step = 0; step < 4; step++) {
    vi.advanceTimersByTime(PACE_MS)
    change()
  }
  vi.advanceTimersByTime(2 * PACE_MS)
  expect(paced.paceMs).toBe(PACE_MS)
  expect(read.at(-1)).toBe(1_004)
})
