import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { APP_OPTIONS, HEADLESS_OPTIONS } from '../../src/main/options/app'
import { optionName } from '../../src/main/options/option'
import { readLaunch, USAGE } from './launch.mjs'

describe('readLaunch', () => {
  it('takes what there is when nothing is asked for', () => {
    expect(readLaunch([])).toEqual({
      kind: 'run',
      shell: null,
      forWeb: [],
      forDesktop: [],
      webOnly: [],
      files: [],
    })
  })

  it('hands each way its own options', () => {
    const args = ['--port', '8080', '--proxy-port=0', '--latency', '20', '--no-open']
    expect(readLaunch(args)).toEqual({
      kind: 'run',
      shell: null,
      forWeb: args,
      forDesktop: ['--proxy-port=0', '--latency', '20'],
      webOnly: ['--port 8080', '--no-open'],
      files: [],
    })
  })

  it('hands the log place and contents to either way', () => {
    const args = ['--logs', 'a folder', '--log-contents']
    expect(readLaunch(args)).toMatchObject({ forWeb: args, forDesktop: args, webOnly: [] })
  })

  it('hands either way that the lab begins afresh', () => {
    expect(readLaunch(['--fresh'])).toMatchObject({ forWeb: ['--fresh'], forDesktop: ['--fresh'] })
  })

  it.each(Object.entries(HEADLESS_OPTIONS))('passes %s on to whichever has it', (key, option) => {
    const words = option.value === undefined ? [optionName(key)] : [optionName(key), '1']
    const isForBoth = key in APP_OPTIONS
    expect(readLaunch(words)).toMatchObject({
      forWeb: words,
      forDesktop: isForBoth ? words : [],
      webOnly: isForBoth ? [] : [words.join(' ')],
    })
    expect(USAGE.replace(/\n {10,}/g, ' ')).toContain(option.help)
  })

  it('takes everything after two dashes for files, by their whole paths', () => {
    const launch = readLaunch(['--fresh', '--', 'a b', '--web'])
    expect(launch).toMatchObject({ shell: null, files: [resolve('a b'), resolve('--web')] })
  })

  it('leaves values to the app, however they look', () => {
    expect(readLaunch(['--web', '--port', '--no-open'])).toMatchObject({
      shell: 'web',
      forWeb: ['--port', '--no-open'],
    })
    expect(readLaunch(['--latency'])).toMatchObject({ forWeb: ['--latency'] })
  })

  it.each([
    [['--wbe'], 'Unknown option "--wbe".'],
    [['9000'], 'Unknown option "9000".'],
    [['--web', '--desktop'], 'Choose --web or --desktop, not both.'],
    [['--desktop', '--port', '80'], '"--port 80" is for the browser way (--web).'],
  ])('refuses %j', (args, error) => expect(readLaunch(args)).toEqual({ kind: 'error', error }))

  it('shows its usage', () => expect(readLaunch(['--port', '1', '-h'])).toEqual({ kind: 'help' }))
})
