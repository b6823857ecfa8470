import { expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS, poolGroups } from '../../../shared/settings/pool'
import { groupWords } from './group-words'

const words = (title: string, values: Parameters<typeof settled<typeof POOL_SETTINGS>>[1]) => {
  const group = poolGroups('round-robin').find((one) => one.title === title)
  return groupWords(group?.settings ?? {}, settled(POOL_SETTINGS, values))
}

it('says what is in use', () => {
  expect(words('Choosing', {})).toBe('Round-robin')
  expect(words('Choosing', { backups: 'haproxy' })).toBe(
    'Round-robin, The first one, as in HAProxy',
  )
  const { health } = POOL_SETTINGS
  expect(words('Health', { health: settled(health.settings, {}), panicPercent: 50 })).toBe(
    'passive health checks, panic threshold 50 %',
  )
})

it('is off where everything has its default', () => {
  expect(words('Health', {})).toBe('off')
  expect(words('When servers are full', {})).toBe('off')
})
