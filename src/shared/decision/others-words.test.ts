import { describe, expect, it } from 'vitest'
import type { KeysMoved } from './others'
import { comingWords, keysMovedBrief, keysMovedWords } from './others-words'

const keys = (changed: Partial<KeysMoved>): KeysMoved => ({
  gone: [],
  back: [],
  keys: 30,
  oneIn: 1,
  moved: 11,
  needless: 0,
  ...changed,
})

it('says who is next as one sentence', () => {
  expect(comingWords(['100', '100', '300'])).toBe('Next: 100, 100, 300')
})

describe('keys that have moved', () => {
  it('are counted beside those that stay, with the cause', () => {
    expect(keysMovedBrief(keys({ gone: ['300'] }))).toBe('without 300: 11 keys moved, 19 stayed')
    expect(keysMovedBrief(keys({ back: ['300'], moved: 1 }))).toBe(
      'with 300: 1 key moved, 29 stayed',
    )
  })

  it('are needless where their old server could have kept them', () => {
    expect(keysMovedWords(keys({ gone: ['300'] }))).toBe(
      'Without 300, 11 of 30 keys moved and 19 stayed. None moved needlessly: each was on a server that is gone.',
    )
    expect(keysMovedWords(keys({ gone: ['b'], moved: 23, needless: 16 }))).toBe(
      'Without b, 23 of 30 keys moved and 7 stayed. 16 moved needlessly: from a server that is still there to one that was there before.',
    )
    expect(keysMovedWords(keys({ back: ['b', 'c'] }))).toMatch(/^With b, c, .*that has come\.$/)
  })

  it('move with weights too, where none is needless or needed', () => {
    expect(keysMovedWords(keys({ moved: 9 }))).toBe(
      'With other weights or addresses, 9 of 30 keys moved and 21 stayed.',
    )
  })

  it('are a sample of very many', () => {
    expect(keysMovedWords(keys({ gone: ['b'], oneIn: 4 }))).toMatch(/one in 4 of the keys seen\.$/)
  })
})
