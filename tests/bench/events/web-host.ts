// Serves the events benchmark's page to a browser: with the real headless host, and beside it in the two ways
// that one would write first, a message per event and batches of plain JSON.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import { startWebHost } from '../../../src/main/headless/web-host'
import { readPageFiles } from '../../../src/main/web/files'
import type { LabEvent } from '../../../src/shared/events'
import { FRAME_MS, MAX_UNACKNOWLEDGED } from '../../../src/shared/limits'
import { obey, Sender } from './sender'

/** Where the page is, by the way that events take to it. */
export interface WebAddresses {
  frames: string
  batches: string
  each: string
}

/** Past it, a message per event would pile up in memory: what does not fit is left out. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024

const folder = join(import.meta.dirname, 'events-page')
const sender = new Sender()
const host = await startWebHost({
  engine: sender.engine,
  folder,
  port: 0,
  warn: (text) => console.error(text),
})
const plain = await startPlainHost()
obey<WebAddresses>(sender, {
  frames: host.url,
  batches: `${plain}/#batches`,
  each: `${plain}/#each`,
})

async function startPlainHost(): Promise<string> {
  const files = await readPageFiles(folder)
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url === '/' ? '/index.html' : url)
    if (file === undefined) return response.writeHead(404).end()
    return response.writeHead(200, { 'Content-Type': file.type }).end(file.body)
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket, request) => {
    const start = request.url === '/each' ? sendEach : sendBatches
    socket.on(
      'close',
      sender.addPage(() => start(socket)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function sendEach(socket: WebSocket): () => void {
  return sender.journal.subscribe((event) => {
    if (socket.bufferedAmount < MAX_BUFFERED_BYTES) socket.send(JSON.stringify(plainEvent(event)))
  })
}

/** Batches as the feed sends them, one a frame, as far as they are acknowledged. */
function sendBatches(socket: WebSocket): () => void {
  let waiting: object[] = []
  let unacknowledged = 0
  const acknowledge = () => unacknowledged--
  const stop = sender.journal.subscribe((event) => waiting.push(plainEvent(event)))
  const timer = setInterval(() => {
    if (waiting.length === 0 || unacknowledged === MAX_UNACKNOWLEDGED) return
    unacknowledged++
    socket.send(JSON.stringify(waiting))
    waiting = []
  }, FRAME_MS)
  socket.on('message', acknowledge)
  return () => {
    socket.off('message', acknowledge)
    stop()
    clearInterval(timer)
  }
}

/** JSON has no bytes: the message travels as its text. */
function plainEvent(event: LabEvent): object {
  if (event.type !== 'packet.sent') return event
  return { ...event, bytes: Buffer.from(event.bytes).toString() }
}
