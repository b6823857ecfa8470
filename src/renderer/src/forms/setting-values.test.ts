import { expect, it } from 'vitest'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { draftOf, valuesOf } from './setting-values'

it('shows every value, and the default where there is none', () => {
  expect(draftOf(SERVER_SETTINGS, { label: 'rack 0' })).toEqual({
    port: '',
    label: 'rack 0',
    keepConnection: false,
    weight: '1',
    maxConnections: '0',
    backup: false,
    drain: false,
    work: false,
    stopped: false,
    behaviour: false,
  })
})

it('sends only what was changed: another window may have changed the rest', () => {
  expect(valuesOf(SERVER_SETTINGS, { keepConnection: true })).toEqual({ keepConnection: true })
  expect(valuesOf(SERVER_SETTINGS, {})).toEqual({})
})

it('sends numbers as numbers, and a text that is no number as it is', () => {
  expect(valuesOf(SERVER_SETTINGS, { port: '2101' })).toEqual({ port: 2101 })
  expect(valuesOf(SERVER_SETTINGS, { port: 'many' })).toEqual({ port: 'many' })
})

it('sends a feature with every setting inside, or off', () => {
  const work = { ms: 40, distribution: 'exponential', atOnce: 2, queue: 5 } as const
  const { work: shown = false } = draftOf(SERVER_SETTINGS, { work })
  expect(shown).toEqual({ ms: '40', distribution: 'exponential', atOnce: '2', queue: '5' })
  expect(valuesOf(SERVER_SETTINGS, { work: shown })).toEqual({ work })
  expect(valuesOf(SERVER_SETTINGS, { work: false })).toEqual({ work: 'off' })
})
