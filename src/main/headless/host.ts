// The app served to browsers on loopback: the page and its files over HTTP, the engine over a WebSocket.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import sirv from 'sirv'
import { WebSocketServer } from 'ws'
import { DEFAULT_HOST } from '../../shared/limits'
import { pageHeaders } from '../../shared/page-headers'
import { isOwnHost, isOwnOrigin, isToken, newToken } from './access'
import { MAX_CLIENT_MESSAGE_BYTES } from './messages'
import { type ServedRecordings, serveRecordings } from './recordings'
import { REFUSAL_PAGE } from './refusal-page'
import { type ScreenEngine, serveScreen } from './screen'

/** Browser windows at once; a class of students on one machine stays far below. */
const MAX_SCREENS = 100
const GOING_AWAY = 1001

export type ServedEngine = ScreenEngine & ServedRecordings

export interface WebHost {
  readonly port: number
  /** The address to open, with the token. */
  readonly url: string
  close(): Promise<void>
}

export interface WebHostOptions {
  engine: ServedEngine
  /** The built renderer. */
  folder: string
  /** 0: any free one. */
  port: number
  /** Told of everything that is refused. */
  warn: (text: string) => void
}

/** Rejects with a sentence for the user when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, folder, warn } = options
  const token = newToken()
  const server = createServer()
  const port = await listen(server, options.port, warn)
  const headers = pageHeaders(`ws://127.0.0.1:${port} ws://localhost:${port}`)
  const files = sirv(folder, {
    etag: true,
    // A file has one name: nothing is guessed from a shorter one.
    extensions: [],
    setHeaders: (response) => setAll(response, headers),
  })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_MESSAGE_BYTES,
    perMessageDeflate: false,
  })

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = urlOf(request)
    if (url === undefined || !isOwnHost(request.headers.host, port)) {
      warn(`A request for host "${request.headers.host}" was refused.`)
      return answer(response, 421, 'text/plain', 'This host answers on 127.0.0.1 only.\n')
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return answer(response, 405, 'text/plain', 'Only GET and HEAD are served.\n')
    }
    const path = decoded(url.pathname)
    const recordings = serveRecordings(path, engine)
    if (recordings !== undefined) {
      if (!isToken(url.searchParams.get('token'), token)) {
        warn('A request for a recording without the present token was refused.')
        return answer(response, 403, 'text/plain', 'The token is not the present one.\n')
      }
      setAll(response, headers)
      recordings(url.searchParams, response, warn)
      return
    }
    const isPage = path === '/' || path.endsWith('.html')
    if (isPage && !isToken(url.searchParams.get('token'), token)) {
      warn('A page without the present token was refused.')
      return answer(response, 403, 'text/html', REFUSAL_PAGE)
    }
    if (isPage) response.setHeader('Cache-Control', 'no-store')
    if (path === '/') request.url = '/index.html'
    files(request, response, () => answer(response, 404, 'text/plain', 'There is no such file.\n'))
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request)
    if (refusal !== undefined) {
      warn(`A WebSocket was refused: ${refusal.reason}`)
      socket.on('error', () => socket.destroy())
      socket.end(`HTTP/1.1 ${refusal.status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (screen) => serveScreen(screen, engine, warn))
  })

  function refusalOf(request: IncomingMessage): { status: string; reason: string } | undefined {
    const url = urlOf(request)
    const { host, origin } = request.headers
    if (url?.pathname !== '/ws') return { status: '404 Not Found', reason: 'its path is not /ws.' }
    if (!isOwnHost(host, port)) {
      return { status: '421 Misdirected Request', reason: `it asked for host "${host}".` }
    }
    if (!isOwnOrigin(origin, port)) {
      return { status: '403 Forbidden', reason: `it came from origin "${origin}".` }
    }
    if (!isToken(url.searchParams.get('token'), token)) {
      return { status: '403 Forbidden', reason: 'it came without the present token.' }
    }
    if (sockets.clients.size >= MAX_SCREENS) {
      return { status: '503 Service Unavailable', reason: `${MAX_SCREENS} windows are open.` }
    }
    return undefined
  }

  function answer(response: ServerResponse, status: number, type: string, body: string): void {
    setAll(response, headers)
    response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` }).end(body)
  }

  return {
    port,
    url: `http://${DEFAULT_HOST}:${port}/?token=${token}`,
    async close() {
      for (const screen of sockets.clients) screen.close(GOING_AWAY)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const screen of sockets.clients) screen.terminate()
      await closed
    },
  }
}

function listen(server: Server, port: number, warn: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(refusedPort(port, error))
    server.once('error', refuse)
    server.listen(port, DEFAULT_HOST, () => {
      server.off('error', refuse)
      // Such as a connection that could not be accepted for want of file descriptors: the others go on.
      server.on('error', (error) => warn(`The web host had a fault: ${error.message}`))
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Says what can be done about a port that cannot be listened on. */
export function refusedPort(port: number, error: NodeJS.ErrnoException): Error {
  const advice = 'name another one with --port, or 0 for any free one.'
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} is in use by another program: ${advice}`)
    case 'EACCES':
      return new Error(`Port ${port} may not be used by this account: ${advice}`)
    default:
      return error
  }
}

/** As the file server reads it, so that no spelling of a page's name passes for another file's. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replace(/(?<=.)\/+$/, '')
  } catch {
    return path
  }
}

function urlOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', 'http://localhost')
  } catch {
    return undefined
  }
}

function setAll(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
