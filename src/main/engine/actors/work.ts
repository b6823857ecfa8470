// An inside server's work: how long each message takes, or that a person answers it; how many are worked on at a time, and who
// waits meanwhile.
import { ChurningSet } from '../../../shared/churning-map'
import type { ExchangeId } from '../../../shared/ids'
import type { ValueOf } from '../../../shared/settings/derive'
import type { WORK } from '../../../shared/settings/features/work'
import type { Off } from '../../../shared/settings/setting'
import type { Clock, Timer } from '../clock/clock'
import type { Random } from '../clock/random'
import { Hands, type HandsParts } from './hands'
import type { Job, WorkedOn } from './job'

export type WorkValues = ValueOf<typeof WORK>
type InUse = Exclude<WorkValues, Off>

interface WorkParts extends HandsParts {
  readonly clock: Clock
  readonly values: WorkValues
  /** Called when the number of messages that are worked on, or that wait, has changed. */
  changed(working: number, waiting: number): void
}

export class Work {
  private readonly queue: Job[] = []
  /** What takes its time. */
  private readonly timed = new ChurningSet<Timer>()
  /** What a person works on. */
  private readonly hands: Hands
  private values: WorkValues
  private told = { working: 0, waiting: 0 }

  constructor(private readonly parts: WorkParts) {
    this.values = parts.values
    this.hands = new Hands(parts)
  }

  /**
   * Calls `done` when the work on a message is done, which is at once while work is off. Returns false if the queue is full.
   */
  begin(message: WorkedOn, done: Job['done']): boolean {
    const { values } = this
    if (values === 'off' || (isByHand(values) && message.exchange === 0)) {
      done()
      return true
    }
    const isBusy = this.underWay >= values.atOnce
    if (isBusy && this.queue.length >= values.queue) return false
    this.queue.push({ message, done })
    this.fill()
    return true
  }

  /** What it works on keeps its time; what waits begins under these values, and so does what a person had who has it no more. */
  configure(values: WorkValues): void {
    this.values = values
    if (!isByHand(values)) this.queue.unshift(...this.hands.empty('released'))
    this.fill()
  }

  /** A person has typed this answer. Returns false if no message of the exchange waits for one. */
  answer(exchange: ExchangeId, typed: string): boolean {
    const isThere = this.hands.answer(exchange, typed)
    this.fill()
    return isThere
  }

  /**
   * Nobody waits for the answer to this message any more. A person hears of it, and does not see one that still waits; a machine
   * does not notice it. Returns whether there will be no answer.
   */
  withdraw(message: WorkedOn): boolean {
    if (!isByHand(this.values)) return false
    const index = this.queue.findIndex((job) => job.message === message)
    if (index !== -1) this.queue.splice(index, 1)
    else if (!this.hands.withdraw(message)) return false
    this.fill()
    return true
  }

  /** The server is gone: nothing is done any more. */
  stop(): void {
    for (const timer of this.timed.values()) this.parts.clock.cancel(timer)
    this.timed.clear()
    this.queue.length = 0
    this.hands.empty('stopped')
    this.report()
  }

  private get underWay(): number {
    return this.timed.size + this.hands.size
  }

  private fill(): void {
    while (this.values === 'off' || this.underWay < this.values.atOnce) {
      const job = this.queue.shift()
      if (job === undefined) break
      if (this.values === 'off') job.done()
      else if (this.values.distribution === 'by-hand') this.hands.take(job)
      else this.start(job, serviceMs(this.values.ms, this.values.distribution, job.message))
    }
    this.report()
  }

  private start({ done }: Job, delayMs: number): void {
    const timer = this.parts.clock.schedule(delayMs, () => {
      this.timed.delete(timer)
      done()
      this.fill()
    })
    this.timed.add(timer)
  }

  private report(): void {
    const [working, waiting] = [this.underWay, this.queue.length]
    if (working === this.told.working && waiting === this.told.waiting) return
    this.told = { working, waiting }
    this.parts.changed(working, waiting)
  }
}

/** The standard deviation of a log-normal time's logarithm: one in a hundred takes six times the mean. */
const LOG_NORMAL_SIGMA = 1

function isByHand(values: WorkValues): boolean {
  return values !== 'off' && values.distribution === 'by-hand'
}

/** How long the work on one message takes. */
export function serviceMs(
  ms: number,
  distribution: Exclude<InUse['distribution'], 'by-hand'>,
  { payload, random }: Pick<WorkedOn, 'payload' | 'random'>,
): number {
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
      return ms * Buffer.byteLength(payload)
  }
}

/** Draws from the exponential distribution with mean 1. */
function exponential(random: Random): number {
  return -Math.log(1 - random.next())
}

/** Draws from the normal distribution with mean 0 and standard deviation 1 (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.next())
}
