// Real time in the hands of a test: what a real clock runs on in its tests.
import type { ClockHost } from '../../src/main/engine/clock/real-clock'

interface FakeHost extends ClockHost {
  /** Lets real time pass, firing the timers that fall due; those of 0 ms as well. */
  advance(realMs: number): void
  /** Moves real time on without returning to the event loop: a callback that takes its time. */
  stall(realMs: number): void
  /** Fires what is due now, once. Returns how many fired. */
  turn(): number
  /** Delays of the timers now set. */
  readonly set: readonly number[]
}

interface HostTimer {
  dueAt: number
  delayMs: number
  fire: () => void
}

export function createFakeHost(): FakeHost {
  let time = 5_000
  let timers: HostTimer[] = []

  function turn(until = time): number {
    const due = timers.filter((timer) => timer.dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)
    let fired = 0
    for (const timer of due) {
      if (!timers.includes(timer)) continue
      timers = timers.filter((other) => other !== timer)
      time = Math.max(time, timer.dueAt)
      timer.fire()
      fired++
    }
    return fired
  }

  return {
    now: () => time,
    setTimer(delayMs, fire) {
      const timer = { dueAt: time + delayMs, delayMs, fire }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(realMs) {
      const until = time + realMs
      while (turn(until) > 0);
      time = Math.max(time, until)
    },
    stall(realMs) {
      time += realMs
    },
    turn: () => turn(),
    get set() {
      return timers.map((timer) => timer.delayMs)
    },
  }
}
