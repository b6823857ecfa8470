import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterPaint } from './after-paint'

let frames: (() => void)[] = []

beforeEach(() => {
  frames = []
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => frames.push(task))
  vi.stubGlobal('cancelAnimationFrame', () => {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('waits for the next frame, and runs once', () => {
  vi.stubGlobal('document', { hidden: false })
  const task = vi.fn()
  afterPaint(task)
  expect(task).not.toHaveBeenCalled()
  for (const frame of frames) frame()
  vi.advanceTimersByTime(1_000)
  expect(task).toHaveBeenCalledTimes(1)
})

it('does not wait for ever where nothing is painted', () => {
  vi.stubGlobal('document', { hidden: false })
  const task = vi.fn()
  afterPaint(task)
  vi.advanceTimersByTime(1_000)
  expect(task).toHaveBeenCalledTimes(1)
})

it('does not wait at all in a hidden tab', () => {
  vi.stubGlobal('document', { hidden: true })
  const task = vi.fn()
  afterPaint(task)
  expect(task).toHaveBeenCalledTimes(1)
})
