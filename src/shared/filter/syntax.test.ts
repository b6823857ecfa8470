import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FilterError, type FilterTree, parseTree, printTree, quoteValue } from './syntax'

type Shape =
  | { kind: 'any' | 'all'; parts: Shape[] }
  | { kind: 'not'; part: Shape }
  | { kind: 'text'; text: string }
  | {
      kind: 'key'
      key: string
      field: string | undefined
      values: { text: string; quoted: boolean }[]
    }

/** A tree without its ranges. */
function shapeOf(tree: FilterTree): Shape {
  switch (tree.kind) {
    case 'any':
    case 'all':
      return { kind: tree.kind, parts: tree.parts.map(shapeOf) }
    case 'not':
      return { kind: 'not', part: shapeOf(tree.part) }
    case 'text':
      return { kind: 'text', text: tree.text }
    case 'key': {
      const { key, field } = tree
      return {
        kind: 'key',
        key,
        field,
        values: tree.values.map(({ text, quoted }) => ({ text, quoted })),
      }
    }
  }
}

const place = { from: 0, to: 0 }
const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const values = fc.oneof(
  fc.string({ maxLength: 6 }).map((text) => ({ text, quoted: true, ...place })),
  fc.stringMatching(/^[\w:.><=-]{1,6}$/).map((text) => ({ text, quoted: false, ...place })),
)
const trees = fc.letrec<{ tree: FilterTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyText.map((text): FilterTree => ({ kind: 'text', text, quoted: true, ...place })),
    fc
      .tuple(
        fc.stringMatching(/^[a-z][\w-]{0,5}$/),
        fc.option(anyText, { nil: undefined }),
        fc.array(values, { minLength: 1, maxLength: 3 }),
      )
      .map(
        ([key, field, some]): FilterTree => ({
          kind: 'key',
          key: field === undefined ? key : 'field',
          field,
          values: some,
          ...place,
        }),
      ),
    tie('tree').map((part): FilterTree => ({ kind: 'not', part, ...place })),
    fc
      .tuple(
        fc.constantFrom('any' as const, 'all' as const),
        fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, parts]): FilterTree => ({ kind, parts, ...place })),
  ),
})).tree

function parsed(text: string): FilterTree {
  const tree = parseTree(text)
  if (!tree) throw new Error(`Nothing is in “${text}”.`)
  return tree
}

it('reads back what it prints', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(shapeOf(parsed(printTree(tree)))).toEqual(shapeOf(tree))
    }),
  )
})

it('prints what it reads so that it reads the same', () => {
  const pieces = fc.constantFrom('a', 'is:x', '-', '(', ')', ' ', ' or ', '"b c"', ',', ':', 'not ')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      let tree: FilterTree | undefined
      try {
        tree = parseTree(parts.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError)
      }
      if (tree) expect(shapeOf(parsed(printTree(tree)))).toEqual(shapeOf(tree))
    }),
  )
})

it('takes any value after a key as it is, once it is quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
      const tree = parsed(`link:${quoteValue(text)}`)
      expect(tree.kind === 'key' && tree.values.map((value) => value.text)).toEqual([text])
    }),
  )
  expect(quoteValue('client:1')).toBe('"client:1"')
  expect(quoteValue('111')).toBe('111')
})

it('tells the place of each part', () => {
  const tree = parsed('a -(type:0 or "b c")')
  expect(tree).toMatchObject({ from: 0, to: 20 })
  expect(tree.kind === 'all' && tree.parts[1]).toMatchObject({
    from: 2,
    to: 20,
    part: { from: 3, to: 20, parts: [{ values: [{ from: 9, to: 10 }] }, { from: 14, to: 19 }] },
  })
})
