// Reads lessons in a thread, with a deadline for each: a stranger may have written them, and while this process reads, the
// proxy stands still. The thread is the entry of its own bundle (reading-worker.ts), and ends when nothing is left to read.
import { Worker } from 'node:worker_threads'
import { errorText } from '../../../shared/error-text'
import type { ReadLesson } from '../library'
import { LESSON_TEXT } from './problems'
import type { LessonSource, ReadSource } from './source'

export type FromReader =
  /** The deadline counts from here, not from the start of the thread. */
  { readonly kind: 'begun' } | { readonly kind: 'read'; readonly read: ReadLesson }

/** The lessons that come with the app take some 30 ms each. */
const DEADLINE_MS = 5_000
const MOST_MEMORY_MB = 256

interface Job {
  readonly source: LessonSource
  readonly done: (read: ReadLesson) => void
}

/** `script`: the bundle of reading-worker.ts. */
export function readingThread(script: string, deadlineMs = DEADLINE_MS): ReadSource {
  const reader = new Reader(script, deadlineMs)
  return (source) => new Promise((done) => reader.add({ source, done }))
}

class Reader {
  private readonly waiting: Job[] = []
  private job: Job | undefined
  private worker: Worker | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly script: string,
    private readonly deadlineMs: number,
  ) {}

  add(job: Job): void {
    this.waiting.push(job)
    if (this.job === undefined) this.next()
  }

  private next(): void {
    this.job = this.waiting.shift()
    if (this.job === undefined) {
      this.end()
      return
    }
    this.worker ??= this.started()
    this.worker.postMessage(this.job.source)
  }

  private started(): Worker {
    const worker = new Worker(this.script, {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    })
    const fail = (reason: string) => {
      if (worker === this.worker) this.giveUp(`This lesson cannot be read: ${reason}`)
    }
    worker.on('message', (message: FromReader) => {
      if (worker !== this.worker) return
      if (message.kind === 'read') this.finish(message.read)
      else this.timer = setTimeout(() => this.giveUp(this.tooLong), this.deadlineMs)
    })
    worker.on('error', (error) => fail(`${errorText(error).replace(/[.]?$/, '')}.`))
    worker.on('exit', () => fail('its reader has ended.'))
    return worker
  }

  /** The thread has hung or ended: another one reads what waits. */
  private giveUp(problem: string): void {
    this.end()
    this.finish({
      lesson: undefined,
      problems: [{ file: LESSON_TEXT, line: 0, problem, isWarning: false }],
    })
  }

  private finish(read: ReadLesson): void {
    clearTimeout(this.timer)
    this.job?.done(read)
    this.next()
  }

  private end(): void {
    const { worker } = this
    this.worker = undefined
    void worker?.terminate()
  }

  private get tooLong(): string {
    const seconds = this.deadlineMs / 1000
    return `This lesson takes too long to read: it was given up after ${seconds} s. Make its longest step shorter, or two steps of it.`
  }
}
