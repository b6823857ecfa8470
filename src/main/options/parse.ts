// Reads a command line by a table of options: `--name value`, `--name=value`, and the same with one dash, as the homework
// writes them. Errors are sentences that name the option.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { nearest } from '../../shared/filter/spelling'
import { type GivenOptions, type Option, type Options, optionName } from './option'

type Parsed<O extends Options> =
  | { ok: true; given: GivenOptions<O>; words: readonly string[] }
  | { ok: false; error: string }

interface Rules {
  /** `ignore` serves a packaged desktop app, whose command line also has Chromium's own switches. */
  readonly unknown?: 'refuse' | 'ignore'
  /** Whether arguments without a leading dash, and all after `--`, are kept. */
  readonly words?: 'refuse' | 'keep'
  /** What an unknown option's error says at its end; by default, which options there are. */
  readonly advice?: string
}

export function parseOptions<const O extends Options>(
  args: readonly string[],
  options: O,
  { unknown = 'refuse', words: kept = 'refuse', advice }: Rules = {},
): Parsed<O> {
  const byName = new Map(Object.entries(options).map(([key, option]) => [optionName(key), option]))
  const values = new Map<string, unknown>()
  const words: string[] = []
  // Strict parsing would throw Node's own sentences, which do not say what to do.
  const { tokens } = parseArgs({
    args: withTwoDashes(args, byName),
    options: typesOf(byName),
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    const name = token.kind === 'option' ? token.rawName : ''
    const option = byName.get(name)
    if (token.kind === 'option' && option !== undefined) {
      if (option.value === undefined && token.inlineValue) {
        return { ok: false, error: `${name} takes no value.` }
      }
      const before = values.has(name) ? values.get(name) : option.without
      const read = option.read(textOf(token, byName), name, before)
      if (!read.ok) return read
      values.set(name, read.value)
    } else if (token.kind !== 'option' && kept === 'keep') {
      if (token.kind === 'positional') words.push(token.value)
    } else if (unknown === 'refuse') {
      const rest = advice ?? `There are: ${[...byName.keys()].join(', ')}.`
      const near = nearest(name, [...byName.keys()])
      const meant = near === undefined ? '' : ` Is "${near}" meant?`
      return { ok: false, error: `Unknown option "${args[token.index]}".${meant} ${rest}` }
    }
  }
  for (const [name, { isRequired, value }] of byName) {
    if (isRequired && !values.has(name)) {
      return { ok: false, error: `${name} is missing: add ${name} ${value}.` }
    }
  }
  const given = Object.entries(options).map(([key, { without }]) => {
    const name = optionName(key)
    return [key, values.has(name) ? values.get(name) : without]
  })
  // The entries are those of the table, which types cannot express.
  return { ok: true, given: Object.fromEntries(given) as GivenOptions<O>, words }
}

/** Whether the options are asked for, instead of the program: before `--`, behind which only words stand. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  return options.some((arg) => arg === '--help' || arg === '-help' || arg === '-h')
}

type ByName = ReadonlyMap<string, Option<unknown>>

/** The next option is no value: `-id -pp 111` has no id. A value that is spelled like one follows an equals sign. */
function textOf(
  { value, inlineValue }: { value: string | undefined; inlineValue: boolean | undefined },
  byName: ByName,
): string | undefined {
  return value !== undefined && !inlineValue && isOption(value, byName) ? undefined : value
}

/** Node would take `-port` for the short options p, o, r and t. */
function withTwoDashes(args: readonly string[], byName: ByName): string[] {
  const end = args.indexOf('--')
  return args.map((arg, index) => {
    const isBehindEnd = end !== -1 && index > end
    return !isBehindEnd && /^-[^-]/.test(arg) && isOption(`-${arg}`, byName) ? `-${arg}` : arg
  })
}

function isOption(arg: string, byName: ByName): boolean {
  return byName.has(arg.split('=', 1)[0] ?? '')
}

function typesOf(byName: ByName): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    [...byName].map(([name, { value }]) => [
      name.slice(2),
      { type: value === undefined ? 'boolean' : 'string' } as const,
    ]),
  )
}
