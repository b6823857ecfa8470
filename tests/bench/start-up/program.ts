// The two programs that are measured: the packaged app, or where there is no package the built one, and the bare window.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { appFolder, appProgram } from '../../../scripts/package/folders.mjs'
import { endWithUs } from '../children'
import { Page } from './devtools'

export interface Program {
  command: string
  args: readonly string[]
}

export interface Started {
  pid: number
  /** Milliseconds since 1970. */
  startedAt: number
  page: Page
  /** Another line to the same page. */
  openPage(): Promise<Page>
  stop(): Promise<void>
}

/** Chromium refuses to run as root with its sandbox. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export function bareWindow(electron: string): Program {
  return { command: electron, args: [join(import.meta.dirname, 'bare-window.cjs')] }
}

/** Packaged anew where the package is older than what is built; undefined where it cannot be packaged here. */
export function packagedApp(): { program: Program; folder: string } | undefined {
  const folder = appFolder()
  if (!isFresh(folder)) {
    const packaging = spawnSync(process.execPath, ['scripts/package.mjs', '--dir'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (packaging.status !== 0) return undefined
  }
  return { program: { command: appProgram(folder), args: OWN_ARGUMENTS }, folder }
}

export function builtApp(electron: string): Program {
  return { command: electron, args: [resolve('.'), ...OWN_ARGUMENTS] }
}

const OWN_ARGUMENTS = ['--', '--proxy-port', '0']

function isFresh(folder: string): boolean {
  const program = appProgram(folder)
  const built = resolve('out/main/index.cjs')
  return existsSync(program) && statSync(folder).mtimeMs > statSync(built).mtimeMs
}

/** Starts it in a new profile, with a debugging port of its own choice. */
export async function start({ command, args }: Program): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), 'start-up-'))
  const startedAt = performance.timeOrigin + performance.now()
  const child = spawn(
    command,
    [...SANDBOX, '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  endWithUs(child)
  const port = await debuggingPort(child)
  return {
    pid: child.pid ?? 0,
    startedAt,
    page: await Page.of(port),
    openPage: () => Page.of(port),
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function debuggingPort(child: ChildProcess): Promise<number> {
  return new Promise((resolvePort, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-4_000)
      const port = said.match(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/)?.[1]
      if (port !== undefined) resolvePort(Number(port))
    })
    child.once('exit', () => reject(new Error(`The program ended at once: ${said}`)))
  })
}
