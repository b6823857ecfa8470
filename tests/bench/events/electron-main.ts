// The desktop's side of the events benchmark: a window as the app opens it, the app's own preload and IPC.
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol } from 'electron'
import { serveWindow } from '../../../src/main/desktop/ipc'
import { APP_SCHEME, APP_URL, serveFolder } from '../../../src/main/desktop/scheme'
import { type RunOrder, Sender, type SenderReport } from './sender'

/** What the benchmark asks for, and what it gets. */
export type ElectronOrder = RunOrder | { evaluate: string }
export type ElectronReport = SenderReport<null> | { type: 'value'; value: unknown }

const sender = new Sender()
const report = (message: ElectronReport) => process.send?.(message)

protocol.registerSchemesAsPrivileged([APP_SCHEME])
void app.whenReady().then(start)

async function start(): Promise<void> {
  protocol.handle(APP_SCHEME.scheme, serveFolder(join(import.meta.dirname, 'events-page')))
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  })
  const contents = window.webContents
  serveWindow({
    checkProgram: () => ({ end: () => {}, stop: () => {} }),
    compare: () => ({ end: () => {}, stop: () => {} }),
    lessons: () => ({ request: () => {}, stop: () => {} }),
    rooms: () => ({ request: () => {}, stop: () => {} }),
    openNotes: () => {},
    ipc: ipcMain,
    contents,
    engine: sender.engine,
    takeFile: async () => ({ ok: true, value: null }),
    reportProblem: ({ message }) => console.error(message),
    appUrl: APP_URL,
    warn: (text) => console.error(text),
  })
  await window.loadURL(APP_URL)
  process.on('message', async (order: ElectronOrder) => {
    if ('pairs' in order) report({ type: 'done', phases: await sender.run(order) })
    else report({ type: 'value', value: await contents.executeJavaScript(order.evaluate) })
  })
  process.on('disconnect', () => app.exit())
  report({ type: 'ready', address: null })
}
