import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFilter } from '../../../shared/filter/filter'
import { withTerm } from './terms'

test.each([
  ['', 'type:0', 'type:0'],
  ['  policy:111 ', 'type:0', 'policy:111 type:0'],
  ['type:1 policy:111', 'type:0', 'type:0 policy:111'],
  ['policy:111 TYPE:1', 'type:0', 'policy:111 type:0'],
  ['link:"client:1"', 'link:"server:300"', 'link:"server:300"'],
  ['client:1 or client:2', 'type:0', '(client:1 or client:2) type:0'],
  ['-type:1', 'type:0', '-type:1 type:0'],
  ['type:', 'type:0', 'type:0'],
])('“%s” with %s is %s', (text, term, expected) => {
  expect(withTerm(text, term)).toBe(expected)
})

test('choosing terms one after another always gives a filter, with the last of each in it', () => {
  const term = fc.constantFrom('type:0', 'type:error', 'policy:111', 'link:"client:1"', 'payload:x')
  fc.assert(
    fc.property(fc.array(term, { minLength: 1 }), (terms) => {
      const text = terms.reduce(withTerm, '')
      expect(parseFilter(text).ok).toBe(true)
      for (const key of ['type', 'policy', 'link', 'payload']) {
        const last = terms.findLast((one) => one.startsWith(`${key}:`))
        const found = text.split(' ').filter((one) => one.startsWith(`${key}:`))
        expect(found).toEqual(last === undefined ? [] : [last])
      }
    }),
  )
})
