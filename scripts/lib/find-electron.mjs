// Finds an Electron: the folder in ELECTRON_OVERRIDE_DIST_PATH, or the package's own binary, which
// its install.js downloads later.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { failedLately, rememberFailure, TRY_AGAIN } from './failure-note.mjs'
import { inModules, say } from './project.mjs'
import { runQuietly } from './run.mjs'

/**
 * Time limit for the download of about 120 MB. If the person did not ask for Electron, the app is
 * served to the browser instead, and a firewall that swallows the connection must not delay that
 * for long.
 */
const FETCH_LIMIT_MS = { automatic: 60_000, asked: 5 * 60_000 }
const FAILURE_NOTE = inModules('.cache/roundabout/electron-fetch-failed.json')

/**
 * Returns `{ path }`, or `{ problem }`: the end of a sentence that says why none was found.
 * `fetch`: `never`; `automatic`: try the download, unless it failed within the last day; `asked`: try it patiently.
 */
export async function findElectron({ fetch }) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const path = join(override, executableName(process.platform))
    return existsSync(path)
      ? { path }
      : { problem: `there is no Electron in ELECTRON_OVERRIDE_DIST_PATH (${override})` }
  }
  const own = ownElectron(inModules('electron'))
  if (own !== undefined) return { path: own }
  if (fetch === 'never') return { problem: 'its binary has not been fetched' }
  if (fetch === 'automatic' && failedLately(FAILURE_NOTE)) {
    return { problem: `fetching it failed lately (${TRY_AGAIN})` }
  }

  say('Fetching Electron, once (about 120 MB)…')
  const { code, output } = await runQuietly(process.execPath, [inModules('electron/install.js')], {
    timeout: FETCH_LIMIT_MS[fetch],
  })
  const fetched = code === 0 ? ownElectron(inModules('electron')) : undefined
  if (fetched === undefined) {
    rememberFailure(FAILURE_NOTE)
    const again = fetch === 'automatic' ? `; ${TRY_AGAIN}` : ''
    return { problem: `its binary could not be fetched (${firstReason(output)}${again})` }
  }
  rmSync(FAILURE_NOTE, { force: true })
  return { path: fetched }
}

/** The package's binary, if complete: path.txt is written last. */
export function ownElectron(folder) {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : undefined
}

export function executableName(platform) {
  switch (platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron'
    case 'win32':
      return 'electron.exe'
    default:
      return 'electron'
  }
}

/** Chromium refuses to run as root with its sandbox. */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** Returns the informative line of a failed download: the first error, without its stack. */
function firstReason(output) {
  const line = output.split('\n').find((text) => /error|E[A-Z]{4,}|timed? ?out/i.test(text))
  return line?.trim().slice(0, 160) ?? 'it gave no reason'
}
