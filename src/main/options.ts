// The command line of the desktop app and of the headless host: the options that exist and the sentence that refuses a
// wrong one. Each program names the options that it accepts.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { LINK_SETTINGS } from '../shared/settings/link'

interface Options {
  /** Port of the web host; 0 or absent: any free one. */
  port?: number
  /** Port of the proxy; 0: any free one; absent: the default or the next free one. */
  proxyPort?: number
  latencyMs?: number
  /** Folder in which sessions and the pool are kept; absent: the system's folder for such files. */
  recordingsFolder?: string
  /** Whether to begin with the classic pool instead of the pool as it was left. */
  fresh?: boolean
  /** Folder of the log; absent: the system's folder for logs. */
  logsFolder?: string
  /** Whether the log has the contents of messages from the start. */
  logContents?: boolean
  /** Whether to open the browser. */
  open?: boolean
  /** Files to open, spelled as on the command line; absent without files. */
  files?: string[]
}

export type OptionName =
  | '--port'
  | '--proxy-port'
  | '--latency'
  | '--recordings'
  | '--fresh'
  | '--logs'
  | '--log-contents'
  | '--no-open'

type Parsed = { ok: true; options: Options } | { ok: false; error: string }

/** An option without a value, or one whose `read` returns undefined for a value that it refuses. */
type Kind = { help: string } & (
  | { type: 'boolean'; set: () => Options }
  | {
      type: 'string'
      value: string
      needs: string
      read: (text: string) => Options | undefined
    }
)

const MAX_PORT = 65_535

const KINDS: Record<OptionName, Kind> = {
  '--port': number('N', 'a port', MAX_PORT, 'the port to serve on (any free one)', (port) => ({
    port,
  })),
  '--proxy-port': number(
    'N',
    'a port',
    MAX_PORT,
    'the proxy’s port (2100 or the next free one); 0: any free one',
    (proxyPort) => ({ proxyPort }),
  ),
  '--latency': number(
    'MS',
    'milliseconds',
    LINK_SETTINGS.latencyMs.max,
    'how long a link holds a message (600); 0: as fast as sockets go',
    (latencyMs) => ({ latencyMs }),
  ),
  '--recordings': folder('where sessions and the pool are kept', (recordingsFolder) => ({
    recordingsFolder,
  })),
  '--fresh': {
    type: 'boolean',
    help: 'begin with the classic pool, not with the pool as it was left',
    set: () => ({ fresh: true }),
  },
  '--logs': folder('where the log is written (the system’s place for logs)', (logsFolder) => ({
    logsFolder,
  })),
  '--log-contents': {
    type: 'boolean',
    help: 'write into the log what messages say, too',
    set: () => ({ logContents: true }),
  },
  '--no-open': {
    type: 'boolean',
    help: 'do not open the browser',
    set: () => ({ open: false }),
  },
}

/**
 * Reads `--name value` and `--name=value`. An error is a sentence that names the wrong option.
 * `unknown: 'ignore'` serves a packaged desktop app, whose command line also has Chromium's own switches.
 * `words: 'are files'`: each argument without a leading dash is a file, and so is every argument after `--`.
 */
export function parseOptions(
  args: readonly string[],
  accepted: readonly OptionName[],
  unknown: 'refuse' | 'ignore' = 'refuse',
  words: 'are unknown' | 'are files' = 'are unknown',
): Parsed {
  let options: Options = {}
  const files: string[] = []
  // Strict parsing would throw Node's own sentences, which do not say what to do.
  const { tokens } = parseArgs({
    args: [...args],
    options: typesOf(accepted),
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    const name = token.kind === 'option' ? accepted.find((one) => one === token.rawName) : undefined
    if (token.kind === 'option' && name !== undefined) {
      const parsed = parseOption(name, token)
      if (!parsed.ok) return parsed
      options = { ...options, ...parsed.options }
    } else if (token.kind !== 'option' && words === 'are files') {
      if (token.kind === 'positional') files.push(token.value)
    } else if (unknown === 'refuse') {
      const known = accepted.join(', ')
      return refuse(`Unknown option "${args[token.index]}". There are: ${known}.`)
    }
  }
  return { ok: true, options: files.length > 0 ? { ...options, files } : options }
}

/** Whether the options are asked for, instead of the program: before `--`, behind which only files stand. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  return options.some((arg) => arg === '--help' || arg === '-h')
}

/** The options that a program accepts, a line each. */
export function helpText(accepted: readonly OptionName[]): string {
  const rows: [string, string][] = accepted.map((name) => {
    const kind = KINDS[name]
    return [kind.type === 'string' ? `${name} ${kind.value}` : name, kind.help]
  })
  rows.push(['--help', 'these options'])
  const width = Math.max(...rows.map(([option]) => option.length))
  return `Options:\n\n${rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}\n`).join('')}`
}

/** Reads the log's folder even if other options are wrong: the log is where their error goes. */
export function logsFolderIn(args: readonly string[]): string | undefined {
  const parsed = parseOptions(args, ['--logs'], 'ignore')
  return parsed.ok ? parsed.options.logsFolder : undefined
}

interface OptionToken {
  value: string | undefined
  /** Whether the value stands behind an equals sign. */
  inlineValue: boolean | undefined
}

function parseOption(name: OptionName, { value, inlineValue }: OptionToken): Parsed {
  const kind = KINDS[name]
  if (kind.type === 'boolean') {
    return inlineValue ? refuse(`${name} takes no value.`) : { ok: true, options: kind.set() }
  }
  const options = value === undefined ? undefined : kind.read(value)
  if (options !== undefined) return { ok: true, options }
  const found = value === undefined ? 'nothing' : `"${value}"`
  return refuse(`${name} needs ${kind.needs}; it got ${found}.`)
}

const refuse = (error: string): Parsed => ({ ok: false, error })

function number(
  value: string,
  unit: string,
  max: number,
  help: string,
  set: (number: number) => Options,
): Kind {
  return {
    type: 'string',
    value,
    help,
    needs: `${unit}, a whole number from 0 to ${max}`,
    read: (text) => (/^\d{1,9}$/.test(text) && Number(text) <= max ? set(Number(text)) : undefined),
  }
}

/** A value that looks like the next option means that the folder is missing. */
function folder(help: string, set: (path: string) => Options): Kind {
  return {
    type: 'string',
    value: 'DIR',
    help,
    needs: 'a folder',
    read: (text) => (text === '' || text.startsWith('--') ? undefined : set(text)),
  }
}

function typesOf(names: readonly OptionName[]): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(names.map((name) => [name.slice(2), { type: KINDS[name].type }]))
}
