// What no page in this app may do, whatever it contains: go elsewhere, open windows, embed others, fetch files from
// elsewhere, or ask for the camera and its like. Each refusal is logged with its reason.
import { join } from 'node:path'
import { type App, type Session, session as sessions } from 'electron'
import { isOwnBlob, isSameOrigin } from './origin'

/** `appUrl`: the one address whose origin is trusted. To be called when Electron is ready. */
export function lockDown(app: App, appUrl: string, warn: (text: string) => void): void {
  refusePermissions(sessions.defaultSession, warn)
  saveOnlyOwnFiles(sessions.defaultSession, app, appUrl, warn)
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (isSameOrigin(url, appUrl)) return
      event.preventDefault()
      warn(`Navigation to ${url} was refused.`)
    })
    contents.on('will-redirect', (event, url) => {
      if (isSameOrigin(url, appUrl)) return
      event.preventDefault()
      warn(`A redirect to ${url} was refused.`)
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      warn('A webview was refused.')
    })
    contents.setWindowOpenHandler(({ url }) => {
      warn(`A new window for ${url} was refused.`)
      return { action: 'deny' }
    })
  })
}

/** What the page has made itself may be saved: Electron asks where, and begins where the person keeps documents. */
function saveOnlyOwnFiles(
  session: Session,
  app: App,
  appUrl: string,
  warn: (text: string) => void,
): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL()
    if (!isOwnBlob(url, appUrl)) {
      event.preventDefault()
      warn(`A download of ${url} was refused.`)
      return
    }
    const defaultPath = join(app.getPath('documents'), item.getFilename())
    item.setSaveDialogOptions({ defaultPath })
  })
}

/** Copying is the one thing that the app asks the system for. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

function refusePermissions(session: Session, warn: (text: string) => void): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    const allowed = permission === ALLOWED_PERMISSION
    if (!allowed) warn(`The permission "${permission}" was refused.`)
    answer(allowed)
  })
  session.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED_PERMISSION)
  session.setDevicePermissionHandler(() => false)
}
