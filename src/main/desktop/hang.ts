// Asks the person whether to wait or to reload when the page does not respond. The dialog closes by
// itself when the page responds again; Chromium's next report opens it again.
import type { WebContents } from 'electron'

interface HangOptions {
  contents: Pick<WebContents, 'on'>
  /** Asks the person; `signal` closes the dialog. */
  ask(signal: AbortSignal): Promise<'wait' | 'reload'>
  /** Kills the page, which hangs, and loads it again. */
  restart(): void
  warn(text: string): void
}

export function askWhenHung({ contents, ask, restart, warn }: HangOptions): void {
  let question: AbortController | undefined

  contents.on('unresponsive', () => {
    if (question !== undefined) return
    warn("The window's page does not answer.")
    const current = new AbortController()
    question = current
    ask(current.signal)
      .then(
        (answer) => {
          // A dialog that was closed by `signal` resolves too.
          if (current.signal.aborted || answer === 'wait') return
          warn("The window's page is ended and loaded anew, as was wanted.")
          restart()
        },
        (error: unknown) => warn(`It could not be asked what to do: ${error}`),
      )
      .finally(() => {
        if (question === current) question = undefined
      })
  })
  contents.on('responsive', () => {
    warn("The window's page answers again.")
    withdraw()
  })
  // The dialog about the crash takes over.
  contents.on('render-process-gone', withdraw)
  contents.on('destroyed', withdraw)

  function withdraw(): void {
    question?.abort()
    question = undefined
  }
}
