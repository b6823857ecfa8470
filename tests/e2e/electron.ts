// Electron with the app for a test: started, and closed within a limit.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { _electron, type ElectronApplication } from 'playwright-core'
import { electronPath, ROOT } from './app-paths'
import { collect, end } from './child'

interface Start {
  args: readonly string[]
  cwd?: string
  /** How long the app may take to end once it is closed. */
  endsWithinMs?: number
}

const STARTS_WITHIN_MS = 15_000
const MOST_STARTS = 3
const ENDS_WITHIN_MS = 20_000
const LAST_LINES = 20

/** Starts Electron, and closes it after `use`. */
export async function withElectron(
  { args, cwd = ROOT, endsWithinMs = ENDS_WITHIN_MS }: Start,
  use: (electron: ElectronApplication, log: () => string) => Promise<void>,
): Promise<void> {
  const electron = await launch(args, cwd)
  const child = electron.process()
  const log = collect(child)
  const [used] = await Promise.allSettled([use(electron, log)])
  const [closed] = await Promise.allSettled([close(electron, child, log, endsWithinMs)])
  const errors = [used, closed].flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  )
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('\n'))
  if (errors.length > 0) throw errors[0]
}

/**
 * Starts Electron. On a busy machine Playwright sometimes waits for ever for one that has started: that one is killed,
 * and started again.
 */
async function launch(args: readonly string[], cwd: string): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt++) {
    const launched = _electron.launch({ executablePath: electronPath(), args: [...args], cwd })
    let timer: ReturnType<typeof setTimeout> | undefined
    const isLate = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, STARTS_WITHIN_MS, undefined)
    })
    const electron = await Promise.race([launched, isLate]).finally(() => clearTimeout(timer))
    if (electron !== undefined) return electron
    launched.catch(() => {})
    killStarted(args)
    if (attempt === MOST_STARTS) {
      throw new Error(`Electron was started ${attempt} times, and never came under control.`)
    }
  }
}

/** Kills the processes that have these arguments, of which a profile of this test is one. */
function killStarted(args: readonly string[]): void {
  const profile = args.find((arg) => arg.startsWith('--user-data-dir='))
  if (profile === undefined) return
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  for (const line of lines) {
    if (!line.includes(profile)) continue
    try {
      process.kill(Number.parseInt(line, 10), 'SIGKILL')
    } catch {
      // It has ended already, together with another one.
    }
  }
}

/**
 * Closes the app. One that does not end, for instance because a box waits for a person, is killed
 * and fails the test: otherwise it would stop all tests after it.
 */
async function close(
  electron: ElectronApplication,
  child: ChildProcess,
  log: () => string,
  limitMs: number,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const isLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, true)
  })
  const isClosed = electron.close().then(() => false)
  if (!(await Promise.race([isClosed, isLate]).finally(() => clearTimeout(timer)))) return
  isClosed.catch(() => {})
  await end(child, 'SIGKILL')
  const lines = log().trimEnd().split('\n').slice(-LAST_LINES).join('\n')
  throw new Error(
    `The app did not end within ${limitMs} ms of being closed. It wrote last:\n${lines}`,
  )
}
