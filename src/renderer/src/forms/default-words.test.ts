import { expect, it } from 'vitest'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { defaultWords } from './default-words'

it('says the default with its unit, and whose it is', () => {
  const { failTimeoutMs, maxFails } = POOL_SETTINGS.health.settings
  expect(defaultWords(failTimeoutMs)).toBe('Default 10 s: nginx’s fail_timeout')
  expect(defaultWords(maxFails)).toBe('Default 1: nginx’s max_fails')
  expect(defaultWords(POOL_SETTINGS.outliers.settings.maxPercent)).toBe(
    'Default 10 %: Envoy’s max_ejection_percent',
  )
  expect(defaultWords(POOL_SETTINGS.checks.settings.way)).toBe(
    'Default “Connection”: HAProxy’s check',
  )
  expect(defaultWords(SERVER_SETTINGS.drain)).toBe('Off by default: HAProxy’s state drain')
})

it('says nothing of what is the lab’s own', () => {
  expect(defaultWords(SERVER_SETTINGS.port)).toBe('')
  expect(defaultWords(SERVER_SETTINGS.keepConnection)).toBe('')
})
