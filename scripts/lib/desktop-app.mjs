// Runs the desktop app and watches whether its window appears. If Electron hangs, or ends without a
// window, the launcher learns why and can serve the app to the browser instead.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from './project.mjs'
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

/** Aborts when the window should have appeared. */
export const windowLimit = () => AbortSignal.timeout(WINDOW_LIMIT_MS)

/**
 * Returns `{ code }` once the app has ended, if it showed something or was told to end; otherwise
 * `{ problem }`: half a sentence on why no window appeared. Kills an app that has shown nothing
 * when `limit` aborts, by its process id.
 */
export async function runDesktopApp(command, args, { limit, endLimitMs = END_LIMIT_MS }) {
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
  limit.addEventListener('abort', onLimit)
  const hint = setTimeout(() => {
    if (!isShown()) say('The window has not appeared yet; still waiting.')
  }, HINT_MS)
  try {
    const code = await app.ended
    if (isHung) {
      const seconds = WINDOW_LIMIT_MS / 1_000
      return { problem: `its window did not appear within ${seconds} seconds, so it was ended` }
    }
    if (isShown() || app.wasTold()) return { code }
    return { problem: `it ended with code ${code} before its window appeared` }
  } catch (error) {
    return { problem: `it cannot be started (${error.message})` }
  } finally {
    limit.removeEventListener('abort', onLimit)
    clearTimeout(hint)
    clearTimeout(force)
    rmSync(folder, { recursive: true, force: true })
  }
}
