import { describe, expect, it } from 'vitest'
import { DEFAULT_BOUNDS, windowBoundsFor } from './window-bounds'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beamer = { x: 1440, y: 0, width: 1920, height: 1080 }
const saved = { x: 1500, y: 40, width: 1600, height: 900, maximized: true }

describe('placementFor', () => {
  it('gives back a place on a display that is there', () => {
    expect(windowBoundsFor(saved, [laptop, beamer])).toEqual(saved)
  })

  it('lets the system choose the place, in a size that fits, when the display is gone', () => {
    expect(windowBoundsFor(saved, [laptop])).toEqual({ width: 1440, height: 875, maximized: true })
  })

  it('does not open with the title bar out of reach', () => {
    for (const place of [
      { x: 0, y: -40 },
      { x: 0, y: 880 },
      { x: -1550, y: 100 },
      { x: 1400, y: 900 },
    ]) {
      expect(windowBoundsFor({ ...saved, ...place }, [laptop])).not.toHaveProperty('x')
    }
  })

  it('is never smaller than the smallest window', () => {
    const tiny = { x: 0, y: 30, width: 10, height: -5, maximized: false }
    expect(windowBoundsFor(tiny, [laptop])).toMatchObject({ width: 480, height: 400 })
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'wide'],
    ['a missing field', { width: 1000, height: 700 }],
    ['a wrong one', { ...saved, width: '1600' }],
    ['a number out of this world', { ...saved, x: 1e300 }],
  ])('falls back to the default on %s', (_, damaged) => {
    expect(windowBoundsFor(damaged, [laptop])).toEqual(DEFAULT_BOUNDS)
  })

  it('falls back to the default where no display is known', () => {
    expect(windowBoundsFor(undefined, [])).toEqual(DEFAULT_BOUNDS)
  })
})
