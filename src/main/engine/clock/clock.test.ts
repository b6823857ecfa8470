// One contract for every clock: the manual one, and the real one on a fake host.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeHost } from '../../../../tests/support/fake-host'
import { MAX_SPEED, MIN_SPEED } from '../../../shared/limits'
import type { SteppableClock, Timer } from './clock'
import { createManualClock } from './manual-clock'
import { createRealClock } from './real-clock'

interface Bench {
  clock: SteppableClock
  errors: unknown[]
  /** Lets real milliseconds pass. */
  pass(realMs: number): void
}

function manualBench(): Bench {
  const errors: unknown[] = []
  const clock = createManualClock({ onError: (error) => errors.push(error) })
  return { clock, errors, pass: (realMs) => clock.advance(realMs) }
}

function realBench(): Bench {
  const errors: unknown[] = []
  const host = createFakeHost()
  const clock = createRealClock({ host, onError: (error) => errors.push(error) })
  return { clock, errors, pass: (realMs) => host.advance(realMs) }
}

type Action =
  | { do: 'schedule'; delayMs: number; chainMs: number | null }
  | { do: 'cancel'; which: number }
  | { do: 'pass'; realMs: number }
  | { do: 'pause' | 'resume' | 'step' }
  | { do: 'setSpeed'; speed: number }

const delays = fc.oneof(fc.constant(0), fc.nat(40), fc.double({ min: 0, max: 40, noNaN: true }))

const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      delayMs: delays,
      chainMs: fc.option(delays),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(50) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), realMs: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const, 'step' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setSpeed' as const),
      speed: fc.double({ min: MIN_SPEED, max: MAX_SPEED, noNaN: true }),
    }),
  },
)

describe.each([
  ['manual', manualBench],
  ['real', realBench],
])('%s clock', (_name, createBench) => {
  it('starts at 0 and follows real time', () => {
    const { clock, pass } = createBench()
    expect(clock.now()).toBe(0)
    pass(250)
    expect(clock.now()).toBe(250)
  })

  it('fires in order of due time, and equal ones in the order of scheduling', () => {
    const { clock, pass } = createBench()
    const fired: string[] = []
    for (const [name, delayMs] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['now', 0],
    ] as const) {
      clock.schedule(delayMs, () => fired.push(`${name}@${clock.now()}`))
    }
    expect(fired).toEqual([])
    pass(100)
    expect(fired).toEqual(['now@0', 'a@10', 'b@10', 'c@30'])
    expect(clock.pending).toBe(0)
  })

  it('fires in time what a callback schedules', () => {
    const { clock, pass } = createBench()
    const fired: number[] = []
    clock.schedule(10, () => {
      fired.push(clock.now())
      clock.schedule(0, () => fired.push(clock.now()))
      clock.schedule(5, () => fired.push(clock.now()))
    })
    clock.schedule(12, () => fired.push(clock.now()))
    pass(20)
    expect(fired).toEqual([10, 10, 12, 15])
  })

  it('does not fire what was cancelled, and cancelling again does nothing', () => {
    const { clock, pass } = createBench()
    const fired: string[] = []
    const first = clock.schedule(1, () => {
      fired.push('first')
      clock.cancel(second)
    })
    const second: Timer = clock.schedule(1, () => fired.push('second'))
    pass(5)
    clock.cancel(first)
    clock.cancel(second)
    expect(fired).toEqual(['first'])
  })

  it("leaves another clock's timer alone", () => {
    const { clock, pass } = createBench()
    let fired = 0
    clock.schedule(1, () => fired++)
    clock.cancel(createBench().clock.schedule(1, () => {}))
    clock.cancel({ dueAt: 1 })
    pass(1)
    expect(fired).toBe(1)
  })

  it('stands still while paused, where even a delay of 0 waits', () => {
    const { clock, pass } = createBench()
    let fired = 0
    clock.schedule(10, () => fired++)
    pass(4)
    clock.pause()
    clock.schedule(0, () => fired++)
    pass(1000)
    expect([clock.now(), fired, clock.pending, clock.paused]).toEqual([4, 0, 2, true])
    clock.resume()
    pass(0)
    expect([clock.now(), fired]).toEqual([4, 1])
    pass(6)
    expect([clock.now(), fired]).toEqual([10, 2])
  })

  it('stops at once when a callback pauses', () => {
    const { clock, pass } = createBench()
    let fired = 0
    clock.schedule(10, () => clock.pause())
    clock.schedule(10, () => fired++)
    pass(50)
    expect([clock.now(), fired]).toEqual([10, 0])
  })

  it('runs at the speed it is set to, also from within a callback', () => {
    const { clock, pass } = createBench()
    clock.setSpeed(2)
    pass(10)
    expect([clock.now(), clock.speed]).toEqual([20, 2])
    clock.schedule(10, () => clock.setSpeed(10))
    pass(6)
    expect(clock.now()).toBe(40)
    expect(clock.ranForMs()).toBe(16)
  })

  it('takes only speeds within the limits, and delays that are finite and not negative', () => {
    const { clock } = createBench()
    for (const speed of [MIN_SPEED / 2, MAX_SPEED * 2, 0, -1, Number.NaN]) {
      expect(() => clock.setSpeed(speed)).toThrow(RangeError)
    }
    for (const delayMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clock.schedule(delayMs, () => {})).toThrow(RangeError)
    }
    expect([clock.speed, clock.pending]).toEqual([1, 0])
  })

  it('reports what a callback throws and fires the others', () => {
    const { clock, errors, pass } = createBench()
    const failure = new Error('on purpose')
    let fired = 0
    clock.schedule(1, () => {
      throw failure
    })
    clock.schedule(1, () => fired++)
    clock.schedule(2, () => fired++)
    pass(5)
    expect(errors).toEqual([failure])
    expect(fired).toBe(2)
  })

  it('steps from timer to timer while paused, and only then', () => {
    const { clock, pass } = createBench()
    const fired: number[] = []
    clock.schedule(5, () => fired.push(clock.now()))
    clock.schedule(700, () => fired.push(clock.now()))
    expect([clock.step(), clock.nextDueAt()]).toEqual([false, 5])
    clock.pause()
    expect([clock.step(), clock.now(), clock.nextDueAt()]).toEqual([true, 5, 700])
    pass(10)
    expect([clock.step(), clock.now(), clock.nextDueAt()]).toEqual([true, 700, undefined])
    expect(clock.step()).toBe(false)
    expect(fired).toEqual([5, 700])
    clock.resume()
    pass(3)
    expect(clock.now()).toBe(703)
  })

  it('takes a delay of months', () => {
    const { clock, pass } = createBench()
    const months = 2 ** 33
    let firedAt = 0
    clock.schedule(months, () => {
      firedAt = clock.now()
    })
    pass(months - 1)
    expect(firedAt).toBe(0)
    pass(1)
    expect(firedAt).toBe(months)
  })

  it('fires nothing once disposed', () => {
    const { clock, pass } = createBench()
    let fired = 0
    clock.schedule(1, () => clock.dispose())
    clock.schedule(1, () => fired++)
    pass(5)
    clock.cancel(clock.schedule(1, () => fired++))
    clock.schedule(1, () => fired++)
    pass(5)
    expect([fired, clock.pending, clock.now()]).toEqual([0, 0, 1])
  })

  it('neither loses nor doubles a timer, nor turns time back, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 60 }), (script) => {
        const { clock, errors, pass } = createBench()
        const scheduled: { timer: Timer; order: number; cancelled: boolean }[] = []
        const fired: number[] = []
        let lastNow = 0

        function look(): number {
          const now = clock.now()
          expect(now).toBeGreaterThanOrEqual(lastNow)
          lastNow = now
          return now
        }
        function schedule(delayMs: number, chainMs: number | null): void {
          const order = scheduled.length
          const timer = clock.schedule(delayMs, () => {
            expect(look()).toBe(timer.dueAt)
            fired.push(order)
            if (chainMs !== null) schedule(chainMs, null)
          })
          scheduled.push({ timer, order, cancelled: false })
        }

        for (const action of script) {
          const before = look()
          const wasPaused = clock.paused
          switch (action.do) {
            case 'schedule':
              schedule(action.delayMs, action.chainMs)
              break
            case 'cancel': {
              const entry = scheduled[action.which]
              if (entry === undefined || fired.includes(entry.order)) break
              clock.cancel(entry.timer)
              entry.cancelled = true
              break
            }
            case 'pass':
              pass(action.realMs)
              if (wasPaused) expect(look()).toBe(before)
              break
            case 'setSpeed':
              clock.setSpeed(action.speed)
              break
            default:
              clock[action.do]()
          }
        }
        clock.resume()
        pass(10_000)

        // Due times only grow: a timer scheduled after another has fired cannot precede it.
        const expected = scheduled
          .filter((entry) => !entry.cancelled)
          .sort((a, b) => a.timer.dueAt - b.timer.dueAt || a.order - b.order)
          .map((entry) => entry.order)
        expect(fired).toEqual(expected)
        expect(errors).toEqual([])
        expect(clock.pending).toBe(0)
      }),
      { seed: 20_250_101, numRuns: 150 },
    )
  })
})
