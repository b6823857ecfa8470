import { expect, test } from 'vitest'
import { simTime } from './clock-reading'

test('simulated time passes at its speed, and not at all while paused', () => {
  expect(simTime({ simMs: 1000, epochMs: 50, speed: 1 }, 150)).toBe(1100)
  expect(simTime({ simMs: 1000, epochMs: 50, speed: 0.1 }, 150)).toBe(1010)
  expect(simTime({ simMs: 1000, epochMs: 50, speed: 10 }, 150)).toBe(2000)
  expect(simTime({ simMs: 1000, epochMs: 50, speed: 0 }, 150)).toBe(1000)
})
