// What every benchmark can be told.

export interface BenchOptions {
  /** One round: a look, not a measurement. */
  quick: boolean
}
