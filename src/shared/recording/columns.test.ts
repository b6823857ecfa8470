import fc from 'fast-check'
import { expect, it } from 'vitest'
import { times, wholeNumbers } from './columns'

const steps = fc.array(
  fc.tuple(
    fc.constantFrom('push', 'push', 'fill', 'set', 'mark', 'restore', 'keep'),
    fc.nat(),
    fc.nat(),
  ),
  { maxLength: 40 },
)

it('is a list of numbers that goes back to how it was when it was marked', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const column = wholeNumbers()
      let model: number[] = []
      let marked: number[] | undefined
      for (const [what, value, place] of script) {
        if (what === 'push') {
          column.push(value)
          model.push(value)
        } else if (what === 'fill') {
          const numbers = Uint32Array.from({ length: 9_000 }, (_, index) => index)
          column.append(numbers)
          model.push(...numbers)
        } else if (what === 'set' && model.length > 0) {
          column.set(place % model.length, value)
          model[place % model.length] = value
        } else if (what === 'mark') {
          column.mark()
          marked = [...model]
        } else if (what === 'restore' && marked) {
          column.restore()
          model = [...marked]
          marked = undefined
        } else if (what === 'keep') {
          column.keep()
          marked = undefined
        }
      }
      expect(column.length).toBe(model.length)
      expect(model.findIndex((value, index) => column.at(index) !== value)).toBe(-1)
    }),
    { numRuns: 60 },
  )
})

it('has 0 where it has nothing', () => {
  const column = times()
  column.set(3, 1.5)
  expect([column.at(3), column.length]).toEqual([0, 0])
})
