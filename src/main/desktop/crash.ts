// A page that crashed is brought back: at once the first time, and if that does not last, the person is asked.
// The engine runs in another process and goes on meanwhile.
import type { RenderProcessGoneDetails, WebContents } from 'electron'

/** A second crash within this time asks instead of reloading. */
const SOON_MS = 60_000

export interface CrashOptions {
  contents: Pick<WebContents, 'on' | 'reload' | 'isDestroyed'>
  /** Asks the person whether to reload or to quit. */
  ask(reason: string): Promise<'reload' | 'quit'>
  quit(): void
  warn(text: string): void
  nowMs?: () => number
}

export function recoverFromCrashes({
  contents,
  ask,
  quit,
  warn,
  nowMs = () => performance.now(),
}: CrashOptions): void {
  let lastCrashMs = Number.NEGATIVE_INFINITY
  contents.on('render-process-gone', (_event, { reason }: RenderProcessGoneDetails) => {
    if (reason === 'clean-exit') return
    warn(`The window's page ended (${reason}).`)
    const crashedMs = nowMs()
    const soon = crashedMs - lastCrashMs < SOON_MS
    lastCrashMs = crashedMs
    // Not from within the event: Chromium is still tidying up after the page.
    if (!soon) setImmediate(reload)
    else ask(reason).then((answer) => (answer === 'reload' ? reload() : quit()), quit)
  })

  function reload(): void {
    if (!contents.isDestroyed()) contents.reload()
  }
}
