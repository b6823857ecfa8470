// A note that something failed, so that it is not retried at every start. It expires after a day.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const KEPT_MS = 24 * 60 * 60_000

export function rememberFailure(path, now = Date.now()) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify({ failedAt: now }))
  } catch {
    // If nothing can be written, every start retries.
  }
}

/** Returns false if the note is missing or unreadable, or was written in the future. */
export function failedLately(path, now = Date.now()) {
  try {
    const { failedAt } = JSON.parse(readFileSync(path, 'utf8'))
    return failedAt <= now && now - failedAt < KEPT_MS
  } catch {
    return false
  }
}
