// Runs a task after the next paint, or soon if nothing is painted (a hidden tab, a covered window).

const SOON_MS = 250

export function afterPaint(task: () => void): void {
  if (document.hidden) {
    task()
    return
  }
  let done = false
  const once = () => {
    if (done) return
    done = true
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    task()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, SOON_MS)
}
