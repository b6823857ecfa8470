// Asks a person who would lose something by closing the window, and closes the engine's sockets before the process ends,
// whatever makes the app quit.
import type { App, BrowserWindow } from 'electron'

/** Sockets that do not close in this time are left to the system. */
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
      // Deferred: Electron ignores `quit` inside this event, microtasks included.
      setImmediate(() => app.quit())
    }
  })
}

/**
 * Quits on Ctrl+C and on the system's request to end, as the menu does. Signals may arrive more
 * than once, from the terminal and from npm; quitting starts once and has the time limit above.
 * Returns a function that says whether there has been one.
 */
export function quitOnSignals(app: Pick<App, 'quit'>): () => boolean {
  let hasCome = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      hasCome = true
      app.quit()
    })
  }
  return () => hasCome
}

interface Closing {
  app: Pick<App, 'quit'>
  window: Pick<BrowserWindow, 'on'>
  /** What would be lost, in sentences; empty: nothing, and nobody is asked. */
  atStake: () => string
  /** Resolves with whether to close nevertheless. */
  ask: (atStake: string) => Promise<boolean>
  /** Nobody is there to be asked. */
  isSignalled: () => boolean
}

/** The window's close is also what quitting begins with. */
export function askBeforeClosing({ app, window, atStake, ask, isSignalled }: Closing): void {
  let state: 'open' | 'asking' | 'agreed' = 'open'
  window.on('close', (event) => {
    const loss = atStake()
    if (state === 'agreed' || loss === '' || isSignalled()) return
    event.preventDefault()
    if (state === 'asking') return
    state = 'asking'
    const answered = (agreed: boolean) => {
      state = agreed ? 'agreed' : 'open'
      if (agreed) app.quit()
    }
    ask(loss).then(answered, () => answered(true))
  })
}
