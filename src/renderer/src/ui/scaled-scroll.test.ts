import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_SCROLL_PX, ScaledScroll } from './scaled-scroll'

const VIEW = 300

function scrollOf(total: number): ScaledScroll {
  const scroll = new ScaledScroll()
  scroll.resize(total, VIEW)
  return scroll
}

it('is what the browser does where the browser can', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_SCROLL_PX }),
      fc.array(fc.nat(MAX_SCROLL_PX)),
      (total, places) => {
        const scroll = scrollOf(total)
        for (const place of places) {
          const within = Math.min(place, Math.max(0, total - VIEW))
          expect(scroll.moved(place)).toBe(within)
          expect(scroll.shift).toBe(0)
          expect(scroll.go(place)).toBe(within)
        }
      },
    ),
  )
})

/** Turns of the wheel, moves of the scroll bar, and scrolling by the list itself. */
const moves = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('wheel' as const), by: fc.integer({ min: -800, max: 800 }) }),
    fc.record({
      kind: fc.constant('bar' as const),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('go' as const), to: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant('rows' as const), by: fc.integer({ min: -60, max: 60 }) }),
  ),
  { maxLength: 40 },
)

it('stays within the list, never goes against the wheel, and is at an end where the bar is', () => {
  fc.assert(
    fc.property(fc.integer({ min: MAX_SCROLL_PX + 1, max: 90_000_000 }), moves, (total, all) => {
      const scroll = scrollOf(total)
      const lastPlace = MAX_SCROLL_PX - VIEW
      let place = 0
      for (const move of all) {
        const before = scroll.offset
        if (move.kind === 'wheel') {
          const next = Math.max(0, Math.min(lastPlace, place + move.by))
          const offset = scroll.moved(next)
          if (next > place) expect(offset).toBeGreaterThanOrEqual(before)
          if (next < place) expect(offset).toBeLessThanOrEqual(before)
          place = next
        } else if (move.kind === 'bar') {
          place = move.to * lastPlace
          scroll.moved(place)
        } else {
          const to = move.kind === 'go' ? move.to * (total - VIEW) : before + move.by * 31
          place = scroll.go(to)
          expect(scroll.offset).toBe(Math.max(0, Math.min(total - VIEW, to)))
          // The browser reports the move, rounded.
          expect(scroll.moved(Math.round(place * 2) / 2)).toBeCloseTo(scroll.offset, 3)
        }
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThanOrEqual(lastPlace)
        expect(scroll.offset).toBeGreaterThanOrEqual(0)
        expect(scroll.offset).toBeLessThanOrEqual(total - VIEW)
        if (place === 0) expect(scroll.offset).toBe(0)
        if (place === lastPlace) expect(scroll.offset).toBe(total - VIEW)
      }
    }),
  )
})

it('moves a million rows pixel by pixel under the wheel, there and back', () => {
  const scroll = scrollOf(31_000_000)
  for (let place = 100; place <= 50_000; place += 100) expect(scroll.moved(place)).toBe(place)
  for (let place = 49_900; place >= 0; place -= 100) scroll.moved(place)
  expect(scroll.offset).toBe(0)
})

it('reaches the last row with the wheel from anywhere near the end', () => {
  const scroll = scrollOf(31_000_000)
  let place = scroll.go(30_900_000)
  while (place < MAX_SCROLL_PX - VIEW) {
    place = Math.min(MAX_SCROLL_PX - VIEW, place + 100)
    scroll.moved(place)
  }
  expect(scroll.offset).toBe(31_000_000 - VIEW)
})

it('keeps its place when the list grows past what the browser can scroll', () => {
  const scroll = scrollOf(MAX_SCROLL_PX - 10)
  scroll.moved(1_000_000)
  scroll.resize(MAX_SCROLL_PX + 10_000, VIEW)
  expect(scroll.offset).toBe(1_000_000)
  expect(scroll.moved(1_000_100)).toBe(1_000_100)
})
