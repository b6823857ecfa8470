import { expect, test } from 'vitest'
import { Afterglow } from './afterglow'

test('a loss fades and is then forgotten', () => {
  const glow = new Afterglow()
  glow.lose([{ link: 0, fromProxy: true, fraction: 0.4, kind: 0 }], 1000)
  const visible: number[] = []
  const look = (now: number) => glow.eachLoss(now, (_, left) => visible.push(left))
  look(1000)
  look(1450)
  expect(visible).toEqual([1, 0.5])
  expect(glow.fade(1899)).toBe(true)
  expect(glow.fade(1900)).toBe(false)
})

test('a link glows more for more traffic, never beyond full, and goes out', () => {
  const strengthFor = (packets: number) => {
    const glow = new Afterglow()
    glow.pulse(Uint32Array.of(3, packets), 0)
    let strength = 0
    glow.eachGlow(0, (link, value) => {
      expect(link).toBe(3)
      strength = value
    })
    expect(glow.fade(249)).toBe(true)
    expect(glow.fade(250)).toBe(false)
    return strength
  }
  expect(strengthFor(1)).toBeGreaterThan(0)
  expect(strengthFor(10)).toBeGreaterThan(strengthFor(1))
  expect(strengthFor(1_000_000)).toBe(1)
})

test('a weak pulse does not dim a strong glow', () => {
  const glow = new Afterglow()
  glow.pulse(Uint32Array.of(0, 1000), 0)
  glow.pulse(Uint32Array.of(0, 1), 25)
  glow.eachGlow(25, (_, strength) => expect(strength).toBeCloseTo(0.9))
})
