// Restricts every page, in every window and session: page-guard.ts limits what it does to its
// window, permissions.ts what it asks for, requests.ts what it loads and saves.
import { type App, ipcMain, type Session, session as sessions } from 'electron'
import { guardPage } from './page-guard'
import { refusePermissions } from './permissions'
import { refuseForeignDownloads, refuseForeignRequests } from './requests'

/** `appUrl`: the one trusted page. Call it when Electron is ready and no page exists yet. */
export function lockDown(app: App, appUrl: string, warn: (text: string) => void): void {
  const locked = new WeakSet<Session>()
  const lock = (session: Session) => {
    if (locked.has(session)) return
    locked.add(session)
    // The spell checker would download dictionaries.
    session.setSpellCheckerEnabled(false)
    refusePermissions(session, appUrl, warn)
    refuseForeignRequests(session, appUrl, warn)
    refuseForeignDownloads(session, app, appUrl, warn)
  }
  app.on('session-created', lock)
  lock(sessions.defaultSession)
  app.on('web-contents-created', (_event, contents) => {
    const hasListener = (channel: string) =>
      [contents.ipc, ipcMain].some((ipc) => ipc.listenerCount(channel) > 0)
    guardPage({ contents, appUrl, hasListener, warn })
  })
}

/**
 * Keeps Chromium off the network: it resolves and dials nothing but a development server's page.
 * This covers hints in the page (`<link rel="dns-prefetch">`, which no content security policy
 * covers), WebRTC and Chromium's own services. The engine's sockets are Node's and are not
 * affected. Call it before Electron is ready.
 */
export function blockChromiumNetwork(app: Pick<App, 'commandLine'>, appUrl: string): void {
  const { protocol, hostname } = new URL(appUrl)
  const except = protocol === 'http:' ? `, EXCLUDE ${hostname}` : ''
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${except}`)
}
