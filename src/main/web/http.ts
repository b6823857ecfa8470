// What every host of a page does with a connection: which requests it reads, how it refuses what is not one, and the
// limits of its WebSockets.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { HttpRefusal } from './access'

/** Fragments of one message; a browser's are tens of kilobytes each. */
const MAX_FRAGMENTS = 1_024
const MAX_BUFFERED_CHUNKS = 4_096

const STATUS_OF_FAULT: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** `closeLimitMs`: how long a window may take to answer a close frame. */
export function createSocketServer({
  maxPayload,
  closeLimitMs,
}: {
  maxPayload: number
  closeLimitMs: number
}): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    perMessageDeflate: false,
    // Pings count as messages, and are answered where those are counted.
    autoPong: false,
    // Spread, because the type definitions do not have it.
    ...{ closeTimeout: closeLimitMs },
  })
}

/** Answers what is no proper request with a sentence, and closes. */
export function refuseFaults(server: Server, warn: (text: string) => void): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    warn(`A connection was cut off: ${error.message}.`)
    return endWith(socket, STATUS_OF_FAULT[error.code ?? ''] ?? 400, 'That was no proper request.')
  })
}

/** Refuses methods and requests with a body: request bodies are never read. */
export function refusalOfMethod({ method, headers }: IncomingMessage): HttpRefusal | undefined {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, reason: 'Only GET and HEAD are served.' }
  }
  if ('transfer-encoding' in headers || Number(headers['content-length'] ?? 0) !== 0) {
    return { status: 413, reason: 'It has a body, which no request here needs.' }
  }
  return undefined
}

/**
 * Answers without a response object and closes, so a client that keeps its side open holds nothing
 * here.
 */
export function endWith(socket: Duplex, status: number, reason: string): void {
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
  )
}

/** The request's target is a path (access.ts), so this never throws. */
export function urlOf(request: IncomingMessage): URL {
  return new URL(`http://host${request.url}`)
}

/** Returns null if there are several tokens: two readers might choose different ones. */
export function onlyToken(query: URLSearchParams): string | null {
  const tokens = query.getAll('token')
  return tokens.length === 1 ? (tokens[0] ?? null) : null
}
