// Loaded into Electron (`--require`) by the test of crashes: ends the page twice, each time when it shows the pool,
// and answers "Reload" when the app asks. Playwright cannot stand by here: to it, a page that crashed stays so.
const { app, dialog } = require('electron')

const POOL_SHOWN = `new Promise((resolve) => {
  const look = () =>
    document.body.innerText.includes('Server 400') ? resolve() : setTimeout(look, 50)
  look()
})`

let shown = 0

dialog.showMessageBox = async () => {
  console.log('asked')
  return { response: 0, checkboxChecked: false }
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('did-finish-load', async () => {
    await contents.executeJavaScript(POOL_SHOWN)
    shown++
    console.log(`shown ${shown}`)
    if (shown < 3) contents.forcefullyCrashRenderer()
  })
})
