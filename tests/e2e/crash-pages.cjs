// Loaded into Electron (`--require`) by the test of crashes: ends the page twice, each time when it shows the pool,
// and answers "Reload" when the app asks. What notices the page has then is written down. Playwright cannot stand by here: to
// it, a page that crashed stays so.
const { app, dialog } = require('electron')

/** The notices, once the page shows the pool and has so many of them. */
const shows = (notices) => `new Promise((resolve) => {
  const look = () => {
    const found = [...document.querySelectorAll('.notice p')].map((words) => words.innerText)
    const isShown = document.body.innerText.includes('Server 400') && found.length >= ${notices}
    if (isShown) resolve(found)
    else setTimeout(look, 50)
  }
  look()
})`

let shown = 0

dialog.showMessageBox = async () => {
  console.log('asked')
  return { response: 0, checkboxChecked: false }
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('did-finish-load', async () => {
    const notices = await contents.executeJavaScript(shows(shown === 1 ? 1 : 0))
    shown++
    console.log([`shown ${shown}`, ...notices].join(': '))
    if (shown < 3) contents.forcefullyCrashRenderer()
  })
})
