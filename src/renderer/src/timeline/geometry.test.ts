import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Mark } from '../../../shared/state/marks'
import { fractionOf, leap, shownMarks } from './geometry'

const EXTENT = { from: 1_000, to: 11_000, firstSeq: 5 }
const mark = (kind: Mark['kind'], at: number, seq: number): Mark => ({ kind, at, seq })

it('lays moments out evenly from the start to the end, and those outside at the ends', () => {
  expect([1_000, 6_000, 11_000, 0, 20_000].map((at) => fractionOf(at, EXTENT))).toEqual([
    0, 0.5, 1, 0, 1,
  ])
})

it('puts the only moment of a session that has just begun at the end', () => {
  expect(fractionOf(0, { from: 0, to: 0 })).toBe(1)
})

it('draws marks of a kind as one where they lie too near, and leads to the first of them', () => {
  const marks = [
    mark('registration', 1_000, 5),
    mark('registration', 1_010, 6),
    mark('error', 1_010, 7),
    mark('registration', 6_000, 8),
  ]
  expect(shownMarks(marks, EXTENT, 500)).toEqual([
    { kind: 'registration', fraction: 0, first: marks[0], count: 2 },
    { kind: 'error', fraction: expect.closeTo(0.001), first: marks[2], count: 1 },
    { kind: 'registration', fraction: 0.5, first: marks[3], count: 1 },
  ])
})

it('leaves out what was forgotten and what is not reached yet', () => {
  const marks = [mark('held', 900, 4), mark('held', 5_000, 9), mark('held', 12_000, 30)]
  expect(shownMarks(marks, EXTENT, 500).map(({ first }) => first.seq)).toEqual([9])
})

it('shows one mark where a registration brought a server back', () => {
  const marks = [mark('down', 2_000, 5), mark('registration', 6_000, 9), mark('up', 6_000, 10)]
  expect(shownMarks(marks, EXTENT, 500).map(({ kind }) => kind)).toEqual(['down', 'up'])
})

it('shows every mark once, alone or with others, and never two of a kind too near', () => {
  const kinds = fc.constantFrom<Mark['kind']>('registration', 'error', 'held')
  const someMarks = fc
    .array(fc.tuple(kinds, fc.integer({ min: 1_000, max: 11_000 })), { maxLength: 200 })
    .map((pairs) =>
      pairs.sort((a, b) => a[1] - b[1]).map(([kind, at], index) => mark(kind, at, 5 + index)),
    )
  fc.assert(
    fc.property(someMarks, fc.integer({ min: 1, max: 2_000 }), (marks, widthPx) => {
      const shown = shownMarks(marks, EXTENT, widthPx)
      expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length)
      for (const kind of ['registration', 'error', 'held']) {
        const places = shown.filter((each) => each.kind === kind).map(({ fraction }) => fraction)
        for (const [index, place] of places.entries()) {
          const before = places[index - 1]
          if (before !== undefined) expect((place - before) * widthPx).toBeGreaterThanOrEqual(9)
        }
      }
    }),
  )
})

it('leaps by a tenth and stops at the ends', () => {
  expect([leap(6_000, EXTENT, 1), leap(1_200, EXTENT, -1), leap(10_500, EXTENT, 1)]).toEqual([
    7_000, 1_000, 11_000,
  ])
})
