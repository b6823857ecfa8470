// A viewer of a class, as the page for phones is one: it joins with the code and keeps the newest message of each kind.
import { WebSocket } from 'ws'
import type { RoomMessage, ViewerMessage } from '../../src/shared/room/viewer-line'

type Told<K extends RoomMessage['kind']> = Extract<RoomMessage, { kind: K }>

export interface TestViewer {
  socket: WebSocket
  say(message: ViewerMessage): void
  /** The newest message of this kind. */
  last<K extends RoomMessage['kind']>(kind: K): Told<K> | undefined
  /** How many messages of this kind came. */
  count(kind: RoomMessage['kind']): number
  /** Reads nothing more. */
  stopReading(): void
  closed: Promise<{ code: number; reason: string }>
}

/** Resolves when the connection is open; rejects if it is refused. `url`: the address of the class, with its code.
 * `from`: the viewer's. */
export async function connectViewer(url: string, from?: string): Promise<TestViewer> {
  const { host, origin } = new URL(url)
  const local = from === undefined ? {} : { localAddress: from }
  const socket = new WebSocket(`ws://${host}/class`, { origin, ...local })
  const newest = new Map<string, RoomMessage>()
  const counts = new Map<string, number>()
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as RoomMessage
    newest.set(message.kind, message)
    counts.set(message.kind, (counts.get(message.kind) ?? 0) + 1)
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    say: (message) => socket.send(JSON.stringify(message)),
    last: <K extends RoomMessage['kind']>(kind: K) => newest.get(kind) as Told<K> | undefined,
    count: (kind) => counts.get(kind) ?? 0,
    stopReading: () => socket.pause(),
    closed,
  }
}

/** Joins as the page does that was opened by the link. */
export async function joinViewer(url: string, name = ''): Promise<TestViewer> {
  const viewer = await connectViewer(url)
  const joined = new Promise<void>((resolve) => {
    const look = () => {
      if (viewer.last('joined') === undefined) return
      viewer.socket.off('message', look)
      resolve()
    }
    viewer.socket.on('message', look)
  })
  viewer.say({ kind: 'join', code: new URL(url).hash.slice(1), name })
  await joined
  return viewer
}
