// Tells the launcher (scripts/start.mjs) that the app is visible, by creating a file that the
// launcher names in the environment. Without that file in time, the launcher kills the app and
// serves to the browser instead.
import { writeFileSync } from 'node:fs'

/** Creates the launcher's file; does nothing without a launcher. */
export function reportShown(env: NodeJS.ProcessEnv = process.env): void {
  const file = env.ROUNDABOUT_SHOWN_FILE
  if (file === undefined) return
  try {
    writeFileSync(file, '', { flag: 'wx' })
  } catch {
    // The file exists already, or the launcher has ended and deleted its folder.
  }
}
