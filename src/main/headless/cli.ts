// The command line of the headless host: the same engine as in the desktop app, served to a browser.
// Wiring only. Standard output carries exactly two lines, so that programs can read them.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../../package.json'
import { parseOptions } from '../../shared/options'
import { createEngine } from '../engine'
import { startWebHost } from './host'
import { openBrowser } from './open-browser'
import { stateFolder } from './state-folder'

const FAILED = 1
const WRONG_USAGE = 2
/** A socket that does not close in this time is left to the system. */
const CLOSE_LIMIT_MS = 3_000

async function main(): Promise<void> {
  const parsed = parseOptions(process.argv.slice(2), [
    '--port',
    '--proxy-port',
    '--latency',
    '--recordings',
    '--no-open',
  ])
  if (!parsed.ok) return fail(parsed.error, WRONG_USAGE)
  const { port = 0, open = true, ...engineOptions } = parsed.options

  const warn = (text: string) => console.error(text)
  const recordingsFolder = join(stateFolder(process.platform, process.env, homedir()), 'recordings')
  const engine = await createEngine({ recordingsFolder, ...engineOptions, version, warn })
  const host = await startWebHost({
    engine,
    folder: join(import.meta.dirname, '../renderer'),
    port,
    warn,
  }).catch(async (error: unknown) => {
    await engine.close()
    throw error
  })
  closeOnSignal(async () => {
    await host.close()
    await engine.close()
  })

  const { proxy } = engine
  if (proxy.askedPort !== 0 && proxy.port !== proxy.askedPort) {
    console.error(`Port ${proxy.askedPort} is taken: the proxy listens on ${proxy.port} instead.`)
  }
  console.log(`Roundabout: ${host.url}`)
  console.log(`Proxy: ${proxy.host}:${proxy.port}`)
  if (open) openBrowser(host.url)
}

/**
 * A signal closes every socket and ends with code 0. Ctrl+C may arrive more than once, from the terminal and
 * from npm: only the first one counts, and the limit sees to it that the process ends.
 */
function closeOnSignal(close: () => Promise<void>): void {
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      setTimeout(() => process.exit(FAILED), CLOSE_LIMIT_MS)
      close()
        .catch((reason: unknown) => fail(reason))
        .finally(() => process.exit())
    })
  }
}

function fail(reason: unknown, code = FAILED): void {
  console.error(reason instanceof Error ? reason.message : String(reason))
  process.exitCode = code
}

// Whoever reads the two lines may leave afterwards.
process.stdout.on('error', () => {})
main().catch((reason: unknown) => fail(reason))
