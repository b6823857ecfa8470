// The way out: whatever makes the app quit, the engine closes its sockets before the process ends.
import type { App } from 'electron'

/** A socket that does not close in this time is left to the system. */
const CLOSE_LIMIT_MS = 3_000

type QuittingApp = Pick<App, 'on' | 'quit'>

/** `close` is called once, after the windows have closed. */
export function closeBeforeQuit(
  app: QuittingApp,
  close: () => Promise<void>,
  warn: (text: string) => void,
): void {
  let state: 'running' | 'closing' | 'closed' = 'running'
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    const limit = setTimeout(() => finish('The sockets did not close in time.'), CLOSE_LIMIT_MS)
    close().then(
      () => finish(),
      (error: unknown) => finish(`The engine did not close cleanly: ${error}`),
    )
    function finish(problem?: string): void {
      clearTimeout(limit)
      if (problem !== undefined) warn(problem)
      state = 'closed'
      // Not at once: Electron passes over `quit` as long as it is still inside this event, microtasks included.
      setImmediate(() => app.quit())
    }
  })
}

/**
 * Ctrl+C and the system's polite request quit like the menu does. They may arrive more than once, from the
 * terminal and from npm; quitting is asked for once and bounded above.
 */
export function quitOnSignals(app: Pick<App, 'quit'>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => app.quit())
  }
}
