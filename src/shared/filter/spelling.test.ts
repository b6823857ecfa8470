import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { nearest, stepsBetween } from './spelling'

it('counts letters added, left out, changed and swapped', () => {
  expect(stepsBetween('typ', 'type')).toBe(1)
  expect(stepsBetween('tpye', 'type')).toBe(1)
  expect(stepsBetween('polcy', 'policy')).toBe(1)
  expect(stepsBetween('', 'abc')).toBe(3)
})

it('is the same in both directions, and nothing only between what is alike', () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/)
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(stepsBetween(a, b)).toBe(stepsBetween(b, a))
      expect(stepsBetween(a, b) === 0).toBe(a === b)
    }),
  )
})

it('suggests what begins so, else what is a few letters away, else nothing', () => {
  const words = ['type', 'client', 'server', 'is']
  expect(nearest('cl', words)).toBe('client')
  expect(nearest('sevrer', words)).toBe('server')
  expect(nearest('banana', words)).toBeUndefined()
  expect(nearest('x', words)).toBeUndefined()
  expect(nearest(`${'a'.repeat(63)}b`, ['a'.repeat(64)])).toBe('a'.repeat(64))
})

it('compares neither long words nor those of another length, which would take long', () => {
  expect(nearest(`${'a'.repeat(64)}b`, ['a'.repeat(65)])).toBeUndefined()
  // Comparing reads the letters.
  const letters = vi.spyOn(Array, 'from')
  expect(nearest('sevrer', ['s'.repeat(9), 'tea', 'a'.repeat(10_000)])).toBeUndefined()
  expect(letters).not.toHaveBeenCalled()
})
