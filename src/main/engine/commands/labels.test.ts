import { expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { changeLabel } from './labels'

type Pool = Parameters<typeof settled<typeof POOL_SETTINGS>>[1]
type Server = Parameters<typeof settled<typeof SERVER_SETTINGS>>[1]

const pool = (before: Pool, after: Pool) =>
  changeLabel(POOL_SETTINGS, settled(POOL_SETTINGS, before), settled(POOL_SETTINGS, after), {
    of: 'policy 111',
  })
const server = (before: Server, after: Server, others?: readonly string[]) =>
  changeLabel(SERVER_SETTINGS, settled(SERVER_SETTINGS, before), settled(SERVER_SETTINGS, after), {
    of: 'server 300',
    ...(others && { others }),
  })
const queue = settled(POOL_SETTINGS.queue.settings, {})

it('names the setting', () => {
  expect(pool({}, { panicPercent: 50 })).toBe('change the panic threshold of policy 111')
  expect(server({}, { weight: 5 })).toBe('change the weight of server 300')
  expect(server({}, { weight: 5, drain: true })).toBe('change settings of server 300')
})

it('says that a feature was switched, or what was changed in it', () => {
  expect(pool({}, { queue })).toBe('switch on the queue of policy 111')
  expect(pool({ queue }, {})).toBe('switch off the queue of policy 111')
  expect(pool({ queue }, { queue: { ...queue, max: 3 } })).toBe(
    'change the places in the queue of policy 111',
  )
  expect(pool({ queue }, { queue: { max: 3, timeoutMs: 1 } })).toBe(
    'change the queue of policy 111',
  )
})

it('calls what is done to a server by its name', () => {
  expect(server({}, { drain: true })).toBe('drain server 300')
  expect(server({ drain: true }, {})).toBe('give server 300 messages again')
  expect(server({}, { backup: true })).toBe('make server 300 a backup')
  expect(server({}, { keepConnection: true })).toBe('change a setting of server 300')
})

it('names what else has changed', () => {
  expect(server({}, {}, ['the id'])).toBe('change the id of server 300')
  expect(server({}, { weight: 5 }, ['the id'])).toBe('change settings of server 300')
})
