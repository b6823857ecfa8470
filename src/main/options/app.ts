// The options of the desktop app and of the headless host: each program picks those that it accepts.
import { LINK_SETTINGS } from '../../shared/settings/link'
import { flagOption, numberOption, pathOption, portOption } from './option'
import { parseOptions } from './parse'

const folder = (help: string) => pathOption({ value: 'DIR', what: 'a folder', help })

const LOGS = { logs: folder('where the log is written (the system’s place for logs)') }

/** Both have these. */
export const APP_OPTIONS = {
  proxyPort: portOption('the proxy’s port (2100 or the next free one); 0: any free one', 'N'),
  latency: numberOption({
    value: 'MS',
    what: 'milliseconds',
    max: LINK_SETTINGS.latencyMs.max,
    help: 'how long a link holds a message (600); 0: as fast as sockets go',
  }),
  fresh: flagOption('begin with the classic pool, not with the pool as it was left'),
  ...LOGS,
  logContents: flagOption('write into the log what messages say, too'),
}

export const HEADLESS_OPTIONS = {
  port: portOption('the port to serve on (any free one)', 'N'),
  recordings: folder('where sessions and the pool are kept'),
  ...APP_OPTIONS,
  metrics: flagOption(
    'serve the lab’s figures at /metrics, for Prometheus; without the token, on this machine only',
  ),
  noOpen: flagOption('do not open the browser'),
}

/** Reads the log's folder even if other options are wrong: the log is where their error goes. */
export function logsFolderIn(args: readonly string[]): string | undefined {
  const parsed = parseOptions(args, LOGS, { unknown: 'ignore' })
  return parsed.ok ? parsed.given.logs : undefined
}
