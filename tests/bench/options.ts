// What every benchmark can be told.

export interface BenchOptions {
  /** Fewer and shorter rounds of what the figures need: a look, not a measurement. */
  quick: boolean
}
