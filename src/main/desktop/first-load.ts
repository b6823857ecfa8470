// Loads the page for the first time, and tells a page that cannot be loaded from one that the person no longer wants.

interface LoadingWindow {
  once(event: 'close', listener: () => void): unknown
  loadURL(url: string): Promise<void>
}

/**
 * Rejects if the page cannot be loaded. Two things end a load early and are no error: the window
 * closes, or another navigation, such as a reload or the recovery from a crash, takes its place.
 */
export async function loadFirst(window: LoadingWindow, url: string): Promise<void> {
  let isClosing = false
  window.once('close', () => {
    isClosing = true
  })
  await window.loadURL(url).catch((error: unknown) => {
    if (!isClosing && !wasReplaced(error)) throw error
  })
}

/** Chromium's code for a load that another navigation ended: `net::ERR_ABORTED`. */
function wasReplaced(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED'
}
