import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PagedList } from './paged-list'

type Step = { what: 'push' | 'set' | 'drop'; value: number }

const batches: fc.Arbitrary<Step[][]> = fc.array(
  fc.array(
    fc.record({
      what: fc.constantFrom('push', 'push', 'push', 'push', 'set', 'drop'),
      value: fc.nat(300),
    }),
    { maxLength: 100 },
  ),
  { maxLength: 8 },
)

it('is a list whose indexes never shift, and whose older versions never change', () => {
  fc.assert(
    fc.property(batches, fc.nat(1_000), (all, start) => {
      let first = start
      let model: number[] = []
      let list = PagedList.empty<number>(start)
      const versions: [PagedList<number>, number[]][] = []
      for (const steps of all) {
        const edit = list.edit()
        for (const { what, value } of steps) {
          if (what === 'push') {
            expect(edit.push(value)).toBe(first + model.length)
            model.push(value)
          } else if (what === 'set') {
            edit.set(start + value, -value)
            if (model[start + value - first] !== undefined) model[start + value - first] = -value
          } else {
            const dropped = edit.dropOldestPage()
            expect(dropped).toEqual(model.slice(0, dropped.length))
            model = model.slice(dropped.length)
            first += dropped.length
          }
          expect(edit.length).toBe(model.length)
          expect(edit.at(start + value)).toBe(model[start + value - first])
        }
        list = edit.done()
        versions.push([list, [...model]])
      }
      for (const [version, items] of versions) expect([...version]).toEqual(items)
      expect([list.first, list.end, list.length]).toEqual([
        first,
        first + model.length,
        model.length,
      ])
      for (let index = first - 2; index < first + model.length + 2; index++) {
        expect(list.at(index)).toBe(index < first ? undefined : model[index - first])
      }
    }),
  )
})

it('forgets nothing where there is only one page', () => {
  const edit = PagedList.empty<string>().edit()
  edit.push('only')
  expect([edit.dropOldestPage(), edit.length]).toEqual([[], 1])
})
