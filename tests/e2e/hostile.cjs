// Loaded into Electron (`--require`) by the hostile tests: gives the pages what an attacker would have to break Chromium
// for. Every page gets raw IPC (hostile-preload.cjs), and there is a session that serves, under the app's own address,
// pages without any of its headers.
const { join } = require('node:path')
const { deserialize } = require('node:v8')
const { app, BrowserWindow, ipcMain, session, webContents } = require('electron')

const RAW_IPC = join(__dirname, 'hostile-preload.cjs')
const BRIDGE = join(__dirname, '../../out/preload/index.cjs')
const BARE = 'bare'

app.on('session-created', giveRawIpc)
app.whenReady().then(() => giveRawIpc(session.defaultSession))

function giveRawIpc(given) {
  if (given.registerPreloadScript) {
    given.registerPreloadScript({ type: 'frame', id: 'hostile', filePath: RAW_IPC })
  } else {
    given.setPreloads([RAW_IPC])
  }
}

let keys = 0
const outcomes = new Map()
ipcMain.handle('hostile:outcome', (_event, id, outcome) => outcomes.get(id)?.(outcome))

/** A window with the app's own bridge, in the app's own session or in the one without its headers. */
function newWindow(where) {
  const partition = where === BARE ? { partition: BARE } : {}
  return new BrowserWindow({ show: false, webPreferences: { preload: BRIDGE, ...partition } })
}

/** Gives the number of the window's page. */
async function open({ url, where }) {
  const window = newWindow(where)
  await window.loadURL(url)
  return window.webContents.id
}

/** Gives why the address cannot be loaded into a window. */
async function fail({ url, where }) {
  const window = newWindow(where)
  const reason = await window.loadURL(url).then(
    () => 'It was loaded.',
    (error) => error.message,
  )
  window.destroy()
  return reason
}

/**
 * Lets a page make calls with these lists of arguments; gives what became of each. A list is in V8's serialisation and
 * base64, or says how many characters of `text` or how many `bytes` are to be sent.
 * `way`: the method of `ipcRenderer`.
 */
async function call({ id, way, channel, lists }) {
  const contents = webContents.fromId(id)
  const results = []
  for (const list of lists) {
    const key = keys++
    const outcome = new Promise((resolve) => outcomes.set(key, resolve))
    const isSize = typeof list !== 'string'
    const wanted = isSize ? list : { args: deserialize(Buffer.from(list, 'base64')) }
    contents.send('hostile:call', key, way, channel, wanted)
    results.push(await outcome)
  }
  return results
}

/** Answers under the app's own address: pages without its headers, and one that leads elsewhere. */
function serveBarePages() {
  session.fromPartition(BARE).protocol.handle('app', ({ url }) => {
    if (url.endsWith('/redirect.html')) {
      return new Response(null, { status: 302, headers: { Location: 'https://example.invalid/' } })
    }
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html'
    return new Response('', { headers: { 'Content-Type': type } })
  })
}

globalThis.hostile = { open, fail, call, serveBarePages }
