// A page that does not answer: the person is asked whether to wait or to reload. The question goes away by itself when the
// page answers again, and comes back with Chromium's next report when it still does not.
import type { WebContents } from 'electron'

export interface HangOptions {
  contents: Pick<WebContents, 'on'>
  /** Asks the person; `signal` takes the question away. */
  ask(signal: AbortSignal): Promise<'wait' | 'reload'>
  /** Ends the page, which does not listen, and loads it anew. */
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
          // A question that was taken away counts as answered too.
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
  // Then that is what there is to ask about.
  contents.on('render-process-gone', withdraw)
  contents.on('destroyed', withdraw)

  function withdraw(): void {
    question?.abort()
    question = undefined
  }
}
