// Creates the app's windows, sandboxed and shown after the first paint: that of the lab, with its saved bounds, and that of the
// presenter's notes.
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  nativeTheme,
  screen,
} from 'electron'
import { readJson, writeJson } from './json-file'
import { MIN_HEIGHT, MIN_WIDTH, windowBoundsFor } from './window-bounds'

/** The canvas's own colours (theme/tokens.ts), so that nothing flashes before the first paint. */
const BACKGROUND = { light: '#fafbfc', dark: '#11151b' }

interface WindowOptions {
  preload: string
  icon: string
  warn: (text: string) => void
}

export function createWindow({ preload, icon, warn }: WindowOptions): BrowserWindow {
  const boundsFile = join(app.getPath('userData'), 'window.json')
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  const { maximized, ...bounds } = windowBoundsFor(
    readJson(boundsFile),
    [primary, ...others].map((display) => display.workArea),
  )
  const size = { ...bounds, minWidth: MIN_WIDTH, minHeight: MIN_HEIGHT }
  const window = makeWindow({ ...size, title: 'Roundabout' }, preload, icon)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    try {
      writeJson(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      warn(`The window's place could not be remembered: ${error}`)
    }
  })
  return window
}

/** For a second screen, beside the lab that the hall sees. */
export function createNotesWindow({ preload, icon }: Omit<WindowOptions, 'warn'>): BrowserWindow {
  const size = { width: 560, height: 760, minWidth: 360, minHeight: 360 }
  const options = { ...size, title: 'Notes – Roundabout', autoHideMenuBar: true }
  const window = makeWindow(options, preload, icon)
  window.once('ready-to-show', () => window.show())
  return window
}

function makeWindow(
  options: BrowserWindowConstructorOptions,
  preload: string,
  icon: string,
): BrowserWindow {
  return new BrowserWindow({
    ...options,
    show: false,
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // The app draws its own dialogs; a page's `alert` would block everything.
      disableDialogs: true,
      // A package has no developer tools.
      devTools: !app.isPackaged,
      // The lab's clock does not slow down behind another window, so its picture must not either.
      backgroundThrottling: false,
    },
  })
}

/** Brings the window to the front, for a second start of the app. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
