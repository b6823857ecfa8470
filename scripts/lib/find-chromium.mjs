// A Chromium to test in: one that is named, the system's, or Playwright's; failing those, one is installed.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { inModules, say } from './project.mjs'
import { runQuietly } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Gives `{ path }`, or `{ problem }`: half a sentence on why there is none. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    return existsSync(named)
      ? { path: named }
      : { problem: `CHROMIUM_PATH (${named}) is not there` }
  }
  const found = systemChromium(process.platform, process.env) ?? playwrightChromium()
  if (found !== undefined) return { path: found }

  say("No Chromium is here: installing Playwright's…")
  const cli = inModules('playwright-core/cli.js')
  await runQuietly(process.execPath, [cli, 'install', 'chromium'])
  const installed = playwrightChromium()
  if (installed !== undefined) return { path: installed }

  if (canAptInstall()) {
    say("That failed: installing Debian's…")
    await aptInstall('chromium')
    const debian = systemChromium(process.platform, process.env)
    if (debian !== undefined) return { path: debian }
  }
  return { problem: 'no Chromium was found and none could be installed (set CHROMIUM_PATH)' }
}

/** The first that exists of the places where this system keeps browsers. */
export function systemChromium(platform, env, exists = existsSync) {
  return places(platform, env).find((path) => exists(path))
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
