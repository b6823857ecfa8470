// Runs the desktop app and watches whether its window appears. If Electron hangs, or ends without a
// window, the launcher learns why and can serve the app to the browser instead.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failedLately, rememberFailure, TRY_AGAIN } from './failure-note.mjs'
import { inModules, say } from './project.mjs'
import { startUntilTold } from './run.mjs'

/** Names the file that the app creates once it shows something (src/main/desktop/launcher.ts). */
const SHOWN_FILE = 'ROUNDABOUT_SHOWN_FILE'
/**
 * A virus scanner may read 200 MB before the first start; without one a start takes about a second.
 */
const WINDOW_LIMIT_MS = 60_000
/** How long the app may take to quit before it is killed. */
const END_LIMIT_MS = 3_000
/** How long the terminal may stay silent. */
const HINT_MS = 10_000
const HANG_NOTE = inModules('.cache/roundabout/electron-hung.json')

/** `signal` aborts when the window should have appeared. */
export function windowLimit(ms = WINDOW_LIMIT_MS) {
  return { signal: AbortSignal.timeout(ms), seconds: ms / 1_000 }
}

/**
 * Returns `{ code }` once the app has ended, if it showed something or was told to end; otherwise
 * `{ problem }`: half a sentence on why no window appeared. At the `limit` (see windowLimit), kills
 * an app that has shown nothing, by its process id, and notes that. The same Electron is then not
 * started again for a day, unless without a limit.
 */
export async function runDesktopApp(
  command,
  args,
  { limit, endLimitMs = END_LIMIT_MS, hangNote = HANG_NOTE } = {},
) {
  const about = electronFile(command)
  if (limit !== undefined && failedLately(hangNote, { about })) {
    return { problem: `its window did not appear at an earlier start (${TRY_AGAIN})` }
  }
  const folder = mkdtempSync(join(tmpdir(), 'roundabout-start-'))
  const file = join(folder, 'shown')
  const isShown = () => existsSync(file)
  const app = startUntilTold(command, args, { env: { ...process.env, [SHOWN_FILE]: file } })
  let isHung = false
  let force
  const onLimit = () => {
    if (isShown()) return
    isHung = true
    app.child.kill()
    force = setTimeout(() => app.child.kill('SIGKILL'), endLimitMs)
  }
  limit?.signal.addEventListener('abort', onLimit)
  const hint = setTimeout(() => {
    if (!isShown()) say('The window has not appeared yet; still waiting.')
  }, HINT_MS)
  try {
    const code = await app.ended
    if (isShown()) rmSync(hangNote, { force: true })
    // Ctrl+C ends the launcher without a browser, even if the app was about to be ended.
    if (app.wasTold()) return { code }
    if (isHung) {
      rememberFailure(hangNote, { about })
      const limitText = `within ${limit.seconds} seconds`
      return { problem: `its window did not appear ${limitText}, so it was ended` }
    }
    if (isShown()) return { code }
    return { problem: `it ended with code ${code} before its window appeared` }
  } catch (error) {
    return { problem: `it cannot be started (${error.message})` }
  } finally {
    limit?.signal.removeEventListener('abort', onLimit)
    clearTimeout(hint)
    clearTimeout(force)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Identifies this Electron: a newer one has another file, even at the same path. */
function electronFile(command) {
  const file = statSync(command, { throwIfNoEntry: false })
  return `${command} ${file?.size} ${file?.mtimeMs}`
}
