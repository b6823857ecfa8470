// The messages that a server has given to a person to answer. Each stays until the person has answered it, or until nobody
// waits for the answer any more.
import type { HandOutcome } from '../../../shared/hand-outcome'
import type { ExchangeId } from '../../../shared/ids'
import { verdictOnHash } from '../protocol/verdict'
import type { Job, WorkedOn } from './job'

export interface HandsParts {
  /** Called when a person has a message to answer. */
  awaited(message: WorkedOn): void
  /** Called once for each of these messages. */
  ended(exchange: ExchangeId, outcome: HandOutcome): void
}

export class Hands {
  private jobs: readonly Job[] = []

  constructor(private readonly parts: HandsParts) {}

  get size(): number {
    return this.jobs.length
  }

  take(job: Job): void {
    this.jobs = [...this.jobs, job]
    this.parts.awaited(job.message)
  }

  /** Returns whether a message of this exchange was there; the first of them has this answer now. */
  answer(exchange: ExchangeId, typed: string): boolean {
    const job = this.jobs.find(({ message }) => message.exchange === exchange)
    if (job === undefined) return false
    this.end(job, verdictOnHash(typed, job.message.payload))
    job.done(typed)
    return true
  }

  /** Nobody waits for the answer to this message any more. Returns whether it was there. */
  withdraw(message: WorkedOn): boolean {
    const job = this.jobs.find((one) => one.message === message)
    if (job) this.end(job, 'closed')
    return job !== undefined
  }

  /** Takes everything away from the person. Returns the jobs, in order. */
  empty(outcome: 'stopped' | 'released'): readonly Job[] {
    const { jobs } = this
    for (const job of jobs) this.end(job, outcome)
    return jobs
  }

  private end(job: Job, outcome: HandOutcome): void {
    this.jobs = this.jobs.filter((one) => one !== job)
    this.parts.ended(job.message.exchange, outcome)
  }
}
