// The viewers of a class, in a process of its own: WebSockets that join by the code, of which some read nothing after that.
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface ViewersOrder {
  /** The address of the class, with its code. */
  url: string
  viewers: number
  /** How many of them read nothing once they have joined. */
  slow: number
}

/** What the viewers that read have received since they joined. */
export interface ViewersReport {
  moments: number
  bytes: number
  /** Their connections that were closed. */
  closed: number
}

const sockets: WebSocket[] = []
const report: ViewersReport = { moments: 0, bytes: 0, closed: 0 }

async function open({ url, viewers, slow }: ViewersOrder): Promise<void> {
  for (let index = 0; index < viewers; index++) await join(url, index < slow)
}

async function join(url: string, isSlow: boolean): Promise<void> {
  const { host, origin, hash } = new URL(url)
  const socket = new WebSocket(`ws://${host}/class`, { origin, perMessageDeflate: false })
  sockets.push(socket)
  await once(socket, 'open')
  socket.send(JSON.stringify({ kind: 'join', code: hash.slice(1), name: '' }))
  await once(socket, 'message')
  if (isSlow) return socket.pause()
  socket.on('message', (data: Buffer) => {
    report.bytes += data.length
    if (data.subarray(0, 16).includes('moment')) report.moments++
  })
  socket.on('close', () => report.closed++)
}

/** Everybody answers the question of this number at once. */
function vote(question: number): void {
  for (const [index, socket] of sockets.entries()) {
    const answer = { kind: 'choice', index: index % 2 }
    socket.send(JSON.stringify({ kind: 'answer', question, round: 1, answer }))
  }
}

process.on('message', (order: ViewersOrder | number | 'count') => {
  if (order === 'count') process.send?.(report)
  else if (typeof order === 'number') vote(order)
  else void open(order).then(() => process.send?.(report))
})
process.on('disconnect', () => process.exit())
