// The help of a command line, from the table of its options.
import { type Option, type Options, optionName } from './option'

const HELP: readonly [string, string] = ['--help', 'this help']

/** The help of a program without commands. */
export function helpText(options: Options): string {
  return `Options:\n\n${optionLines(options)}`
}

/** The options that a program accepts, a line each. */
export function optionLines(options: Options, width?: number): string {
  return columns([...Object.entries(options).map(optionRow), HELP], width)
}

function optionRow([key, option]: [string, Option<unknown>]): [string, string] {
  const name = optionName(key)
  return [option.value === undefined ? name : `${name} ${option.value}`, option.help]
}

/** The widest left column beside which the right one begins in the same line. */
const LEFT_WIDTH = 24

/** Two columns, indented; the right one in lines of at most `width` characters. */
export function columns(
  rows: readonly (readonly [string, string])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const longest = Math.max(...rows.map(([left]) => left.length))
  const leftWidth = Number.isFinite(width) ? Math.min(longest, LEFT_WIDTH) : longest
  const indent = ' '.repeat(leftWidth + 4)
  return rows
    .map(([left, right]) => {
      const lines = wrapped(right, width - indent.length)
      const gap =
        left.length > leftWidth ? `\n${indent}` : `${' '.repeat(leftWidth - left.length)}  `
      return `  ${left}${gap}${lines.join(`\n${indent}`)}\n`
    })
    .join('')
}

/** The text in lines of at most this many characters, unless a word is longer. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
