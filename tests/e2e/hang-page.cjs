// Loaded into Electron (`--require`) by the test of a page that does not answer: sends it into an endless loop when it shows
// the pool. The question that the app then asks is written down, and answered by what the test calls. Playwright cannot
// stand by: while a debugger is attached, Chromium lets a page take as long as it likes.
const { app, dialog } = require('electron')
require('./way-in.cjs')

const POOL_SHOWN = `new Promise((resolve) => {
  const look = () =>
    document.body.innerText.includes('Server 400') ? resolve() : setTimeout(look, 50)
  look()
})`
/** Chromium notices by a press that the page does not take in. */
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
    contents.executeJavaScript('for (;;) {}').catch(() => {})
    const pressing = setInterval(() => {
      for (const type of ['mouseDown', 'mouseUp']) {
        contents.sendInputEvent({ type, x: 400, y: 300, button: 'left', clickCount: 1 })
      }
    }, PRESS_EVERY_MS)
    contents.once('render-process-gone', () => clearInterval(pressing))
  })
})
