import { expect, it } from 'vitest'
import { turnDate, turnTime } from './turn-time'

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

it('stands still within a turn of the event loop, and never goes back', async () => {
  const times: number[] = []
  for (let turn = 0; turn < 20; turn++) {
    await nextTurn()
    const time = turnTime()
    const until = performance.now() + 0.01
    while (performance.now() < until) {}
    expect(turnTime()).toBe(time)
    expect(turnDate()).toBeCloseTo(performance.timeOrigin + time, 2)
    times.push(time)
  }
  expect(new Set(times).size).toBe(20)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
})
