import { describe, expect, it } from 'vitest'
import { asksForHelp, helpText, logsFolderIn, parseOptions } from './options'

const ALL = [
  '--port',
  '--proxy-port',
  '--latency',
  '--recordings',
  '--fresh',
  '--logs',
  '--log-contents',
  '--no-open',
] as const

describe('parseOptions', () => {
  it('reads values after a space and after an equals sign', () => {
    expect(parseOptions(['--port', '8080', '--proxy-port=0', '--latency', '20'], ALL)).toEqual({
      ok: true,
      options: { port: 8080, proxyPort: 0, latencyMs: 20 },
    })
  })

  it('leaves out what was not said', () => {
    expect(parseOptions([], ALL)).toEqual({ ok: true, options: {} })
  })

  it('reads a folder', () => {
    const options = { recordingsFolder: '/tmp/a b' }
    expect(parseOptions(['--recordings', '/tmp/a b'], ALL)).toEqual({ ok: true, options })
    expect(parseOptions(['--recordings=/tmp/a b'], ALL)).toEqual({ ok: true, options })
  })

  it('reads whether the lab begins afresh', () => {
    expect(parseOptions(['--fresh'], ALL)).toEqual({ ok: true, options: { fresh: true } })
    expect(parseOptions(['--fresh=no'], ALL)).toMatchObject({ ok: false })
  })

  it('reads where the log goes, and what goes into it', () => {
    expect(parseOptions(['--logs', '/tmp/logs', '--log-contents'], ALL)).toEqual({
      ok: true,
      options: { logsFolder: '/tmp/logs', logContents: true },
    })
    expect(parseOptions(['--logs', '--log-contents'], ALL)).toMatchObject({
      ok: false,
      error: '--logs needs a folder; it got "--log-contents".',
    })
  })

  it.each([
    [['--latency', 'soon', '--logs', 'here'], 'here'],
    [['--logs=here', '--wrong'], 'here'],
    [['--logs'], undefined],
    [['--latency', 'soon'], undefined],
    [['--', '--logs=here'], undefined],
  ])('finds where the log is to be in %j', (args, folder) => {
    expect(logsFolderIn(args)).toBe(folder)
  })

  it.each([[['--recordings']], [['--recordings=']], [['--recordings', '--no-open']]])(
    'refuses %j, which names no folder',
    (args) => {
      expect(parseOptions(args, ALL)).toMatchObject({
        ok: false,
        error: expect.stringMatching(/^--recordings needs a folder; it got /),
      })
    },
  )

  it('reads a switch', () => {
    expect(parseOptions(['--no-open'], ALL)).toEqual({ ok: true, options: { open: false } })
  })

  it('names an unknown option', () => {
    expect(parseOptions(['--prot', '1'], ALL)).toEqual({
      ok: false,
      error:
        'Unknown option "--prot". There are: --port, --proxy-port, --latency, --recordings, --fresh, --logs, --log-contents, --no-open.',
    })
  })

  it('refuses an option that this program does not take', () => {
    const parsed = parseOptions(['--port', '1'], ['--proxy-port'])
    expect(parsed).toMatchObject({ ok: false, error: expect.stringContaining('"--port"') })
  })

  it.each([
    ['a word', ['--proxy-port', 'many'], '--proxy-port', '"many"'],
    ['a missing value', ['--proxy-port'], '--proxy-port', 'nothing'],
    ['a port past the last', ['--port', '65536'], '--port', '"65536"'],
    ['a negative number', ['--latency', '-1'], '--latency', '"-1"'],
    ['a fraction', ['--latency=1.5'], '--latency', '"1.5"'],
    ['nothing after the equals sign', ['--latency='], '--latency', '""'],
    ['a latency past the limit', ['--latency', '60001'], '--latency', '"60001"'],
  ])('refuses %s, naming the option and what it got', (_, args, name, got) => {
    const parsed = parseOptions(args, ALL)
    expect(parsed.ok).toBe(false)
    expect(parsed).toMatchObject({ error: expect.stringMatching(new RegExp(`^${name} .*${got}`)) })
  })

  it('refuses a value for a switch', () => {
    expect(parseOptions(['--no-open=1'], ALL)).toEqual({
      ok: false,
      error: '--no-open takes no value.',
    })
  })

  it('takes words for files, wherever they stand', () => {
    const args = ['a b.roundabout', '--proxy-port', '2200', './-x.roundabout', '--latency=0']
    expect(parseOptions(args, ALL, 'refuse', 'are files')).toEqual({
      ok: true,
      options: { proxyPort: 2200, latencyMs: 0, files: ['a b.roundabout', './-x.roundabout'] },
    })
  })

  it('takes everything behind two dashes for a file, and nothing where nothing is there', () => {
    const files = ['--port', '-x', '--']
    expect(parseOptions(['--', ...files], ALL, 'refuse', 'are files')).toEqual({
      ok: true,
      options: { files },
    })
    expect(parseOptions(['--'], ALL, 'refuse', 'are files')).toEqual({ ok: true, options: {} })
  })

  it('takes words for files only where a program says so, and a wrong option for none', () => {
    const unknown = { ok: false, error: expect.stringContaining('Unknown option') }
    expect(parseOptions(['lesson.roundabout'], ALL)).toEqual(unknown)
    expect(parseOptions(['-x'], ALL, 'refuse', 'are files')).toEqual(unknown)
    const passed = parseOptions(['-psn_0_1', 'x'], ALL, 'ignore', 'are files')
    expect(passed).toEqual({ ok: true, options: { files: ['x'] } })
  })

  it("passes over Chromium's switches in a packaged app", () => {
    const args = ['--no-sandbox', '--proxy-port', '2200', '--lang=de']
    expect(parseOptions(args, ALL, 'ignore')).toEqual({ ok: true, options: { proxyPort: 2200 } })
  })
})

describe('help', () => {
  it.each([
    [['--help'], true],
    [['--port', '80', '-h'], true],
    [['--port', '80'], false],
    [['--', '--help'], false],
  ])('is asked for by %j: %s', (args, asked) => {
    expect(asksForHelp(args)).toBe(asked)
  })

  it('has a line for each option that the program accepts, and for no other', () => {
    expect(helpText(['--proxy-port', '--logs', '--fresh'])).toBe(`Options:

  --proxy-port N  the proxy’s port (2100 or the next free one); 0: any free one
  --logs DIR      where the log is written (the system’s place for logs)
  --fresh         begin with the classic pool, not with the pool as it was left
  --help          these options
`)
  })
})
