// A class of viewers, in a process of its own: each is a WebSocket that counts the frames it gets, and acknowledges them
// one by one at a steady rate, which is how fast it wants them.
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface ViewersOrder {
  /** The viewers' address of the web host, with the token. */
  page: string
  viewers: number
  framesPerSecond: number
}

/** All since they were opened. */
export interface ViewersReport {
  frames: number
  bytes: number
}

const sockets: WebSocket[] = []
const report: ViewersReport = { frames: 0, bytes: 0 }

/** Opens them, each at a moment of its own within the time between two frames. */
async function open({ page, viewers, framesPerSecond }: ViewersOrder): Promise<void> {
  const everyMs = 1000 / framesPerSecond
  for (let index = 0; index < viewers; index++) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, everyMs / viewers)))
    await openViewer(page, everyMs)
  }
}

async function openViewer(page: string, everyMs: number): Promise<void> {
  const { host, origin, search } = new URL(page)
  const socket = new WebSocket(`ws://${host}/ws${search}`, { origin, perMessageDeflate: false })
  sockets.push(socket)
  let got = 0
  let acknowledged = 0
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return
    got++
    report.frames++
    report.bytes += data.length
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ kind: 'subscribe' }))
  const timer = setInterval(() => {
    if (acknowledged === got) return
    socket.send(JSON.stringify({ kind: 'acknowledge', frame: ++acknowledged }))
  }, everyMs)
  socket.on('close', () => clearInterval(timer))
}

process.on('message', (order: ViewersOrder | 'count') => {
  if (order === 'count') process.send?.(report)
  else void open(order).then(() => process.send?.(report))
})
process.on('disconnect', () => process.exit())
