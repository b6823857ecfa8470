// Raw IPC for a page: what an attacker has who has taken the renderer's process over.
const { ipcRenderer } = require('electron')

ipcRenderer.on('hostile:call', async (_event, key, way, channel, wanted) => {
  const outcome = await attempt(way, channel, wanted)
  ipcRenderer.invoke('hostile:outcome', key, outcome)
})

async function attempt(way, channel, wanted) {
  try {
    return { answer: await ipcRenderer[way](channel, ...made(wanted)) }
  } catch (error) {
    return { error: String(error) }
  }
}

/** What is too large to be sent here is made here. */
function made({ args, text, bytes }) {
  if (text) return ['x'.repeat(text)]
  if (bytes) return [new Uint8Array(bytes)]
  return args
}
