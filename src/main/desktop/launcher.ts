// Tells the launcher (scripts/start.mjs), which names a file in the environment, that the person sees something of the app.
// Without that file in time the launcher takes the app for hung, ends it, and serves to the browser.
import { writeFileSync } from 'node:fs'

/** Creates the launcher's file; does nothing if nobody waits for it. */
export function reportShown(env: NodeJS.ProcessEnv = process.env): void {
  const file = env.ROUNDABOUT_SHOWN_FILE
  if (file === undefined) return
  try {
    writeFileSync(file, '', { flag: 'wx' })
  } catch {
    // It exists already, or the launcher is gone and has taken its folder along.
  }
}
