import { describe, expect, it } from 'vitest'
import {
  choiceOption,
  flagOption,
  pathOption,
  portOption,
  required,
  severalTimes,
  withDefault,
} from './option'
import { asksForHelp, parseOptions } from './parse'

const OPTIONS = {
  port: portOption('the port'),
  listenPort: withDefault(portOption('another port'), 2100),
  pkt: severalTimes(pathOption({ value: 'FILE', what: 'a file', help: 'the message' })),
  way: choiceOption(['short', 'long'], { value: 'WAY', help: 'the way' }),
  json: flagOption('lines of JSON'),
}
const NOT_GIVEN = { port: undefined, listenPort: 2100, pkt: [], way: undefined, json: false }

describe('a command line', () => {
  it.each([
    [[], {}],
    [['-port', '1', '-json'], { port: 1, json: true }],
    [['-port=1', '--listen-port', '3'], { port: 1, listenPort: 3 }],
    [['-listen-port', '0'], { listenPort: 0 }],
    [['-pkt', 'a', '--pkt=b'], { pkt: ['a', 'b'] }],
    [['--pkt=-port'], { pkt: ['-port'] }],
    [['--way', 'long'], { way: 'long' }],
    [['--port', '1', '--port', '2'], { port: 2 }],
  ])('%j is read', (args, given) => {
    const parsed = parseOptions(args, OPTIONS)
    expect(parsed).toEqual({ ok: true, given: { ...NOT_GIVEN, ...given }, words: [] })
  })

  it.each([
    [['-port'], '--port needs a port, a whole number from 0 to 65535; it got nothing.'],
    [['-pkt', '-port', '1'], '--pkt needs a file; it got nothing.'],
    [['-way', 'out'], '--way needs one of short, long; it got "out".'],
    [['-json=1'], '--json takes no value.'],
    [
      ['-prot', '1'],
      'Unknown option "-prot". There are: --port, --listen-port, --pkt, --way, --json.',
    ],
    [['word'], 'Unknown option "word". There are: --port, --listen-port, --pkt, --way, --json.'],
  ])('%j is refused', (args, error) => {
    expect(parseOptions(args, OPTIONS)).toEqual({ ok: false, error })
  })

  it('without a required option is refused', () => {
    const options = { id: required(portOption('the id', 'ID')) }
    const error = '--id is missing: add --id ID.'
    expect(parseOptions([], options)).toEqual({ ok: false, error })
    expect(parseOptions(['-id', '1'], options)).toMatchObject({ ok: true, given: { id: 1 } })
  })

  it('gives its words where they are kept, and after two dashes everything', () => {
    const words = (...args: string[]) => parseOptions(args, OPTIONS, { words: 'keep' })
    expect(words('a b', '-port', '1', './-x', '--', '-port', '--')).toEqual({
      ok: true,
      given: { ...NOT_GIVEN, port: 1 },
      words: ['a b', './-x', '-port', '--'],
    })
    expect(words('--')).toMatchObject({ ok: true, words: [] })
    expect(words('-x')).toMatchObject({ ok: false })
  })

  it("passes over another program's switches where they are ignored", () => {
    const args = ['--no-sandbox', '--port', '22', '--lang=de', '-psn_0_1', 'x']
    const parsed = parseOptions(args, OPTIONS, { unknown: 'ignore', words: 'keep' })
    expect(parsed).toEqual({ ok: true, given: { ...NOT_GIVEN, port: 22 }, words: ['x'] })
  })
})

it.each([
  [['--help'], true],
  [['-help'], true],
  [['--port', '80', '-h'], true],
  [['--port', '80'], false],
  [['--', '--help'], false],
])('help is asked for by %j: %s', (args, asked) => {
  expect(asksForHelp(args)).toBe(asked)
})
