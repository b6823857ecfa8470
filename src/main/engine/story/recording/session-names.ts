// The names of sessions and of their files in the folder of recordings: which process writes each, and whether it still
// runs. A session has a recording in one or more parts, and a label.
//
//   session-START-PROCESS-NUMBER.part, .2.part, .3.part …   .json
//
// A process that is killed while it writes the label leaves the new one beside it: .json.PROCESS-COUNT.new
import { uptime } from 'node:os'

const NAME = /^session-(\d{1,15})-(\d{1,10})-\d{1,9}$/
const FILE =
  /^(session-\d{1,15}-\d{1,10}-\d{1,9})(?:\.(\d{1,9}))?\.(part|json(?:\.\d{1,10}-\d{1,9}\.new)?)$/
/** By how much the system's clock may have been set since it started. */
const CLOCK_SET_MS = 60_000

let count = 0

/** A new session's name; `startedAt` in milliseconds since 1970. */
export function newSessionName(startedAt: number): string {
  return `session-${Math.round(startedAt)}-${process.pid}-${++count}`
}

/** The name of a session's recording file; `part` counts from 1. */
export function partName(session: string, part: number): string {
  return part === 1 ? `${session}.part` : `${session}.${part}.part`
}

export function labelName(session: string): string {
  return `${session}.json`
}

interface SessionFileName {
  session: string
  /** Undefined: it is the label, or a new one that was not finished. */
  part: number | undefined
}

/** Undefined if it is not the name of a session's file. */
export function readFileName(name: string): SessionFileName | undefined {
  const found = FILE.exec(name)
  if (found?.[1] === undefined) return undefined
  return { session: found[1], part: found[3] === 'part' ? Number(found[2] ?? 1) : undefined }
}

/** When a session began, in milliseconds since 1970, and its process. Undefined if it is not a session's name. */
export function readSessionName(name: string): { startedAt: number; pid: number } | undefined {
  const found = NAME.exec(name)
  return found === null ? undefined : { startedAt: Number(found[1]), pid: Number(found[2]) }
}

/** Whether a process that began a session then may still be running. */
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
