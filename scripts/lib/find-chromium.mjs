// Finds a Chromium to test in: a named one, the system's, or Playwright's. Otherwise installs one.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { inModules, say } from './project.mjs'
import { runQuietly } from './run.mjs'

const PROBE_LIMIT_MS = 20_000
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Returns `{ path }`, or `{ problem }`: the end of a sentence that says why none was found. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    return existsSync(named)
      ? { path: named }
      : { problem: `CHROMIUM_PATH (${named}) is not there` }
  }
  const found = (await workingChromium()) ?? playwrightChromium()
  if (found !== undefined) return { path: found }

  say("No Chromium is here: installing Playwright's…")
  const cli = inModules('playwright-core/cli.js')
  await runQuietly(process.execPath, [cli, 'install', 'chromium'])
  const installed = playwrightChromium()
  if (installed !== undefined) return { path: installed }

  if (canAptInstall()) {
    say("That failed: installing Debian's…")
    await aptInstall('chromium')
    const debian = await workingChromium()
    if (debian !== undefined) return { path: debian }
  }
  return { problem: 'no Chromium was found and none could be installed (set CHROMIUM_PATH)' }
}

/** The installed browsers in this system's usual places, best first. */
export function systemChromiums(platform, env, exists = existsSync) {
  return places(platform, env).filter((path) => exists(path))
}

/**
 * Returns the first one that runs: on Linux a file of that name may be a stub that only says how to
 * install the browser.
 */
export async function firstThatRuns(paths, platform, run = runQuietly) {
  // Other systems have no such stubs, and on Windows Chrome would open a window.
  if (platform !== 'linux') return paths[0]
  for (const path of paths) {
    const { code } = await run(path, ['--version'], { timeout: PROBE_LIMIT_MS })
    if (code === 0) return path
  }
  return undefined
}

function workingChromium() {
  return firstThatRuns(systemChromiums(process.platform, process.env), process.platform)
}

function places(platform, env) {
  switch (platform) {
    case 'darwin':
      return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) => [
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      ])
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
        env[name] === undefined
          ? []
          : [
              join(env[name], 'Chromium', 'Application', 'chrome.exe'),
              join(env[name], 'Google', 'Chrome', 'Application', 'chrome.exe'),
            ],
      )
    default:
      return NAMES.flatMap((name) =>
        (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
      )
  }
}

function playwrightChromium() {
  const { chromium } = createRequire(import.meta.url)('playwright-core')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}
