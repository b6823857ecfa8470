import { expect, it } from 'vitest'
import { POOL_SETTINGS, poolGroups } from './pool'

it.each([
  ['round-robin', ['algorithm', 'backups']],
  ['hash', ['algorithm', 'hashKey', 'backups']],
  ['maglev', ['algorithm', 'hashKey', 'tableSize', 'backups']],
  ['least-time', ['algorithm', 'decayMs', 'backups']],
  ['unknown', ['algorithm', 'backups']],
])('choosing with %s has the settings that have an effect', (algorithm, names) => {
  const [choosing] = poolGroups(algorithm)
  expect(choosing?.title).toBe('Choosing')
  expect(Object.keys(choosing?.settings ?? {})).toEqual(names)
})

it('every setting is in one group, and has an effect with some algorithm', () => {
  const groups = POOL_SETTINGS.algorithm.options.map(({ value }) =>
    poolGroups(value).flatMap(({ settings }) => Object.keys(settings)),
  )
  expect(new Set(groups.flat())).toEqual(new Set(Object.keys(POOL_SETTINGS)))
  for (const names of groups) expect(new Set(names).size).toBe(names.length)
})

it('slow start says with which algorithms it has no effect', () => {
  const without = POOL_SETTINGS.algorithm.options.filter(({ value }) => {
    const health = poolGroups(value).find(({ title }) => title === 'Health')
    return health?.settings.slowStart?.help.includes('It has no effect with')
  })
  expect(without.map(({ value }) => value)).toEqual([
    'round-robin',
    'least-time',
    'hash',
    'ring-hash',
    'maglev',
  ])
})
