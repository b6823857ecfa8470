// What the benchmark asks of its page.
export interface ChartsBench {
  /** Counts an hour of figures. */
  load(): Promise<void>
  /** Opens the charts anew; returns the milliseconds until they are on the screen. */
  draw(): Promise<number>
  /** The same for one more second in open charts. */
  drawSecond(): Promise<number>
}

declare global {
  var chartsBench: ChartsBench | undefined
}
