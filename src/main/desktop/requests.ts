// What a page may load: the app's own files and what it has made itself. And what it may save: only the latter.
// The policy that comes with the page says the same to Chromium; this holds where a page comes without it.
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
    // The development server tells its page of changes.
    isSameOrigin(address, appUrl.replace(/^http:/, 'ws:')) ||
    isOwnBlob(address, appUrl) ||
    isSameOrigin(address, DEVELOPER_TOOLS)
  )
}

/** Electron asks the person where to save, and begins where they keep documents. */
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
