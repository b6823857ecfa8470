// Real time, read once in each turn of the event loop: everything that one callback causes happens at one time, and a
// message that causes a dozen events costs one reading.

let time: number | undefined

/** The turn is over when its microtasks run. */
const over = Promise.resolve()
const forget = (): void => {
  time = undefined
}

/** Monotonic milliseconds since the process began, at the first call in this turn. */
export function turnTime(): number {
  if (time === undefined) {
    time = performance.now()
    void over.then(forget)
  }
  return time
}

const { timeOrigin } = performance

/** Milliseconds since 1970, to the microsecond, at the first call in this turn. */
export function turnDate(): number {
  return Math.round((timeOrigin + turnTime()) * 1000) / 1000
}
