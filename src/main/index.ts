// The desktop app. Wiring only: what each part does is in desktop/, what is simulated in engine/.
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol } from 'electron'
import { CHANNELS } from '../shared/contract'
import { type OptionName, parseOptions } from '../shared/options'
import { recoverFromCrashes } from './desktop/crash'
import { serveWindow } from './desktop/ipc'
import { lockDown } from './desktop/lockdown'
import { menuTemplate } from './desktop/menu'
import { APP_SCHEME, APP_URL, serveFolder } from './desktop/scheme'
import { closeBeforeQuit, quitOnSignals } from './desktop/shutdown'
import { createWindow, focusWindow } from './desktop/window'
import { createEngine } from './engine'

const OPTIONS: readonly OptionName[] = ['--proxy-port', '--latency']
const FAILED = 1

const warn = (text: string) => console.error(text)
/** Set by the development server; a packaged app does not listen to it. */
const appUrl = (!app.isPackaged && process.env.ELECTRON_RENDERER_URL) || APP_URL

protocol.registerSchemesAsPrivileged([APP_SCHEME])
// As root, Chromium runs only without it, and then must not be told both.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch(fail)
} else {
  warn('Roundabout is running already: its window has been brought to the front.')
  app.quit()
}

async function start(): Promise<void> {
  const parsed = options(process.argv)
  if (!parsed.ok) throw new Error(parsed.error)
  protocol.handle(APP_SCHEME.scheme, serveFolder(join(import.meta.dirname, '../renderer')))
  lockDown(app, appUrl, warn)
  quitOnSignals(app)

  const engine = await createEngine({
    ...parsed.options,
    recordingsFolder: join(app.getPath('userData'), 'recordings'),
    version: app.getVersion(),
    warn,
  })
  closeBeforeQuit(app, () => engine.close(), warn)

  const window = createWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    warn,
  })
  app.on('second-instance', () => focusWindow(window))
  serveWindow({ ipc: ipcMain, contents: window.webContents, engine, appUrl, warn })
  recoverFromCrashes({
    contents: window.webContents,
    ask: (reason) => askAfterCrash(window, reason),
    quit: () => app.quit(),
    warn,
  })
  const template = menuTemplate(
    process.platform,
    (action) => window.webContents.send(CHANNELS.menu, action),
    !app.isPackaged,
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  await load(window)
}

/** Rejects where the page cannot be loaded; closing the window meanwhile is no failure. */
async function load(window: BrowserWindow): Promise<void> {
  let closing = false
  window.once('close', () => {
    closing = true
  })
  await window.loadURL(appUrl).catch((error: unknown) => {
    if (!closing) throw error
  })
}

const AFTER_CRASH = ['reload', 'quit'] as const

async function askAfterCrash(window: BrowserWindow, reason: string): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has crashed again',
    detail: `Its page ended (${reason}). The proxy, the servers and the clients are still running.`,
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  return AFTER_CRASH[response] ?? 'reload'
}

/** After `--` everything is ours; without it, Electron's and Chromium's own arguments stand beside ours. */
function options(argv: readonly string[]) {
  const dashes = argv.indexOf('--')
  return dashes === -1
    ? parseOptions(argv.slice(1), OPTIONS, 'ignore')
    : parseOptions(argv.slice(dashes + 1), OPTIONS)
}

function fail(reason: unknown): void {
  const message = reason instanceof Error ? reason.message : String(reason)
  warn(message)
  dialog.showErrorBox('Roundabout cannot start', message)
  app.exit(FAILED)
}
