// The command line of the desktop app and of the headless host: which options there are, and how a wrong
// one is refused. Pure: who starts the program says which options it takes.
import { MAX_LATENCY_MS } from './limits'

export interface Options {
  /** Port of the web host; 0 or absent: any free one. */
  port?: number
  /** Port of the proxy; 0: any free one; absent: the default or the next free one. */
  proxyPort?: number
  latencyMs?: number
  /** Whether to open the browser. */
  open?: boolean
}

export type OptionName = '--port' | '--proxy-port' | '--latency' | '--no-open'

type Parsed = { ok: true; options: Options } | { ok: false; error: string }

const MAX_PORT = 65_535

/** What each option takes and where it goes; an option without `value` is a switch. */
const TABLE: Record<
  OptionName,
  { value?: { max: number; unit: string }; set: (number: number) => Options }
> = {
  '--port': { value: { max: MAX_PORT, unit: 'a port' }, set: (port) => ({ port }) },
  '--proxy-port': { value: { max: MAX_PORT, unit: 'a port' }, set: (proxyPort) => ({ proxyPort }) },
  '--latency': {
    value: { max: MAX_LATENCY_MS, unit: 'milliseconds' },
    set: (latencyMs) => ({ latencyMs }),
  },
  '--no-open': { set: () => ({ open: false }) },
}

/**
 * Reads `--name value` and `--name=value`. The error is a sentence that names the option at fault.
 * `unknown: 'ignore'` is for a packaged desktop app, whose command line also carries Chromium's own switches.
 */
export function parseOptions(
  args: readonly string[],
  accepted: readonly OptionName[],
  unknown: 'refuse' | 'ignore' = 'refuse',
): Parsed {
  let options: Options = {}
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const equals = arg.indexOf('=')
    const written = equals === -1 ? arg : arg.slice(0, equals)
    const name = accepted.find((candidate) => candidate === written)
    if (name === undefined) {
      if (unknown === 'ignore') continue
      return { ok: false, error: `Unknown option "${arg}". There are: ${accepted.join(', ')}.` }
    }
    const { value, set } = TABLE[name]
    if (value === undefined) {
      if (equals !== -1) return { ok: false, error: `${name} takes no value.` }
      options = { ...options, ...set(0) }
      continue
    }
    const text = equals === -1 ? args[++index] : arg.slice(equals + 1)
    const number = wholeNumber(text)
    if (number === undefined || number > value.max) {
      const found = text === undefined ? 'nothing' : `"${text}"`
      return {
        ok: false,
        error: `${name} needs ${value.unit}, a whole number from 0 to ${value.max}; it got ${found}.`,
      }
    }
    options = { ...options, ...set(number) }
  }
  return { ok: true, options }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
