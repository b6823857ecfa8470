// The command line of the desktop app and of the headless host: which options there are, and how a wrong
// one is refused. Pure: who starts the program says which options it takes.
import { MAX_LATENCY_MS } from './limits'

export interface Options {
  /** Port of the web host; 0 or absent: any free one. */
  port?: number
  /** Port of the proxy; 0: any free one; absent: the default or the next free one. */
  proxyPort?: number
  latencyMs?: number
  /** Where sessions are kept while they run; absent: the folder of this system for such things. */
  recordingsFolder?: string
  /** Where the log is; absent: the folder of this system for logs. */
  logsFolder?: string
  /** Whether the log has the contents of messages from the start. */
  logContents?: boolean
  /** Whether to open the browser. */
  open?: boolean
  /** Files to open, as they were written; absent where there are none, and where this program takes none. */
  files?: string[]
}

export type OptionName =
  | '--port'
  | '--proxy-port'
  | '--latency'
  | '--recordings'
  | '--logs'
  | '--log-contents'
  | '--no-open'

type Parsed = { ok: true; options: Options } | { ok: false; error: string }

const MAX_PORT = 65_535

type Kind =
  | { takes: 'number'; max: number; unit: string; set: (number: number) => Options }
  | { takes: 'text'; unit: string; set: (text: string) => Options }
  | { takes: 'nothing'; set: () => Options }

/** What each option takes and where it goes. */
const TABLE: Record<OptionName, Kind> = {
  '--port': { takes: 'number', max: MAX_PORT, unit: 'a port', set: (port) => ({ port }) },
  '--proxy-port': {
    takes: 'number',
    max: MAX_PORT,
    unit: 'a port',
    set: (proxyPort) => ({ proxyPort }),
  },
  '--latency': {
    takes: 'number',
    max: MAX_LATENCY_MS,
    unit: 'milliseconds',
    set: (latencyMs) => ({ latencyMs }),
  },
  '--recordings': {
    takes: 'text',
    unit: 'a folder',
    set: (recordingsFolder) => ({ recordingsFolder }),
  },
  '--logs': { takes: 'text', unit: 'a folder', set: (logsFolder) => ({ logsFolder }) },
  '--log-contents': { takes: 'nothing', set: () => ({ logContents: true }) },
  '--no-open': { takes: 'nothing', set: () => ({ open: false }) },
}

/**
 * Reads `--name value` and `--name=value`. The error is a sentence that names the option at fault.
 * `unknown: 'ignore'` is for a packaged desktop app, whose command line also carries Chromium's own switches.
 * `words: 'are files'`: what does not begin with a dash is a file, and so is everything after `--`.
 */
export function parseOptions(
  args: readonly string[],
  accepted: readonly OptionName[],
  unknown: 'refuse' | 'ignore' = 'refuse',
  words: 'are unknown' | 'are files' = 'are unknown',
): Parsed {
  let options: Options = {}
  const files: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const equals = arg.indexOf('=')
    const written = equals === -1 ? arg : arg.slice(0, equals)
    const name = accepted.find((candidate) => candidate === written)
    if (words === 'are files' && arg === '--') {
      files.push(...args.slice(index + 1))
      break
    }
    if (words === 'are files' && !arg.startsWith('-')) {
      files.push(arg)
      continue
    }
    if (name === undefined) {
      if (unknown === 'ignore') continue
      return { ok: false, error: `Unknown option "${arg}". There are: ${accepted.join(', ')}.` }
    }
    const kind = TABLE[name]
    if (kind.takes === 'nothing') {
      if (equals !== -1) return { ok: false, error: `${name} takes no value.` }
      options = { ...options, ...kind.set() }
      continue
    }
    const text = equals === -1 ? args[++index] : arg.slice(equals + 1)
    const taken = kind.takes === 'number' ? takeNumber(kind, text) : takeText(kind, text)
    if (taken === undefined) {
      const range = kind.takes === 'number' ? `, a whole number from 0 to ${kind.max}` : ''
      const found = text === undefined ? 'nothing' : `"${text}"`
      return { ok: false, error: `${name} needs ${kind.unit}${range}; it got ${found}.` }
    }
    options = { ...options, ...taken }
  }
  return { ok: true, options: files.length > 0 ? { ...options, files } : options }
}

/** Where the log is to be, also where other options are wrong: that is what it then has to say. */
export function logsFolderIn(args: readonly string[]): string | undefined {
  const parsed = parseOptions(args, ['--logs'], 'ignore')
  return parsed.ok ? parsed.options.logsFolder : undefined
}

/** Undefined where the text is not what the option takes. */
function takeNumber(
  { max, set }: Extract<Kind, { takes: 'number' }>,
  text: string | undefined,
): Options | undefined {
  const number = wholeNumber(text)
  return number === undefined || number > max ? undefined : set(number)
}

/** What looks like the next option is none: its own value was left out. */
function takeText(
  { set }: Extract<Kind, { takes: 'text' }>,
  text: string | undefined,
): Options | undefined {
  return text === undefined || text === '' || text.startsWith('--') ? undefined : set(text)
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
