// What the page of the events benchmark counts, all since it was opened.

export interface PageCounts {
  atMs: number
  paints: number
  /** Frames or messages taken in, and the events in them. */
  arrivals: number
  events: number
  /** Frames that took the place of events which were not sent. */
  summaries: number
}

/** What can be asked of the page, as the page spells it. */
export const START = 'window.eventsBench.start()'
export const COUNTS = 'window.eventsBench.counts()'
