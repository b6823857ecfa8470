// Shuts every page in, whatever it contains and whichever window or session it is in: what it can do to its window is in
// walls.ts, what it may ask for in permissions.ts, what it may load and save in requests.ts.
import { type App, ipcMain, type Session, session as sessions } from 'electron'
import { guardPage } from './page-guard'
import { refusePermissions } from './permissions'
import { refuseForeignDownloads, refuseForeignRequests } from './requests'

/** `appUrl`: the one page that is trusted. To be called when Electron is ready, before there is any page. */
export function lockDown(app: App, appUrl: string, warn: (text: string) => void): void {
  const locked = new WeakSet<Session>()
  const lock = (session: Session) => {
    if (locked.has(session)) return
    locked.add(session)
    // It would download dictionaries.
    session.setSpellCheckerEnabled(false)
    refusePermissions(session, appUrl, warn)
    refuseForeignRequests(session, appUrl, warn)
    refuseForeignDownloads(session, app, appUrl, warn)
  }
  app.on('session-created', lock)
  lock(sessions.defaultSession)
  const hasListener = (channel: string) => ipcMain.listenerCount(channel) > 0
  app.on('web-contents-created', (_event, contents) =>
    guardPage({ contents, appUrl, hasListener, warn }),
  )
}

/**
 * Chromium looks up no name and dials no address but that of the page, where it comes from a development server: not for
 * a hint in the page (`<link rel="dns-prefetch">`, which no policy covers), not for WebRTC, not for services of its own.
 * The engine's sockets are Node's and not concerned. To be called before Electron is ready.
 */
export function blockChromiumNetwork(app: Pick<App, 'commandLine'>, appUrl: string): void {
  const { protocol, hostname } = new URL(appUrl)
  const except = protocol === 'http:' ? `, EXCLUDE ${hostname}` : ''
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${except}`)
}
