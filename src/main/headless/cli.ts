// The command line of the headless host: the desktop app's engine, served to a browser. Wiring
// only. Standard output carries exactly two lines, so that programs can read them.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../../package.json'
import { errorText } from '../../shared/error-text'
import { PrometheusTotals } from '../../shared/metrics/prometheus'
import { CLASSIC_POOL } from '../../shared/scenario'
import { requirementsOf, startProgramCheck } from '../check'
import { createCompare } from '../compare'
import { createEngine } from '../engine'
import { createLessons, lessonLibrary, readingThread } from '../lessons'
import {
  createLog,
  type Log,
  locationLines,
  logMessageContents,
  problemText,
  programLine,
} from '../log'
import { HEADLESS_OPTIONS, logsFolderIn } from '../options/app'
import { helpText } from '../options/help'
import { asksForHelp, parseOptions } from '../options/parse'
import { Problems, watchProcess } from '../problems'
import { proxyPrograms } from '../programs'
import { createRooms } from '../room'
import { launchPageFolders, writeLaunchPage } from './launch-page'
import { hasScreen, openBrowser } from './open-browser'
import { logsFolder, stateFolder } from './state-folder'
import { startWebHost } from './web-host'

const FAILED = 1
const WRONG_USAGE = 2
/** Sockets that do not close in this time are left to the system. */
const CLOSE_LIMIT_MS = 3_000

let log: Log | undefined

const problems = new Problems({
  version,
  log: (problem) => log?.error(`The engine had a fault: ${problemText(problem)}`),
  failToStart: endWith,
  end: endWith,
})

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (asksForHelp(args)) {
    process.stdout.write(helpText(HEADLESS_OPTIONS))
    return
  }
  const parsed = parseOptions(args, HEADLESS_OPTIONS)
  const system = [process.platform, process.env, homedir()] as const
  log = startLog(logsFolderIn(args) ?? logsFolder(...system))
  if (!parsed.ok) return fail(parsed.error, WRONG_USAGE)
  const { port = 0, proxyPort, latency, fresh, noOpen } = parsed.given
  const state = stateFolder(...system)
  const recordingsFolder = parsed.given.recordings ?? join(state, 'recordings')

  const { warn } = log
  const engine = await createEngine({
    proxyPort,
    latencyMs: latency,
    scenario: fresh ? CLASSIC_POOL : undefined,
    recordingsFolder,
    version,
    warn,
    programs: proxyPrograms,
  })
  const metrics = parsed.given.metrics ? new PrometheusTotals() : undefined
  if (metrics) engine.subscribe((event) => metrics.apply(event))
  const folder = join(import.meta.dirname, '../renderer')
  const lessons = await createLessons({
    engine,
    library: lessonLibrary({
      shipped: join(import.meta.dirname, '../../resources/lessons'),
      own: join(state, 'lessons'),
      read: readingThread(join(import.meta.dirname, 'read-lesson.cjs')),
      warn,
    }),
    progressFile: join(parsed.given.recordings ?? state, 'lessons.json'),
    checks: { start: startProgramCheck, requirements: requirementsOf },
    warn,
  })
  const rooms = createRooms({ engine, folder, lessons: lessons.serve, warn })
  const host = await startWebHost({
    engine,
    metrics,
    folder,
    lessons: lessons.serve,
    rooms: rooms.serve,
    port,
    compare: createCompare(join(import.meta.dirname, 'compare-lab.cjs')),
    checkProgram: startProgramCheck,
    warn,
  }).catch(async (error: unknown) => {
    await engine.close()
    throw error
  })
  engine.servesPageOn(host.port)
  problems.keepRunning((problem) => host.showProblem(problem))
  closeOnSignal(async () => {
    await rooms.close()
    await lessons.close()
    await host.close()
    await engine.close()
  })

  const { proxy } = engine
  for (const line of locationLines({ proxy, recordingsFolder, webPort: host.port })) log.info(line)
  if (parsed.given.logContents) logMessageContents(engine, log).set(true)
  if (proxy.askedPort !== 0 && proxy.port !== proxy.askedPort) {
    warn(`Port ${proxy.askedPort} is taken: the proxy listens on ${proxy.port} instead.`)
  }
  console.log(`Roundabout: ${host.url}`)
  console.log(`Proxy: ${proxy.host}:${proxy.port}`)
  if (!noOpen && hasScreen()) {
    const folders = launchPageFolders(process.platform, homedir())
    await writeLaunchPage(host.url, folders, host.opened).then(openBrowser, (reason: unknown) =>
      warn(`The browser was not started: ${errorText(reason)}`),
    )
  }
}

function startLog(folder: string): Log {
  const started = createLog({ folder, console: (text) => console.error(text) })
  started.info(programLine(version))
  process.once('exit', (code) => started.end(`Ended with code ${code}.`))
  return started
}

/**
 * Closes every socket on a signal and ends with code 0. Ctrl+C may arrive more than once, from the
 * terminal and from npm: only the first one counts, and the time limit ensures that the process
 * ends.
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
  const text = errorText(reason)
  if (log) log.error(text)
  else console.error(text)
  process.exitCode = code
}

function endWith(reason: unknown): void {
  fail(reason)
  process.exit(FAILED)
}

watchProcess(problems)
main().catch((reason: unknown) => fail(reason))
