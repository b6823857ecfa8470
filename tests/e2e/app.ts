// A running app for a test: the real build, in a real browser or a real Electron window, with
// Playwright's `Page` in both. Any error on the page's console fails the test.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ElectronApplication, Page } from 'playwright-core'
import { test as base, expect, inject } from 'vitest'
import { ROOT } from './app-paths'
import { SANDBOX, sharedBrowser } from './browser'
import { collect, end } from './child'
import { withElectron } from './electron'
import { removeProfile } from './profile-folder'
import { reset } from './reset'

declare module 'vitest' {
  interface ProvidedContext {
    shell: Shell
  }
}

type Shell = 'browser' | 'desktop'

export interface App {
  readonly shell: Shell
  readonly page: Page
  /**
   * Errors on the page's console, and those that it threw. A test that provokes errors empties it.
   */
  readonly errors: string[]
  /** The process behind the page, and its standard error. */
  readonly pid: number
  log(): string
  /** Only on the desktop. */
  readonly electron?: ElectronApplication
  /** The address to open; only in the browser. */
  readonly url?: string
  /** Takes a picture into test-results/. */
  screenshot(name: string): Promise<void>
  /** Kills the process behind the page at once, as a crash or a power cut does. */
  crash(): Promise<void>
}

export interface AppOptions {
  /** How long a link holds a packet (default 600). */
  latencyMs?: number
  /**
   * How long an app is used: for one test; for all tests of a file, with a reset between them; or
   * for all tests of a file without a reset, if they leave it as they found it.
   */
  scope?: 'test' | 'file' | 'shared'
  /** The app's data folder (default: a new one). */
  profile?: string
  /** Further arguments of the app. */
  args?: readonly string[]
  /** How long the desktop app may take to end once it is closed. */
  endsWithinMs?: number
}

const RESULTS = join(ROOT, 'test-results')
const VIEWPORT = { width: 1280, height: 800 }

/** Vitest's `test` with an `app` in the shell of this project. */
export function appTest(options: AppOptions = {}) {
  const { scope = 'test' } = options
  const used = new WeakSet<App>()
  return base.extend<{ running: App; app: App }>({
    running: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures wanted from the parameter.
      ({}, use) => {
        const run = inject('shell') === 'desktop' ? withDesktopApp : withBrowserApp
        return run(options, use)
      },
      { scope: scope === 'test' ? 'test' : 'file' },
    ],
    app: async ({ running }, use) => {
      if (scope === 'file' && used.has(running)) await reset(running, options)
      used.add(running)
      await use(running)
      expect(running.errors).toEqual([])
    },
  })
}

/** Serves the app headlessly and opens it in Chromium. */
export async function withBrowserApp(
  options: AppOptions,
  use: (app: App) => Promise<void>,
): Promise<void> {
  if (options.profile === undefined) return withProfile(options, withBrowserApp, use)
  const host = spawn(
    process.execPath,
    [
      'out/main/headless.cjs',
      '--port',
      '0',
      '--no-open',
      '--recordings',
      join(options.profile, 'recordings'),
      ...ownArguments(options.profile, options),
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log = collect(host)
  try {
    const url = await addressOf(host, log)
    const context = await (await sharedBrowser()).newContext({ viewport: VIEWPORT })
    try {
      const page = await context.newPage()
      const errors = watch(page)
      await page.goto(url)
      await use({
        shell: 'browser',
        page,
        errors,
        pid: host.pid ?? 0,
        log,
        url,
        screenshot: screenshots('browser', page),
        crash: () => end(host, 'SIGKILL'),
      })
    } finally {
      await context.close()
    }
  } finally {
    await end(host)
  }
}

/** Starts the app in Electron. */
export async function withDesktopApp(
  options: AppOptions,
  use: (app: App) => Promise<void>,
): Promise<void> {
  if (options.profile === undefined) return withProfile(options, withDesktopApp, use)
  const start = { ...options, args: desktopArguments(options.profile, options) }
  await withElectron(start, async (electron, log) => {
    const page = await electron.firstWindow()
    const errors = watch(page)
    await page.waitForLoadState()
    await use({
      shell: 'desktop',
      page,
      errors,
      pid: electron.process().pid ?? 0,
      log,
      electron,
      screenshot: screenshots('desktop', page),
      crash: () => end(electron.process(), 'SIGKILL'),
    })
  })
}

/** Makes a folder for the app's data, which is deleted after the test. */
async function withProfile(
  options: AppOptions,
  run: typeof withBrowserApp,
  use: (app: App) => Promise<void>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'roundabout-profile-'))
  try {
    await run({ ...options, profile }, use)
  } finally {
    await removeProfile(profile)
  }
}

/** Electron's own arguments, the app's folder, and the app's arguments after `--`. */
export function desktopArguments(profile: string, options: AppOptions): string[] {
  return [...SANDBOX, `--user-data-dir=${profile}`, ROOT, '--', ...ownArguments(profile, options)]
}

/** Returns the log file of an app with this profile. */
export function logFile(profile: string): string {
  return join(profile, 'logs', 'main.log')
}

function ownArguments(profile: string, { latencyMs, args = [] }: AppOptions): string[] {
  return [
    '--logs',
    dirname(logFile(profile)),
    ...args,
    '--proxy-port',
    '0',
    ...(latencyMs === undefined ? [] : ['--latency', String(latencyMs)]),
  ]
}

/** Returns the address that the headless host prints first. */
function addressOf(host: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (host.stdout === null) return reject(new Error('The host has no standard output.'))
    createInterface({ input: host.stdout }).once('line', (line) =>
      resolve(line.replace('Roundabout: ', '')),
    )
    host.once('exit', (code) => reject(new Error(`The host ended with code ${code}: ${log()}`)))
  })
}

function watch(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return errors
}

function screenshots(shell: Shell, page: Page) {
  return async (name: string): Promise<void> => {
    await mkdir(RESULTS, { recursive: true })
    await page.screenshot({ path: join(RESULTS, `${name}-${shell}.png`) })
  }
}
