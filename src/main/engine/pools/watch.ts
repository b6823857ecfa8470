// What people look at of a pool.

/** What somebody looks at, which is computed only then. */
export interface DecisionWatch {
  /** What the pool's picture shows: the next choices, and keys that move. */
  readonly picture: boolean
  /** What the other algorithms would have chosen. */
  readonly others: boolean
}

export const UNWATCHED: DecisionWatch = { picture: false, others: false }

/** How many of the next choices are reported. */
export const COMING = 10
