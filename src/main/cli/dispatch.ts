// From the command line to the command: finds it, reads its options, runs it. Whatever is wrong is one sentence on standard
// error, and exit status 2.
import { errorText } from '../../shared/error-text'
import { nearest } from '../../shared/filter/spelling'
import { asksForHelp, parseOptions } from '../options/parse'
import type { CliCommand } from './command'
import { commandHelp, overview, usageOf } from './help'
import type { Io } from './io'

const WRONG = 2

/** Resolves with the exit status. */
export async function dispatch(
  args: readonly string[],
  commands: readonly CliCommand[],
  io: Io,
  version: string,
): Promise<number> {
  const [first, ...rest] = args
  if (first === undefined) {
    io.tell(overview(commands, io.paint).trimEnd())
    return WRONG
  }
  if (asksForHelp([first])) return printed(io, overview(commands, io.paint))
  if (/^--?version$/.test(first)) return printed(io, version)
  const name = first === 'help' ? rest[0] : first
  if (name === undefined) return printed(io, overview(commands, io.paint))
  const command = commands.find((one) => one.name === name)
  if (command === undefined) return refused(io, unknownWords(name, commands))
  if (first === 'help' || asksForHelp(rest)) return printed(io, commandHelp(command, io.paint))
  return start(command, rest, io)
}

async function start(command: CliCommand, args: readonly string[], io: Io): Promise<number> {
  const advice = `roundabout ${command.name} --help lists its options.`
  const parsed = parseOptions(args, command.options, { words: 'keep', advice })
  if (!parsed.ok) return refused(io, parsed.error)
  const { given, words } = parsed
  const { min = 0, max = 0 } = command.words ?? {}
  const [extra] = words.slice(max)
  if (extra !== undefined) return refused(io, `"${extra}" is too much: ${usageOf(command)}.`)
  if (words.length < min) return refused(io, `Something is missing: ${usageOf(command)}.`)
  try {
    return await command.run({ given, words }, io)
  } catch (error) {
    return refused(io, asSentence(errorText(error)))
  }
}

function unknownWords(name: string, commands: readonly CliCommand[]): string {
  const names = commands.map((command) => command.name)
  const near = nearest(name, names)
  const advice = near === undefined ? `There are: ${names.join(', ')}.` : `Is "${near}" meant?`
  return `There is no command "${name}". ${advice}`
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function printed(io: Io, text: string): number {
  io.print(text.trimEnd())
  return 0
}

function refused(io: Io, sentence: string): number {
  io.tell(sentence)
  return WRONG
}
