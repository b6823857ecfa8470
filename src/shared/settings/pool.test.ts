import { expect, it } from 'vitest'
import { POOL_SETTINGS, poolSettingsFor } from './pool'

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
  expect(new Set(used)).toEqual(new Set(Object.keys(POOL_SETTINGS)))
})
