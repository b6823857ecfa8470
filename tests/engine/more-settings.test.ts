// Settings that nobody has declared yet go the whole way too: a declaration is all that one needs. The tests are those of
// settings.test.ts, with a setting of each kind more for servers, clients, links and pools.
import { afterAll, vi } from 'vitest'
import type { Settings } from '../../src/shared/settings/derive'

async function more(): Promise<Settings> {
  const { choice, feature, flag, number, text } = await import('../../src/shared/settings/setting')
  const help = 'A setting of tomorrow.'
  const options = [
    { value: 'red', label: 'Red' },
    { value: 'blue', label: 'Blue' },
  ]
  const amounts = { default: 5, min: 0, max: 60, unit: 'ms' }
  const scalars = {
    colour: choice({ default: 'red', label: 'Colour', help, options }),
    patience: number({ ...amounts, label: 'Patience', help }),
    verbose: flag({ default: false, label: 'Verbose', help, said: ['talks', 'is silent'] }),
    motto: text({ default: '', maxChars: 20, label: 'Motto', help }),
  }
  return { ...scalars, manners: feature({ label: 'Manners', help, settings: scalars }) }
}

vi.mock('../../src/shared/settings/server', async (original) => {
  const { SERVER_SETTINGS, ...others } = await original<{ SERVER_SETTINGS: Settings }>()
  return { ...others, SERVER_SETTINGS: { ...SERVER_SETTINGS, ...(await more()) } }
})
vi.mock('../../src/shared/settings/client', async (original) => {
  const { CLIENT_SETTINGS } = await original<{ CLIENT_SETTINGS: Settings }>()
  return { CLIENT_SETTINGS: { ...CLIENT_SETTINGS, ...(await more()) } }
})
vi.mock('../../src/shared/settings/link', async (original) => {
  const { LINK_SETTINGS } = await original<{ LINK_SETTINGS: Settings }>()
  return { LINK_SETTINGS: { ...LINK_SETTINGS, ...(await more()) } }
})
vi.mock('../../src/shared/settings/pool', async (original) => {
  const { POOL_SETTINGS, ...others } = await original<{ POOL_SETTINGS: Settings }>()
  return { ...others, POOL_SETTINGS: { ...POOL_SETTINGS, ...(await more()) } }
})

// Modules that the tests' setup has loaded do not have them.
vi.resetModules()
await import('./settings.test')

afterAll(() => {
  vi.resetModules()
})
