import { expect, it } from 'vitest'
import { POOL_SETTINGS, poolSettingsFor, RESILIENCE_SETTINGS } from './pool'

it.each([
  ['round-robin', ['algorithm']],
  ['hash', ['algorithm', 'hashKey']],
  ['maglev', ['algorithm', 'hashKey', 'tableSize']],
  ['least-time', ['algorithm', 'decayMs']],
  ['unknown', ['algorithm']],
])('a pool with %s shows the settings that have an effect', (algorithm, names) => {
  expect(Object.keys(poolSettingsFor(algorithm))).toEqual(names)
})

it('every setting has an effect with some algorithm', () => {
  const used = POOL_SETTINGS.algorithm.options.flatMap(({ value }) =>
    Object.keys(poolSettingsFor(value)),
  )
  const resilience = Object.keys(RESILIENCE_SETTINGS)
  expect(new Set([...used, ...resilience])).toEqual(new Set(Object.keys(POOL_SETTINGS)))
  expect(used.filter((name) => resilience.includes(name))).toEqual([])
})
