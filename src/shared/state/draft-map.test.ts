import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DraftMap } from './draft-map'

interface Entry {
  count: number
}

const entries = fc.array(fc.tuple(fc.nat(6), fc.nat(9)), { maxLength: 6 })
const steps = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'put', 'put', 'delete', 'edit', 'edit', 'clear'),
    fc.nat(6),
    fc.nat(9),
  ),
  { maxLength: 30 },
)

it('is a map that changes while the original, and every entry of it, stays as it was', () => {
  fc.assert(
    fc.property(entries, steps, (start, script) => {
      const original = new Map(start.map(([key, count]): [number, Entry] => [key, { count }]))
      const before = structuredClone(original)
      const model = structuredClone(original)
      const draft = new DraftMap<number, Entry>(original)
      for (const [what, key, count] of script) {
        if (what === 'set') {
          draft.set(key, { count })
          model.set(key, { count })
        } else if (what === 'put') {
          const isNew = !model.has(key)
          draft.put(key, { count }, count)
          if (!isNew) {
            model.set(key, { count })
            continue
          }
          const others = [...model]
          const place = others.findIndex(([other]) => other === count)
          others.splice(place === -1 ? others.length : place, 0, [key, { count }])
          model.clear()
          for (const [other, entry] of others) model.set(other, entry)
        } else if (what === 'delete') {
          draft.delete(key)
          model.delete(key)
        } else if (what === 'clear') {
          draft.clear()
          model.clear()
        } else {
          for (const entry of [draft.edit(key), model.get(key)]) if (entry) entry.count += 100
        }
        expect(draft.get(key)).toEqual(model.get(key))
        expect([...draft.values()]).toEqual([...model.values()])
      }
      expect([...draft.done()]).toEqual([...model])
      expect(original).toEqual(before)
    }),
  )
})

it('is the original itself where nothing changed', () => {
  const original = new Map([['a', { count: 1 }]])
  const draft = new DraftMap(original)
  draft.delete('b')
  draft.edit('b')
  expect(draft.done()).toBe(original)
})

it('copies an entry once, however often it is changed', () => {
  const draft = new DraftMap(new Map([['a', { count: 1 }]]))
  expect(draft.edit('a')).toBe(draft.edit('a'))
})
