// Conditions and figures, in the form in which the lab's events are observed and waited for.
import type { FigureWindow } from '../../shared/lesson/figure'
import type { Watch } from '../../shared/lesson/watch'
import type { Observing } from './observer'
import type { Awaited } from './wait'

/** Happens when the condition has come true. */
export function comesTrue(wanted: Watch): Awaited<true> {
  return {
    get dueAt() {
      return wanted.dueAt
    },
    apply: wanted.apply.bind(wanted),
    pass: wanted.pass.bind(wanted),
    get result() {
      return wanted.isTrue ? true : undefined
    },
  }
}

/** Lets the figures learn from every event. */
export function learning(window: FigureWindow): Observing {
  return {
    dueAt: undefined,
    apply: (event) => window.apply(event),
    pass() {},
  }
}

/** Calls `look` after each event or time that may have made one of them true. */
export function watchingAll(watches: readonly Watch[], look: () => void): Observing {
  return {
    get dueAt() {
      const times = watches.flatMap(({ dueAt }) => dueAt ?? [])
      return times.length === 0 ? undefined : Math.min(...times)
    },
    apply(event, facts) {
      for (const each of watches) each.apply(event, facts)
      look()
    },
    pass(at) {
      for (const each of watches) each.pass(at)
      look()
    },
  }
}
