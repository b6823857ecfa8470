import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type QueuedTimer, TimerQueue } from './timer-queue'

const sequenceOf = (timer: QueuedTimer) => timer.sequence

it('gives timers by due time and order of adding, without those removed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ due: fc.nat(1_000), remove: fc.option(fc.nat(60)) }), {
        minLength: 40,
        maxLength: 100,
      }),
      (script) => {
        const queue = new TimerQueue()
        const all: QueuedTimer[] = []
        const removed = new Set<QueuedTimer>()
        for (const { due, remove } of script) {
          all.push(queue.add(due, () => {}))
          const victim = remove === null ? undefined : all[remove]
          if (victim === undefined) continue
          expect(queue.remove(victim)).toBe(!removed.has(victim))
          removed.add(victim)
        }
        const left = all.filter((timer) => !removed.has(timer))
        expect(queue.size).toBe(left.length)
        const taken: QueuedTimer[] = []
        for (let next = queue.takeFirst(); next !== undefined; next = queue.takeFirst())
          taken.push(next)
        left.sort((a, b) => a.dueAt - b.dueAt || a.sequence - b.sequence)
        expect(taken.map(sequenceOf)).toEqual(left.map(sequenceOf))
      },
    ),
    { seed: 7, numRuns: 150 },
  )
})
