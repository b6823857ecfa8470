// A note that something failed, so that it is not retried at every start. It expires after a day.
// `about` says what failed; the note does not count for anything else.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Ends a message that such a note explains. */
export const TRY_AGAIN = '"npm start -- --desktop" tries again'

const KEPT_MS = 24 * 60 * 60_000

export function rememberFailure(path, { about, now = Date.now() } = {}) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify({ failedAt: now, about }))
  } catch {
    // If nothing can be written, every start retries.
  }
}

/** Returns false if the note is missing, unreadable, about something else, or from the future. */
export function failedLately(path, { about, now = Date.now() } = {}) {
  try {
    const note = JSON.parse(readFileSync(path, 'utf8'))
    return note.about === about && note.failedAt <= now && now - note.failedAt < KEPT_MS
  } catch {
    return false
  }
}
