import { describe, expect, it } from 'vitest'
import { CLIENT_SETTINGS } from '../../shared/settings/client'
import { POOL_SETTINGS } from '../../shared/settings/pool'
import { SERVER_SETTINGS } from '../../shared/settings/server'
import { parseOptions } from './parse'
import { settingOptions, settingsOfOneOption } from './setting-options'

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
  [['--weight', 'big'], '--weight: It must be a whole number from 1 to 256; here it is “big”.'],
  [['--backups', 'all'], '--backups: It must be one of “nginx”, “haproxy”; here it is “all”.'],
  [['--weight'], '--weight needs a value; it got nothing.'],
  [['--work', 'ms=-1'], '--work: ms: It must be a number from 0 to 600000 (ms); here it is -1.'],
  [
    ['--work', 'hours=1'],
    '--work: hours: There is no such field: it has “ms”, “distribution”, “atOnce”, “queue”.',
  ],
])('%j is refused in the words of the setting', (args, error) => {
  expect(parseOptions(args, OPTIONS)).toEqual({ ok: false, error })
})

describe('settings of one', () => {
  const options = {
    policy: settingsOfOneOption(POOL_SETTINGS, { value: 'ID:NAME=VALUE,…', help: 'of one' }),
  }
  const parse = (...args: string[]) => parseOptions(args, options)

  it('are read for each, those of a feature behind a dot', () => {
    const parsed = parse(
      ...['--policy', '111:algorithm=hash,hashKey=payload,queue.max=50,queue.timeoutMs=100'],
      ...['--policy', 'PP_1:checks'],
    )
    expect(parsed).toMatchObject({
      ok: true,
      given: {
        policy: [
          {
            id: '111',
            values: { algorithm: 'hash', hashKey: 'payload', queue: { max: 50, timeoutMs: 100 } },
          },
          { id: 'PP_1', values: { checks: { fall: 3 } } },
        ],
      },
    })
  })

  it.each([
    ['111', '--policy needs ID:NAME=VALUE,…; it got "111".'],
    ['111:algorithm=best', /^--policy: algorithm: It must be one of/],
    ['111:algoritm=hash', /^--policy: algoritm: There is no such setting: there are algorithm, /],
    [
      '111:queue.most=1',
      '--policy: queue.most: There is no such field: it has “max”, “timeoutMs”.',
    ],
  ])('%s is refused', (text, error) => {
    const expected = typeof error === 'string' ? error : expect.stringMatching(error)
    expect(parse('--policy', text)).toEqual({ ok: false, error: expected })
  })
})
