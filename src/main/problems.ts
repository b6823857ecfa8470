// Errors of this process that nobody had thought of: each is logged and told to the person, and the process goes on, since a
// class is at work in it. It ends where it has not begun yet, and where they do not stop coming.
import { arch } from 'node:os'
import type { Problem } from '../shared/contract'
import { problemOf, withoutStop } from '../shared/problem'

/** More than this many within a minute, and the process ends: what comes on every frame would come for ever. */
export const MAX_PER_MINUTE = 100
const MINUTE_MS = 60_000
/** Of the fault's own words, within a sentence of ours. */
const MAX_WORDS = 500

export interface ProblemsOptions {
  version: string
  /** For the log. */
  log(problem: Problem): void
  /** Ends the process, which has not begun to work. */
  failToStart(fault: unknown): void
  /** Ends the process, and says these words. The session stays recorded for the next start. */
  end(words: string): void
  nowMs?: () => number
}

export class Problems {
  private show: ((problem: Problem) => void) | undefined
  private recentMs: number[] = []
  private isEnding = false

  constructor(private readonly options: ProblemsOptions) {}

  /** From here on the process works and goes on after a fault, which `show` tells the person. */
  keepRunning(show: (problem: Problem) => void): void {
    this.show = show
  }

  /** Takes in what was thrown and caught by nobody. */
  handle(fault: unknown): void {
    if (this.isEnding) return
    const { log, failToStart, end, nowMs = () => performance.now() } = this.options
    if (this.show === undefined) {
      this.isEnding = true
      failToStart(fault)
      return
    }
    const { message, details } = problemOf(fault, this.about())
    log({ message, details })
    const now = nowMs()
    this.recentMs = [...this.recentMs.filter((atMs) => now - atMs < MINUTE_MS), now]
    const words = withoutStop(message).slice(0, MAX_WORDS)
    if (this.recentMs.length > MAX_PER_MINUTE) {
      this.isEnding = true
      end(
        `Something keeps going wrong in the engine: ${words}. Roundabout ends here. ` +
          'What was recorded of the session is offered at the next start.',
      )
      return
    }
    this.show({
      message: `Something went wrong in the engine: ${words}. It goes on; save your session to be safe.`,
      details,
    })
  }

  private about(): string {
    const { electron, node } = process.versions
    const runtime = electron === undefined ? `Node ${node}` : `Electron ${electron}`
    return `Roundabout ${this.options.version}, engine, ${process.platform} ${arch()}, ${runtime}`
  }
}

/** Has everything that this process throws and nobody catches taken in. */
export function watchProcess(problems: Problems): void {
  const take = (fault: unknown) => {
    try {
      problems.handle(fault)
    } catch {
      // What fails while a fault is told must not be a fault that is told.
    }
  }
  process.on('uncaughtException', take)
  process.on('unhandledRejection', take)
  // Whoever reads what is written here may leave. Telling of that would be writing again.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
