import { describe, expect, it } from 'vitest'
import { APP_OPTIONS, HEADLESS_OPTIONS, logsFolderIn } from './app'
import { helpText } from './help'
import { parseOptions } from './parse'

const NOT_GIVEN = {
  port: undefined,
  recordings: undefined,
  proxyPort: undefined,
  latency: undefined,
  fresh: false,
  logs: undefined,
  logContents: false,
  metrics: false,
  noOpen: false,
}
const parse = (...args: string[]) => parseOptions(args, HEADLESS_OPTIONS)

describe("the app's options", () => {
  it.each([
    [[], {}],
    [
      ['--port', '8080', '--proxy-port=0', '--latency', '20'],
      { port: 8080, proxyPort: 0, latency: 20 },
    ],
    [['--recordings', '/tmp/a b'], { recordings: '/tmp/a b' }],
    [['--recordings=/tmp/a b'], { recordings: '/tmp/a b' }],
    [['--fresh'], { fresh: true }],
    [['--logs', '/tmp/logs', '--log-contents'], { logs: '/tmp/logs', logContents: true }],
    [['--no-open'], { noOpen: true }],
  ])('are read from %j', (args, given) => {
    expect(parse(...args)).toEqual({ ok: true, given: { ...NOT_GIVEN, ...given }, words: [] })
  })

  it.each([
    [['--latency', 'soon', '--logs', 'here'], 'here'],
    [['--logs=here', '--wrong'], 'here'],
    [['--logs'], undefined],
    [['--latency', 'soon'], undefined],
    [['--', '--logs=here'], undefined],
  ])('say where the log is to be in %j', (args, folder) => {
    expect(logsFolderIn(args)).toBe(folder)
  })

  it.each([[['--recordings']], [['--recordings=']], [['--recordings', '--no-open']]])(
    'refuse %j, which names no folder',
    (args) => {
      const error = expect.stringMatching(/^--recordings needs a folder; it got (nothing|"")[.]$/)
      expect(parse(...args)).toEqual({ ok: false, error })
    },
  )

  it.each([
    ['a word', ['--proxy-port', 'many'], '--proxy-port', '"many"'],
    ['a missing value', ['--proxy-port'], '--proxy-port', 'nothing'],
    ['a port past the last', ['--port', '65536'], '--port', '"65536"'],
    ['a negative number', ['--latency', '-1'], '--latency', '"-1"'],
    ['a fraction', ['--latency=1.5'], '--latency', '"1.5"'],
    ['nothing after the equals sign', ['--latency='], '--latency', '""'],
    ['a latency past the limit', ['--latency', '60001'], '--latency', '"60001"'],
  ])('refuse %s, naming the option and what it got', (_, args, name, got) => {
    const error = expect.stringMatching(new RegExp(`^${name} .*${got}`))
    expect(parse(...args)).toEqual({ ok: false, error })
  })

  it('are helped with, a line each', () => {
    expect(helpText(APP_OPTIONS)).toBe(`Options:

  --proxy-port N  the proxy’s port (2100 or the next free one); 0: any free one
  --latency MS    how long a link holds a message (600); 0: as fast as sockets go
  --fresh         begin with the classic pool, not with the pool as it was left
  --logs DIR      where the log is written (the system’s place for logs)
  --log-contents  write into the log what messages say, too
  --help          this help
`)
  })
})
