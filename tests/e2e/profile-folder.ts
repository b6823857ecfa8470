// The folder of an app's data, after a test.
import { rm } from 'node:fs/promises'

/** Deletes the folder. Helper processes of a browser or of Electron may still write into it for a moment. */
export function removeProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
