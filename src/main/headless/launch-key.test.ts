import { expect, it } from 'vitest'
import { LaunchKey } from './launch-key'

it('lets in once', () => {
  const key = new LaunchKey()
  const given = key.renew()
  expect(key.redeem('0'.repeat(given.length))).toBe(false)
  expect(key.redeem(given)).toBe(true)
  expect(key.redeem(given)).toBe(false)
})

it('lets nobody in before it is made, without it, with the one before, or after a minute', () => {
  let nowMs = 0
  const key = new LaunchKey(() => nowMs)
  expect(key.redeem('')).toBe(false)
  expect(key.redeem(null)).toBe(false)
  const [before, present] = [key.renew(), key.renew()]
  expect(key.redeem(before)).toBe(false)
  nowMs = 60_001
  expect(key.redeem(present)).toBe(false)
})
