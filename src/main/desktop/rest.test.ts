import { expect, it } from 'vitest'
import { restQuietly } from './rest'

function flagsAfter(before: Record<string, string>) {
  const switches = { ...before }
  const own: string[] = []
  const commandLine = {
    getSwitchValue: (name: string) => switches[name] ?? '',
    appendSwitch: (name: string, value = '') => {
      switches[name] = value
    },
  }
  restQuietly({ commandLine }, (flags) => own.push(flags))
  return { switches, own }
}

it('a page that only started has nothing collected and nothing compressed', () => {
  expect(flagsAfter({})).toEqual({
    own: ['--memory-reducer-single-gc'],
    switches: {
      'js-flags':
        '--no-memory-reducer-for-small-heaps --initial-old-space-size=32 --memory-reducer-single-gc',
      'disable-features': 'CompressParkableStrings',
    },
  })
})

it('what the command line sets stays', () => {
  const { switches } = flagsAfter({ 'js-flags': '--expose-gc', 'disable-features': 'A,B' })
  expect(switches['js-flags']).toMatch(/^--expose-gc --no-memory-reducer-for-small-heaps /)
  expect(switches['disable-features']).toBe('A,B,CompressParkableStrings')
})
