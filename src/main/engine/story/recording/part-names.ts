// The names of running sessions' files: which process writes each one, and whether it still runs.
import { uptime } from 'node:os'

/** Files that sessions of this process have open. */
export const openParts = new Set<string>()

const NAME = /^session-(\d{1,15})-(\d{1,10})-\d{1,9}\.part$/
/** By how much the system's clock may have been set since it started. */
const CLOCK_SET_MS = 60_000

let count = 0

/** A new name; `startedAt` in milliseconds since 1970. */
export function nameOfPart(startedAt: number): string {
  return `session-${Math.round(startedAt)}-${process.pid}-${++count}.part`
}

/** Undefined if it is not the name of such a file. */
export function readPartName(name: string): { startedAt: number; pid: number } | undefined {
  const found = NAME.exec(name)
  return found === null ? undefined : { startedAt: Number(found[1]), pid: Number(found[2]) }
}

/** Whether a process that began a file then may still be writing to it. */
export function isRunning({ startedAt, pid }: { startedAt: number; pid: number }): boolean {
  const systemStartedAt = Date.now() - uptime() * 1000
  if (startedAt < systemStartedAt - CLOCK_SET_MS) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process runs under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
