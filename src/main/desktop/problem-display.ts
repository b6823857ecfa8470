// Shows a problem of this process to the person: in the page, or in a native dialog while no page
// is loaded (at the start and after a crash).
import type { WebContents } from 'electron'
import { CHANNELS, type Problem } from '../../shared/contract'

interface ProblemDisplayOptions {
  contents: Pick<WebContents, 'on' | 'send' | 'isDestroyed'>
  /** Opens a native dialog; resolves when the person has closed it. */
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
    // The app is quitting. The log has the problem.
    if (contents.isDestroyed()) return
    if (isPageLoaded) return contents.send(CHANNELS.problem, problem)
    // One dialog at a time. The log has the other problems.
    if (isDialogOpen) return
    isDialogOpen = true
    const closed = () => {
      isDialogOpen = false
    }
    openDialog(problem).then(closed, closed)
  }
}

/** The message shown when the page has loaded again after a crash that opened no dialog. */
export function crashNotice(reason: string, version: string): Problem {
  const { electron, chrome } = process.versions
  return {
    message: 'The window crashed and was reloaded. The lab went on meanwhile.',
    details: `The page ended: ${reason}\n\nRoundabout ${version}, ${process.platform}, Electron ${electron}, Chromium ${chrome}`,
  }
}
