// Reloads a page that crashed. After a second crash within a minute, a dialog asks the person
// first. The engine runs in another process and is not affected.
import type { App, RenderProcessGoneDetails, WebContents } from 'electron'

/** Second crash within this time: ask instead of reloading. */
const SOON_MS = 60_000

interface CrashOptions {
  contents: Pick<
    WebContents,
    'on' | 'once' | 'reload' | 'isDestroyed' | 'isCrashed' | 'forcefullyCrashRenderer'
  >
  /** Asks the person whether to reload or to quit. */
  ask(reason: string): Promise<'reload' | 'quit'>
  /** Called when the page has loaded again after a crash that opened no dialog. */
  onReload(reason: string): void
  quit(): void
  warn(text: string): void
  nowMs?: () => number
}

export interface PageControl {
  /** Kills the page, even if it hangs, and loads it again. */
  restart(): void
}

export function recoverFromCrashes({
  contents,
  ask,
  onReload,
  quit,
  warn,
  nowMs = () => performance.now(),
}: CrashOptions): PageControl {
  let lastCrashMs = Number.NEGATIVE_INFINITY
  let isRestarting = false
  contents.on('render-process-gone', (_event, { reason }: RenderProcessGoneDetails) => {
    if (reason === 'clean-exit') return
    if (isRestarting) {
      isRestarting = false
      setImmediate(reload)
      return
    }
    const crashedMs = nowMs()
    const isSoon = crashedMs - lastCrashMs < SOON_MS
    lastCrashMs = crashedMs
    if (isSoon) {
      warn(`The window's page ended again (${reason}): the person is asked what to do.`)
      ask(reason).then((answer) => (answer === 'reload' ? reload() : quit()), quit)
      return
    }
    warn(`The window's page ended (${reason}) and is loaded anew.`)
    contents.once('did-finish-load', () => onReload(reason))
    // Not inside the event: Chromium is still cleaning up after the page.
    setImmediate(reload)
  })

  function reload(): void {
    if (!contents.isDestroyed()) contents.reload()
  }

  return {
    restart() {
      if (contents.isDestroyed() || contents.isCrashed()) return
      isRestarting = true
      contents.forcefullyCrashRenderer()
    },
  }
}

/**
 * Logs the end of Chromium's helper processes, such as the GPU process. Chromium restarts them by
 * itself.
 */
export function logHelperEnds(app: Pick<App, 'on'>, warn: (text: string) => void): void {
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const which = name === undefined || name === '' ? type : `${type}, ${name}`
    warn(`A helper process of the window (${which}) ended: ${reason}, code ${exitCode}.`)
  })
}
