// What a page may load: the app's own files and blobs that it made itself. What it may save: only
// such blobs. The content security policy demands the same of Chromium; this also covers a page
// that comes without one.
import { join } from 'node:path'
import type { App, Session } from 'electron'
import { isOwnBlob, isSameOrigin, shortAddress } from './origin'

export function refuseForeignRequests(
  session: Session,
  appUrl: string,
  warn: (text: string) => void,
): void {
  session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const cancel = !isOwnRequest(url, appUrl)
    if (cancel) warn(`A request (${resourceType}) for ${shortAddress(url)} was refused.`)
    answer({ cancel })
  })
}

/** The developer tools are pages that come with Electron. */
const DEVELOPER_TOOLS = 'devtools://devtools'

export function isOwnRequest(address: string, appUrl: string): boolean {
  return (
    isSameOrigin(address, appUrl) ||
    // The development server's WebSocket for hot updates.
    isSameOrigin(address, appUrl.replace(/^http:/, 'ws:')) ||
    isOwnBlob(address, appUrl) ||
    isSameOrigin(address, DEVELOPER_TOOLS)
  )
}

/** Electron's save dialog starts in the person's documents folder. */
export function refuseForeignDownloads(
  session: Session,
  app: App,
  appUrl: string,
  warn: (text: string) => void,
): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL()
    if (!isOwnBlob(url, appUrl)) {
      event.preventDefault()
      warn(`A download of ${shortAddress(url)} was refused.`)
      return
    }
    const defaultPath = join(app.getPath('documents'), item.getFilename())
    item.setSaveDialogOptions({ defaultPath })
  })
}
