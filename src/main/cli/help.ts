// The help of `roundabout` and of each command, from the rows of the commands.
import { columns, optionLines, wrapped } from '../options/help'
import type { CliCommand } from './command'
import type { Colouring } from './paint'

/** Lines are at most so long, which fits two windows side by side. */
const WIDTH = 100

export function overview(commands: readonly CliCommand[], paint: Colouring): string {
  return `Usage: roundabout COMMAND [OPTIONS]

${paint('bold', 'Commands:')}

${columns(
  commands.map(({ name, summary }) => [name, summary]),
  WIDTH,
)}
roundabout COMMAND --help has the options of a command, with examples; roundabout --version the version.
`
}

export function commandHelp(command: CliCommand, paint: Colouring): string {
  const { summary, details = [], options, examples } = command
  const paragraphs = [`${summary}.`, ...details].map((text) => wrapped(text, WIDTH).join('\n'))
  const lines = examples.map(([line, does]) => `  ${line}\n      ${paint('dim', does)}\n`)
  return `Usage: ${usageOf(command)}

${paragraphs.join('\n\n')}

${paint('bold', 'Options')}, with one dash or two:

${optionLines(options, WIDTH)}
${paint('bold', 'Examples:')}

${lines.join('\n')}`
}

export function usageOf({ name, words, options }: CliCommand): string {
  const parts = [words?.shown, Object.keys(options).length > 0 ? '[OPTIONS]' : undefined]
  return ['roundabout', name, ...parts.filter((part) => part !== undefined)].join(' ')
}
