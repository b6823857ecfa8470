import { describe, expect, it } from 'vitest'
import { POOL_SETTINGS } from '../settings/pool'
import { UNKNOWN } from '../settings/setting'
import { whoseWay } from './rules'
import { algorithmWay } from './ways'

const names = POOL_SETTINGS.algorithm.options.map(({ value }) => value)

describe('the way of an algorithm', () => {
  it.each(names)('%s: both texts name whose it is, as the receipts do', (name) => {
    const whose = whoseWay(name)?.split('’')[0] ?? 'lab'
    expect(algorithmWay(name)?.brief).toContain(whose)
    expect(algorithmWay(name)?.sentence).toContain(whose)
  })

  it('no two of them have the same words', () => {
    expect(new Set(names.map((name) => algorithmWay(name)?.brief)).size).toBe(names.length)
    expect(new Set(names.map((name) => algorithmWay(name)?.sentence)).size).toBe(names.length)
  })

  it('nothing is claimed of an algorithm that a newer version knows', () => {
    expect(algorithmWay(UNKNOWN)).toBeUndefined()
  })
})
