import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exitAt,
  exitsFor,
  gapFor,
  isLabelled,
  labelLengths,
  labelPlan,
  labelTransform,
  levelBand,
  MAX_RINGS,
  pointAt,
  pointerWidth,
  roundaboutShape,
  segmentPath,
  turnClockwise,
} from './ring'

const SETTINGS = { seed: 20_210_101, numRuns: 100 }
const BAND = { inner: 80, outer: 104 }

describe('the roundabout', () => {
  test('keeps its rings apart, inside the rim and around a hub with room for words', () => {
    fc.assert(
      fc.property(fc.nat(MAX_RINGS), fc.nat(1000), (rings, exits) => {
        const { radius, hubRadius, bands } = roundaboutShape(rings, exits)
        expect(bands.length).toBe(rings)
        expect(hubRadius).toBeGreaterThanOrEqual(60)
        let outside = radius
        for (const { inner, outer } of bands) {
          expect(outer).toBeLessThan(outside)
          // Every ring has labels.
          expect(labelPlan({ inner, outer }, 3, 3)).toBeDefined()
          outside = inner
        }
        expect(hubRadius).toBeLessThan(outside)
      }),
      SETTINGS,
    )
  })

  test('grows for a crowd, within bounds', () => {
    expect(roundaboutShape(1, 300).radius).toBeGreaterThan(roundaboutShape(1, 3).radius)
    expect(roundaboutShape(1, 100_000).radius).toBe(roundaboutShape(1, 1000).radius)
  })

  test('centres the first exit at twelve o’clock and goes on clockwise', () => {
    expect(exitAt(0, 4)).toEqual({ start: -45, middle: 0, end: 45 })
    expect(exitAt(1, 4).middle).toBe(90)
    expect(pointAt(10, 0).y).toBeCloseTo(-10)
    expect(pointAt(10, 90).x).toBeCloseTo(10)
  })

  test('fills the circle with exits that touch and do not overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (of) => {
        let end = exitAt(0, of).start
        for (let index = 0; index < of; index++) {
          const exit = exitAt(index, of)
          expect(exit.start).toBeCloseTo(end, 6)
          end = exit.end
        }
        expect(end - exitAt(0, of).start).toBeCloseTo(360, 6)
      }),
      SETTINGS,
    )
  })

  test('draws every exit as a path of finite numbers, however narrow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(), (of, seed) => {
        const path = segmentPath(BAND, exitAt(seed % of, of), gapFor(BAND, of))
        expect(path).not.toMatch(/NaN|Infinity/)
        expect(path.endsWith('Z')).toBe(true)
      }),
      SETTINGS,
    )
  })

  test('draws a ring with one exit as two halves', () => {
    expect(segmentPath(BAND, exitAt(0, 1), 0).match(/M/g)).toHaveLength(2)
  })

  test('shows a pointer that is never too thin to be seen', () => {
    expect(pointerWidth(BAND, exitAt(0, 4))).toBe(90)
    expect(pointerWidth(BAND, exitAt(0, 300))).toBeGreaterThan(360 / 300)
  })
})

describe('the pointer', () => {
  test('turns clockwise, by less than a full turn, and arrives', () => {
    const angle = fc.double({ min: -3600, max: 36_000, noNaN: true })
    fc.assert(
      fc.property(angle, angle, (from, to) => {
        const turned = turnClockwise(from, to)
        expect(turned).toBeGreaterThanOrEqual(from)
        expect(turned - from).toBeLessThan(360)
        const off = (((turned - to) % 360) + 360) % 360
        expect(Math.min(off, 360 - off)).toBeLessThan(0.11)
      }),
      SETTINGS,
    )
  })

  test('stands still when it is there already, rounding or not', () => {
    expect(turnClockwise(720, 0)).toBe(720)
    expect(turnClockwise(120.000_000_001, 120)).toBe(120.000_000_001)
  })
})

describe('labels', () => {
  test('stand at every exit of a small pool', () => {
    const plan = labelPlan(BAND, 4, 3)
    expect(plan).toEqual({ every: 1, characters: 3 })
  })

  test('thin out, then vanish', () => {
    const steps = [4, 30, 60, 300].map((exits) => labelPlan(BAND, exits, 3)?.every)
    expect(steps).toEqual([1, 2, 3, undefined])
  })

  test('are cut to what a bent band has room for', () => {
    const plan = labelPlan(BAND, 2, 64)
    expect(plan?.characters).toBeLessThan(16)
    expect(plan?.characters).toBeGreaterThan(6)
  })

  test('keep their distance all around', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 64 }),
        (of, longest) => {
          const plan = labelPlan(BAND, of, longest)
          if (!plan) return
          const labelled = Array.from({ length: of }, (_, index) => index).filter((index) =>
            isLabelled(plan, index, of),
          )
          labelled.forEach((index, place) => {
            const next = labelled[place + 1] ?? (labelled[0] ?? 0) + of
            expect(next - index).toBeGreaterThanOrEqual(Math.min(plan.every, of))
          })
        },
      ),
      SETTINGS,
    )
  })

  test('are never upside down', () => {
    for (let angle = 0; angle < 360; angle += 15) {
      const rotation = Number(/rotate\((.*)\)/.exec(labelTransform(BAND, angle))?.[1])
      const tilt = ((rotation + 180) % 360) - 180
      expect(Math.abs(tilt)).toBeLessThanOrEqual(90)
    }
  })

  test('need a band that is thick enough for text', () => {
    expect(labelPlan({ inner: 90, outer: 100 }, 2, 3)).toBeUndefined()
  })
})

describe('exits as wide as weights', () => {
  const weights = (...values: number[]) => values.map((weight) => ({ weight }))

  test('share the circle by weight, the first one at twelve o’clock', () => {
    const exits = exitsFor(weights(5, 1, 1, 3))
    expect(exits.map(({ start, end }) => Math.round(end - start))).toEqual([180, 36, 36, 108])
    expect(exits[0]?.middle).toBe(0)
    expect(exits.map(({ start }) => start).slice(1)).toEqual(
      exits.map(({ end }) => end).slice(0, -1),
    )
  })

  test('are those of round-robin where all weigh the same', () => {
    const same = Array.from({ length: 5 }, (_, index) => exitAt(index, 5))
    expect(exitsFor(weights(3, 3, 3, 3, 3))).toEqual(same)
  })

  test('have labels where they are wide enough', () => {
    expect(labelLengths(BAND, exitsFor(weights(50, 1, 20)), 3)).toEqual([3, 0, 3])
    expect(labelLengths(BAND, exitsFor(weights(1, 1, 1)), 3)).toEqual([3, 3, 3])
  })

  test('have levels from the inner edge on', () => {
    expect(levelBand({ inner: 80, outer: 100 }, 0.5)).toEqual({ inner: 80, outer: 90 })
  })
})
