import { describe, expect, it } from 'vitest'
import { flagOption, portOption, required, withDefault } from '../options/option'
import { defineCommand } from './command'
import { paintFor } from './paint'
import { ran } from './testing'

const greet = defineCommand({
  name: 'greet',
  summary: 'Greets somebody',
  words: { shown: 'NAME', min: 1, max: 2 },
  options: {
    port: withDefault(portOption('where'), 2100),
    id: required(portOption('whose', 'ID')),
    loudly: flagOption('with emphasis'),
  },
  examples: [['roundabout greet Ada -id 1', 'Greets Ada.']],
  async run({ given, words }, io) {
    if (words.includes('nobody')) throw new Error('Nobody is there.')
    io.print(`${words.join(' and ')} on ${given.port}${given.loudly ? '!' : ''}`)
    return 7
  },
})
const leave = defineCommand({
  name: 'leave',
  summary: 'Leaves',
  options: {},
  examples: [],
  run: async () => 0,
})
const run = (...args: string[]) => ran(args, { commands: [greet, leave] })

describe('a command', () => {
  it('gets its words and options, and gives the exit status', async () => {
    expect(await run('greet', 'Ada', '-id', '1', '-loudly', 'Bob', '--port=1')).toMatchObject({
      status: 7,
      out: 'Ada and Bob on 1!',
      told: '',
    })
  })

  it.each([
    ['greet', '"--id is missing: add --id ID."'],
    ['greet -id 1', '"Something is missing: roundabout greet NAME [OPTIONS]."'],
    ['greet a b c -id 1', '""c" is too much: roundabout greet NAME [OPTIONS]."'],
    ['greet a -id x', '"--id needs a port, a whole number from 0 to 65535; it got "x"."'],
    [
      'greet a --ip 1',
      '"Unknown option "--ip". Is "--id" meant? roundabout greet --help lists its options."',
    ],
    [
      'greet a --quietly',
      '"Unknown option "--quietly". roundabout greet --help lists its options."',
    ],
    ['greet nobody -id 1', '"Nobody is there."'],
    ['leave now', '""now" is too much: roundabout leave."'],
    ['gret', '"There is no command "gret". Is "greet" meant?"'],
    ['shout', '"There is no command "shout". There are: greet, leave."'],
    ['help shout', '"There is no command "shout". There are: greet, leave."'],
  ])('%s is refused in one sentence', async (line, sentence) => {
    expect(await run(...line.split(' '))).toMatchObject({
      status: 2,
      out: '',
      told: sentence.slice(1, -1),
    })
  })
})

describe('help', () => {
  it('lists the commands', async () => {
    const { status, out } = await run('--help')
    expect([status, out]).toEqual([
      0,
      `Usage: roundabout COMMAND [OPTIONS]

Commands:

  greet  Greets somebody
  leave  Leaves

roundabout COMMAND --help has the options of a command, with examples; roundabout --version the version.`,
    ])
    expect(await run('help')).toMatchObject({ status: 0, out })
    expect(await run('-h')).toMatchObject({ status: 0, out })
  })

  it('goes to standard error, as a mistake, where nothing was asked', async () => {
    const { out } = await run('help')
    expect(await run()).toMatchObject({ status: 2, out: '', told: out })
  })

  it('has the options of a command, and its examples', async () => {
    const { status, out } = await run('greet', '--help')
    expect([status, out]).toEqual([
      0,
      `Usage: roundabout greet NAME [OPTIONS]

Greets somebody.

Options, with one dash or two:

  --port PORT  where (2100)
  --id ID      whose
  --loudly     with emphasis
  --help       this help

Examples:

  roundabout greet Ada -id 1
      Greets Ada.`,
    ])
    expect(await run('help', 'greet')).toMatchObject({ status: 0, out })
  })

  it('is of the version, too', async () => {
    expect(await run('--version')).toMatchObject({ status: 0, out: '1.2.3' })
  })
})

it('paints only on a terminal, and not where the person wants no colour', () => {
  expect(paintFor(true, {})('red', 'x')).toBe('\u001b[31mx\u001b[0m')
  expect(paintFor(false, {})('red', 'x')).toBe('x')
  expect(paintFor(true, { NO_COLOR: '1' })('red', 'x')).toBe('x')
  expect(paintFor(true, { TERM: 'dumb' })('red', 'x')).toBe('x')
})
