// Handles unexpected errors of this process: logs each, shows it to the person, and keeps the
// process running, because a class may be at work. Ends the process if it has not started yet, or
// if the errors do not stop.
import { arch } from 'node:os'
import type { Problem } from '../shared/contract'
import { problemOf, withoutStop } from '../shared/problem'

/**
 * More errors than this within a minute end the process: an error on every frame would never stop.
 */
export const MAX_PER_MINUTE = 100
const MINUTE_MS = 60_000
/** Characters of the error's own message within our sentence. */
const MAX_WORDS = 500

interface ProblemsOptions {
  version: string
  /** Writes the problem to the log. */
  log(problem: Problem): void
  /** Ends the process, which has not started its work. */
  failToStart(fault: unknown): void
  /**
   * Ends the process and shows this text. The recording of the session stays for the next start.
   */
  end(words: string): void
  nowMs?: () => number
}

export class Problems {
  private show: ((problem: Problem) => void) | undefined
  private recentMs: number[] = []
  private isEnding = false

  constructor(private readonly options: ProblemsOptions) {}

  /**
   * Called once the process has started: later errors no longer end it, and `show` presents them to
   * the person.
   */
  keepRunning(show: (problem: Problem) => void): void {
    this.show = show
  }

  /** Handles an uncaught error. */
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

/** Sends this process's uncaught errors and rejections to `problems`. */
export function watchProcess(problems: Problems): void {
  const take = (fault: unknown) => {
    try {
      problems.handle(fault)
    } catch {
      // An error while handling an error must not be handled again.
    }
  }
  process.on('uncaughtException', take)
  process.on('unhandledRejection', take)
  // The reader of our output may have closed it. Reporting that would mean writing again.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
