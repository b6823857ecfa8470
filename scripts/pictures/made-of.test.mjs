// The README's pictures are not older than the screen by a release.
import { describe, expect, it } from 'vitest'
import { madeOf, present, problemOf } from './made-of.mjs'

describe('the pictures of the README', () => {
  const made = { release: '1.0.0', screen: 'a' }

  it('may be older than the screen within a release', () => {
    expect(problemOf(made, { release: '1.0.0', screen: 'b' })).toBeUndefined()
  })

  it('may be of an earlier release if the screen is the same', () => {
    expect(problemOf(made, { release: '1.1.0', screen: 'a' })).toBeUndefined()
  })

  it('must be made anew in a release that changed the screen', () => {
    expect(problemOf(made, { release: '1.1.0', screen: 'b' })).toMatch(
      /npm run pictures -- --readme/,
    )
  })

  it('are of this release, or show the same screen', () => {
    expect(problemOf(madeOf(), present())).toBeUndefined()
  })
})
