import { expect, test } from 'vitest'
import { FAULT_ICONS } from './HarmIcon'

test('each fault has a shape of its own', () => {
  const icons = Object.values(FAULT_ICONS)
  expect(new Set(icons).size).toBe(icons.length)
})
