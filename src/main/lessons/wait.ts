// Waits in simulated time for something to happen in the lab.
import type { LabEvent } from '../../shared/events'
import type { SimMs } from '../../shared/ids'
import type { EventFacts } from '../../shared/lesson/event-facts'
import { earliest } from '../../shared/lesson/watch'
import { LessonFault } from './fault'
import type { LessonLab } from './lab'
import type { Observer, Observing } from './observer'

/** What is waited for. */
export interface Awaited<T> {
  readonly dueAt: SimMs | undefined
  apply(event: LabEvent, facts: EventFacts): void
  pass(at: SimMs, facts: EventFacts): void
  /** Undefined: it has not happened yet. */
  readonly result: T | undefined
}

interface Waiting {
  readonly lab: LessonLab
  readonly observer: Observer
  /** So much simulated time. */
  readonly atMostMs: SimMs
  /** Pauses the lab at the very moment. */
  readonly pauses: boolean
  /** Ends the waiting. */
  readonly signal: AbortSignal
}

/** What does not happen within so much simulated time is not waited for any longer. */
export const DEFAULT_AT_MOST_MS: SimMs = 60_000

/** Resolves with undefined if it has not happened in its time. Rejects if the signal ends the waiting. */
export function waitFor<T>(
  awaited: Awaited<T>,
  { lab, observer, atMostMs, pauses, signal }: Waiting,
): Promise<T | undefined> {
  const lateAt = lab.now + atMostMs
  return new Promise((resolve, reject) => {
    const finish = () => {
      remove()
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      finish()
      reject(signal.reason)
    }
    const look = (at: SimMs) => {
      const { result } = awaited
      if (result === undefined && at < lateAt) return
      finish()
      if (pauses) lab.pauseHere().then(() => resolve(result), reject)
      else resolve(result)
    }
    const part: Observing = {
      get dueAt() {
        return earliest([awaited, { dueAt: lateAt }])
      },
      apply(event, facts) {
        awaited.apply(event, facts)
        look(event.at)
      },
      pass(at, facts) {
        awaited.pass(at, facts)
        look(at)
      },
    }
    const remove = observer.add(part)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    // What is true already need not happen.
    part.pass(lab.now, observer.facts)
  })
}

/** Rejects with a LessonFault that names `what` if it has not happened in its time. */
export async function happensInTime<T>(
  what: string,
  awaited: Awaited<T>,
  waiting: Waiting,
): Promise<T> {
  const result = await waitFor(awaited, waiting)
  if (result !== undefined) return result
  const seconds = waiting.atMostMs / 1_000
  throw new LessonFault(`${what} did not happen within ${seconds} s of simulated time.`)
}
