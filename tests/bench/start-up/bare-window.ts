// What the app is measured beside: a window of the same size with one word in it, as little as Electron can be.
import { app, BrowserWindow } from 'electron'

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL('data:text/html,<title>Bare</title><h1>Bare</h1>')
})
app.on('window-all-closed', () => app.quit())
