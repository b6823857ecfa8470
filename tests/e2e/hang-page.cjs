// Loaded into Electron (`--require`) by the test of a page that hangs: starts an endless loop in the page once it shows the
// pool. Prints the app's dialog and answers it when the test says so. Without Playwright, because Chromium never reports a
// hung page while a debugger is attached.
const os = require('node:os')
const { app, dialog } = require('electron')
require('./code-pipe.cjs')

const POOL_SHOWN = `new Promise((resolve) => {
  const look = () =>
    document.body.innerText.includes('Server 400') ? resolve() : setTimeout(look, 50)
  look()
})`
/** Chromium notices by a mouse press that the page does not handle. */
const PRESS_EVERY_MS = 1_000

let shown = 0

dialog.showMessageBox = (_window, { message, buttons }) => {
  console.log(`asked: ${message}: ${buttons.join(', ')}`)
  return new Promise((answer) => {
    globalThis.press = (button) => answer({ response: buttons.indexOf(button) })
  })
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('did-finish-load', async () => {
    await contents.executeJavaScript(POOL_SHOWN)
    shown++
    console.log(`shown ${shown}`)
    if (shown > 1) return
    // For the quarter of a minute until Chromium notices, the loop takes only time that nobody else wants.
    os.setPriority(contents.getOSProcessId(), os.constants.priority.PRIORITY_LOW)
    contents.executeJavaScript('for (;;) {}').catch(() => {})
    const pressing = setInterval(() => {
      for (const type of ['mouseDown', 'mouseUp']) {
        contents.sendInputEvent({ type, x: 400, y: 300, button: 'left', clickCount: 1 })
      }
    }, PRESS_EVERY_MS)
    contents.once('render-process-gone', () => clearInterval(pressing))
  })
})
