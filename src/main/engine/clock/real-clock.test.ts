import { describe, expect, it } from 'vitest'
import { createFakeHost } from '../../../../tests/support/fake-host'
import { createRealClock } from './real-clock'

describe('real clock and its host', () => {
  it('keeps one host timer, for the next due time, and none while paused or idle', () => {
    const host = createFakeHost()
    const clock = createRealClock({ host })
    expect(host.set).toEqual([])
    clock.schedule(100, () => {})
    clock.schedule(300, () => {})
    clock.schedule(40, () => {})
    expect(host.set).toEqual([40])
    clock.setSpeed(4)
    expect(host.set).toEqual([10])
    clock.pause()
    expect(host.set).toEqual([])
    clock.resume()
    expect(host.set).toEqual([10])
    host.advance(1000)
    expect(host.set).toEqual([])
  })

  it('sets no delay that setTimeout would cut short', () => {
    const host = createFakeHost()
    const clock = createRealClock({ host })
    clock.schedule(2 ** 33, () => {})
    expect(host.set).toEqual([2 ** 31 - 1])
    host.advance(2 ** 31)
    expect(host.set).toEqual([2 ** 31 - 1])
    expect(clock.pending).toBe(1)
  })

  it('waits again when the host wakes it too early', () => {
    const host = createFakeHost()
    let fired = 0
    let wake = () => {}
    const clock = createRealClock({
      host: {
        now: host.now,
        setTimer(_delayMs, fire) {
          wake = fire
          return () => {}
        },
      },
    })
    clock.schedule(10, () => fired++)
    host.stall(9.5)
    wake()
    expect(fired).toBe(0)
    host.stall(0.5)
    wake()
    expect(fired).toBe(1)
  })

  it('does not let time pass a timer that the event loop is late for', () => {
    const host = createFakeHost()
    const clock = createRealClock({ host })
    const seen: number[] = []
    clock.schedule(10, () => seen.push(clock.now()))
    clock.schedule(20, () => seen.push(clock.now()))
    host.stall(50)
    expect(clock.now()).toBe(10)
    host.advance(0)
    expect(seen).toEqual([10, 20])
    expect(clock.now()).toBe(50)
  })

  it('gives the event loop a turn in an endless chain of 0 ms timers', () => {
    const host = createFakeHost()
    const clock = createRealClock({ host })
    let fired = 0
    const again = () => {
      fired++
      clock.schedule(0, again)
    }
    again()
    host.turn()
    expect(fired).toBe(1_001)
    expect(host.set).toEqual([0])
    host.turn()
    expect(fired).toBe(2_001)
    clock.dispose()
    expect(host.set).toEqual([])
  })

  it('gives the event loop a turn after 8 ms of callbacks', () => {
    const host = createFakeHost()
    const clock = createRealClock({ host })
    let fired = 0
    for (let i = 0; i < 10; i++) {
      clock.schedule(0, () => {
        fired++
        host.stall(3)
      })
    }
    host.turn()
    expect(fired).toBe(3)
    while (host.turn() > 0);
    expect(fired).toBe(10)
  })

  it('runs on the timers of Node', async () => {
    const clock = createRealClock()
    clock.setSpeed(10)
    const soon = clock.schedule(0, () => seen.push(clock.now()))
    const seen: number[] = []
    await new Promise<void>((resolve) => {
      const later = clock.schedule(20, () => {
        seen.push(clock.now())
        expect(seen).toEqual([soon.dueAt, later.dueAt])
        resolve()
      })
    })
    clock.dispose()
  })
})
