// Real time, read once in each turn of the event loop: everything that one callback causes happens at one time, and a
// message that causes a dozen events costs one reading.

const { timeOrigin } = performance

let time: number | undefined
let date = 0

/** The turn is over when its microtasks run. */
const over = Promise.resolve()
const forget = (): void => {
  time = undefined
}

/** Monotonic milliseconds since the process began, at the first call in this turn. */
export function turnTime(): number {
  if (time === undefined) {
    time = performance.now()
    date = Math.round((timeOrigin + time) * 1000) / 1000
    void over.then(forget)
  }
  return time
}

/** Milliseconds since 1970, to the microsecond, at the first call in this turn. */
export function turnDate(): number {
  turnTime()
  return date
}
