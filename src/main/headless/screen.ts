// One browser window at the other end of a WebSocket: its commands go to the engine, and frames of events
// come back, no faster than it acknowledges them.
import type { RawData, WebSocket } from 'ws'
import type { ClientToHost, HostToClient } from '../../shared/contract'
import type { Engine, Feed } from '../engine'
import { parseClientMessage } from './messages'

export type ScreenEngine = Pick<Engine, 'execute' | 'openFeed' | 'discardRecovered'>

/** `warn` is told of every message that was refused, and why. */
export function serveScreen(
  socket: WebSocket,
  engine: ScreenEngine,
  warn: (text: string) => void,
): void {
  let feed: Feed | undefined

  socket.on('message', (data: RawData, isBinary: boolean) => {
    const parsed = isBinary
      ? { ok: false as const, id: 0, error: 'Messages to the host are text.' }
      : parseClientMessage(data.toString())
    if (parsed.ok) take(parsed.message)
    else refuse(parsed.id, parsed.error)
  })
  socket.on('close', () => feed?.close())
  // `ws` closes the connection itself after an error (a message too long, bad framing).
  socket.on('error', (error) => warn(`A browser window was cut off: ${error.message}`))

  function take(message: ClientToHost): void {
    switch (message.kind) {
      case 'command':
        engine.execute(message.command).then(
          (result) => send({ kind: 'result', id: message.id, result }),
          (error: unknown) => refuse(message.id, String(error)),
        )
        break
      case 'subscribe':
        feed?.close()
        feed = engine.openFeed((frame) => {
          if (socket.readyState === socket.OPEN) socket.send(frame)
        })
        break
      case 'acknowledge':
        feed?.acknowledge(message.frame)
        break
      case 'lookBack':
        feed?.lookBack(message.looking)
        break
      case 'discardRecovered':
        engine.discardRecovered(message.name).catch((error: unknown) => refuse(0, wordsOf(error)))
        break
    }
  }

  function refuse(id: number, error: string): void {
    warn(`A browser window's message was refused: ${error}`)
    send({ kind: 'result', id, result: { ok: false, error } })
  }

  function send(message: HostToClient): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
