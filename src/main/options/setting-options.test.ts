import { expect, it } from 'vitest'
import { CLIENT_SETTINGS } from '../../shared/settings/client'
import { POOL_SETTINGS } from '../../shared/settings/pool'
import { SERVER_SETTINGS } from '../../shared/settings/server'
import { parseOptions } from './parse'
import { settingOptions } from './setting-options'

const SETTINGS = { ...SERVER_SETTINGS, ...CLIENT_SETTINGS, ...POOL_SETTINGS }
const OPTIONS = settingOptions(SETTINGS)

it('every setting is an option', () => {
  expect(Object.keys(OPTIONS)).toEqual(Object.keys(SETTINGS))
  for (const { help } of Object.values(OPTIONS)) expect(help).toMatch(/[.)]$/)
})

it.each([
  [['--weight', '3'], { weight: 3 }],
  [['--keep-connection', '--backup'], { keepConnection: true, backup: true }],
  [
    ['--work', 'ms=50,distribution=exponential'],
    { work: { ms: 50, distribution: 'exponential', atOnce: 1, queue: 100 } },
  ],
  [['-work', 'on'], { work: { ms: 40, distribution: 'constant', atOnce: 1, queue: 100 } }],
  [['-work', 'off'], { work: 'off' }],
  [['--algorithm', 'least-connections'], { algorithm: 'least-connections' }],
  [['--payload', 'a,b=c'], { payload: 'a,b=c' }],
  [
    ['--traffic', 'pattern=replay,arrivals=0, 12,40,atStart'],
    { traffic: { pattern: 'replay', arrivals: '0, 12,40', atStart: true } },
  ],
])('%j gives values as in a scenario', (args, values) => {
  const parsed = parseOptions(args, OPTIONS)
  expect(parsed).toMatchObject({ ok: true, given: values })
})

it.each([
  [['--weight', '0'], '--weight: It must be a whole number from 1 to 256; here it is 0.'],
  [['--weight', 'big'], '--weight: It must be a whole number from 1 to 256; here it is a text.'],
  [['--weight'], '--weight needs a value; it got nothing.'],
  [['--work', 'ms=-1'], '--work: ms: It must be a number from 0 to 600000 (ms); here it is -1.'],
  [
    ['--work', 'hours=1'],
    '--work: hours: There is no such field: it has “ms”, “distribution”, “atOnce”, “queue”.',
  ],
])('%j is refused in the words of the setting', (args, error) => {
  expect(parseOptions(args, OPTIONS)).toEqual({ ok: false, error })
})
