// Work at every animation frame until it is finished, for gliding and playing.

/**
 * Calls `task` with the real time (`performance.now()`) before each paint until it returns false. Returns the way to
 * stop.
 */
export function everyFrame(task: (realMs: number) => boolean): () => void {
  let stopped = false
  const frame = () => {
    if (stopped) return
    if (task(performance.now())) requestAnimationFrame(frame)
    else stopped = true
  }
  requestAnimationFrame(frame)
  return () => {
    stopped = true
  }
}
