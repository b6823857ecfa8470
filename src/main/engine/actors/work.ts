// An inside server's work: how long each message takes, how many are worked on at a time, and who waits meanwhile.
import { ChurningSet } from '../../../shared/churning-map'
import type { ValueOf } from '../../../shared/settings/derive'
import type { WORK } from '../../../shared/settings/features/work'
import type { Off } from '../../../shared/settings/setting'
import type { Clock, Timer } from '../clock/clock'
import type { Random } from '../clock/random'

export type WorkValues = ValueOf<typeof WORK>
type InUse = Exclude<WorkValues, Off>

/** A message in the server's hands. */
interface WorkedOn {
  /** The length of its payload. */
  readonly bytes: number
  /** The message's own source of chance. */
  readonly random: () => Random
}

interface Job {
  readonly message: WorkedOn
  readonly done: () => void
}

interface WorkParts {
  readonly clock: Clock
  readonly values: WorkValues
  /** Called when so many messages are worked on, or wait, as were not before. */
  changed(working: number, waiting: number): void
}

export class Work {
  private readonly queue: Job[] = []
  private readonly underWay = new ChurningSet<Timer>()
  private values: WorkValues
  private told = { working: 0, waiting: 0 }

  constructor(private readonly parts: WorkParts) {
    this.values = parts.values
  }

  /**
   * Calls `done` when the work on a message is done, which is at once while work is off. Returns false if the queue is full.
   */
  begin(message: WorkedOn, done: () => void): boolean {
    const { values } = this
    if (values === 'off') {
      done()
      return true
    }
    const isBusy = this.underWay.size >= values.atOnce
    if (isBusy && this.queue.length >= values.queue) return false
    this.queue.push({ message, done })
    this.fill()
    return true
  }

  /** What it works on keeps its time; what waits begins under these values. */
  configure(values: WorkValues): void {
    this.values = values
    this.fill()
  }

  /** The server is gone: nothing is done any more. */
  stop(): void {
    for (const timer of this.underWay.values()) this.parts.clock.cancel(timer)
    this.underWay.clear()
    this.queue.length = 0
    this.report()
  }

  private fill(): void {
    while (this.values === 'off' || this.underWay.size < this.values.atOnce) {
      const job = this.queue.shift()
      if (job === undefined) break
      if (this.values === 'off') job.done()
      else this.start(job, serviceMs(this.values, job.message))
    }
    this.report()
  }

  private start({ done }: Job, delayMs: number): void {
    const timer = this.parts.clock.schedule(delayMs, () => {
      this.underWay.delete(timer)
      done()
      this.fill()
    })
    this.underWay.add(timer)
  }

  private report(): void {
    const [working, waiting] = [this.underWay.size, this.queue.length]
    if (working === this.told.working && waiting === this.told.waiting) return
    this.told = { working, waiting }
    this.parts.changed(working, waiting)
  }
}

/** The standard deviation of a log-normal time's logarithm: one in a hundred takes six times the mean. */
const LOG_NORMAL_SIGMA = 1

/** How long the work on one message takes. */
export function serviceMs({ ms, distribution }: InUse, { bytes, random }: WorkedOn): number {
  switch (distribution) {
    case 'constant':
      return ms
    case 'uniform':
      return 2 * ms * random().next()
    case 'exponential':
      return ms * exponential(random())
    case 'log-normal':
      return ms * Math.exp(LOG_NORMAL_SIGMA * normal(random()) - LOG_NORMAL_SIGMA ** 2 / 2)
    case 'by-size':
      return ms * bytes
  }
}

/** Of mean 1. */
function exponential(random: Random): number {
  return -Math.log(1 - random.next())
}

/** Of mean 0 and deviation 1 (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.next())
}
