// Electron with the app for a test: started, and closed within a limit.
import type { ChildProcess } from 'node:child_process'
import { _electron, type ElectronApplication } from 'playwright-core'
import { electronPath, ROOT } from './app-paths'
import { collect, end } from './child'

interface Start {
  args: readonly string[]
  cwd?: string
  /** How long the app may take to end once it is closed. */
  endsWithinMs?: number
}

const ENDS_WITHIN_MS = 20_000
const LAST_LINES = 20

/** Starts Electron, and closes it after `use`. */
export async function withElectron(
  { args, cwd = ROOT, endsWithinMs = ENDS_WITHIN_MS }: Start,
  use: (electron: ElectronApplication, log: () => string) => Promise<void>,
): Promise<void> {
  const electron = await _electron.launch({
    executablePath: electronPath(),
    args: [...args],
    cwd,
  })
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
