import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha1OfText } from './sha1'

it('is what the platform computes, whatever the text and its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(sha1OfText(text)).toBe(createHash('sha1').update(text).digest('hex'))
    }),
  )
  expect(sha1OfText('')).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709')
  for (const length of [55, 56, 63, 64, 65, 1_000]) {
    const text = 'x'.repeat(length)
    expect(sha1OfText(text)).toBe(createHash('sha1').update(text).digest('hex'))
  }
})
