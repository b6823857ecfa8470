// Where the person is told of a problem of this process: in the page, or where none stands in the window (before it has
// loaded, after it has crashed), in a box of the system.
import type { WebContents } from 'electron'
import { CHANNELS, type Problem } from '../../shared/contract'

export interface ProblemDisplayOptions {
  contents: Pick<WebContents, 'on' | 'send' | 'isDestroyed'>
  /** Opens a box of the system; resolves when it has been read. */
  openDialog(problem: Problem): Promise<void>
}

export function createProblemDisplay({
  contents,
  openDialog,
}: ProblemDisplayOptions): (problem: Problem) => void {
  let isPageLoaded = false
  let isDialogOpen = false
  contents.on('did-finish-load', () => {
    isPageLoaded = true
  })
  for (const event of ['did-start-loading', 'render-process-gone'] as const) {
    contents.on(event as 'did-start-loading', () => {
      isPageLoaded = false
    })
  }

  return (problem) => {
    // The app is on its way out: the log has it.
    if (contents.isDestroyed()) return
    if (isPageLoaded) return contents.send(CHANNELS.problem, problem)
    // One box at a time, whatever comes: the log has the others.
    if (isDialogOpen) return
    isDialogOpen = true
    const closed = () => {
      isDialogOpen = false
    }
    openDialog(problem).then(closed, closed)
  }
}

/** What the person is told when the page is back after a crash of which nothing was asked. */
export function crashNotice(reason: string, version: string): Problem {
  const { electron, chrome } = process.versions
  return {
    message: 'The window crashed and was reloaded. The lab went on meanwhile.',
    details: `The page ended: ${reason}\n\nRoundabout ${version}, ${process.platform}, Electron ${electron}, Chromium ${chrome}`,
  }
}
