// Serves the app to browsers on loopback: the page and its files over HTTP, the engine over a
// WebSocket. Refuses clients without a token or over a limit with a sentence, and logs each
// refusal.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { UserRole } from '../../shared/commands'
import { type HostToClient, type Problem, VIEWER_ADDRESS_PATH } from '../../shared/contract'
import {
  DEFAULT_HOST,
  IDLE_LIMIT_MS,
  MAX_SCREENS,
  MAX_VIEWERS,
  MAX_WEB_CONNECTIONS,
  OTHER_REQUESTS,
  REQUEST_LIMIT_MS,
  TOKEN_REQUESTS,
} from '../../shared/limits'
import { PROMETHEUS_TYPE } from '../../shared/metrics/prometheus'
import { pageHeaders } from '../../shared/page-headers'
import { TokenBucket } from '../token-bucket'
import { type HttpRefusal, refusalOf, Tokens } from '../web/access'
import { htmlPage, refuse, send, setAll, text } from '../web/answers'
import { ConnectionLimit } from '../web/connection-limit'
import { readPageFiles } from '../web/files'
import {
  createSocketServer,
  endWith,
  onlyToken,
  refusalOfMethod,
  refuseFaults,
  urlOf,
} from '../web/http'
import { MAX_CLIENT_MESSAGE_BYTES } from '../web/messages'
import { type ServedRecordings, serveRecordings } from '../web/recordings'
import { type ScreenEngine, type ScreenOptions, serveScreen } from '../web/screen-socket'

const METRICS_PATH = '/metrics'
const GOING_AWAY = 1001
/** How often connections are checked against the time limits. */
const CHECK_EVERY_MS = 1_000
const CLOSE_LIMIT_MS = 2_000

export type ServedEngine = ScreenEngine & ServedRecordings

export interface WebHost {
  readonly port: number
  /** The address to open, with the token. */
  readonly url: string
  /** Resolves once a browser has requested the page at that address. */
  readonly opened: Promise<void>
  /** Shows a problem of this process in every open window. */
  showProblem(problem: Problem): void
  close(): Promise<void>
}

interface WebHostOptions
  extends Pick<ScreenOptions, 'compare' | 'checkProgram' | 'lessons' | 'rooms'> {
  engine: ServedEngine
  /** What `/metrics` serves; undefined: there is no such path. */
  metrics?: { text(): string } | undefined
  /** The built renderer. */
  folder: string
  /** 0: any free one. */
  port: number
  /** Gets a sentence about every refusal; it must cope with a flood of them. */
  warn: (text: string) => void
  /** How long a request may take to arrive. */
  requestLimitMs?: number
  /** How long a window may take to answer a close frame. */
  closeLimitMs?: number
  now?: () => number
}

/** Rejects with a sentence for the user if the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, warn, now, compare, checkProgram, lessons, rooms } = options
  const { requestLimitMs = REQUEST_LIMIT_MS, closeLimitMs = CLOSE_LIMIT_MS } = options
  const tokens = new Tokens()
  let resolveOpened = () => {}
  const opened = new Promise<void>((resolve) => {
    resolveOpened = resolve
  })
  const files = await readPageFiles(options.folder)
  const server = createServer({
    headersTimeout: requestLimitMs,
    requestTimeout: requestLimitMs,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  })
  server.timeout = IDLE_LIMIT_MS
  const port = await listen(server, options.port, warn)
  const headers = pageHeaders(`ws://127.0.0.1:${port} ws://localhost:${port}`)
  const serveRecording = serveRecordings(engine, warn)
  const sockets = createSocketServer({ maxPayload: MAX_CLIENT_MESSAGE_BYTES, closeLimitMs })
  const operators = new TokenBucket(TOKEN_REQUESTS, now)
  const viewers = new TokenBucket(TOKEN_REQUESTS, now)
  const others = new TokenBucket(OTHER_REQUESTS, now)
  const connections = new ConnectionLimit(MAX_WEB_CONNECTIONS, warn)
  /** The open windows and their roles. */
  const screens = new Map<WebSocket, UserRole>()

  server.on('connection', (socket) => connections.add(socket))

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request, port, false) ?? refusalOfMethod(request)
    if (refusal !== undefined) {
      warn(`A request was refused. ${refusal.reason}`)
      return refuse(response, refusal.status, refusal.reason)
    }
    const { pathname, searchParams } = urlOf(request)
    const path = pathname === '/' ? '/index.html' : pathname
    const file = files.get(path)
    const isPage = path.endsWith('.html')
    const role = tokens.roleOf(onlyToken(searchParams))
    connections.requested(request.socket, role)
    // A page's files are requested without the token, and serving one costs no more than refusing
    // it. If they counted as requests without a token, a flood of those would break a person's
    // page.
    const isCounted = isPage || file === undefined
    if (isCounted && !requestsOf(role).take()) {
      warn('A request was refused. There are too many of them.')
      const answer = isPage ? htmlPage(429, 'tooManyRequests') : text(429, 'Too many requests.')
      return send(response, { ...answer, headers: { 'Retry-After': '1' } })
    }
    if (serveRecording.has(pathname)) {
      if (role !== undefined) {
        return serveRecording.serve(pathname, searchParams, role, setAll(response, headers))
      }
      warn('A request for a recording without the present token was refused.')
      return refuse(response, 403, 'The token is not the present one.')
    }
    if (pathname === VIEWER_ADDRESS_PATH) {
      if (role === 'operator') return send(response, text(200, addressOf(tokens.viewer)))
      warn('A request for the address of viewers without the operator’s token was refused.')
      return refuse(response, 403, 'Only an operator may make an address for viewers.')
    }
    // A scraper cannot know the token of this run. It reads counts and ids, and no message.
    if (pathname === METRICS_PATH && options.metrics !== undefined) {
      return send(response, { status: 200, type: PROMETHEUS_TYPE, body: options.metrics.text() })
    }
    if (file === undefined) return refuse(response, 404, 'There is no such file.')
    if (isPage && role === undefined) {
      warn('A page without the present token was refused.')
      return send(response, htmlPage(403, 'noToken'))
    }
    const full = isPage ? fullReason(role) : undefined
    if (full !== undefined) {
      warn(`A page was refused. ${full}`)
      return send(response, htmlPage(503, 'tooManyWindows'))
    }
    if (isPage && role === 'operator') resolveOpened()
    // A browser must not use what it cached of another program at this port, or of another version.
    const caching = { ETag: file.etag, 'Cache-Control': isPage ? 'no-store' : 'no-cache' }
    const isKept = !isPage && request.headers['if-none-match'] === file.etag
    const { type, body } = isKept ? { type: file.type, body: '' } : file
    return send(response, {
      status: isKept ? 304 : 200,
      type,
      body,
      headers: { ...headers, ...caching },
    })
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request, port, true)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal)
    const access = accessOfScreen(request)
    if (access.role === undefined) return refuseUpgrade(socket, access)
    const { role } = access
    connections.requested(request.socket, role)
    return sockets.handleUpgrade(request, socket, head, (screen) => {
      screens.set(screen, role)
      screen.once('close', () => screens.delete(screen))
      serveScreen(screen, { engine, role, compare, checkProgram, lessons, rooms, warn, now })
    })
  })
  sockets.on('wsClientError', (error, socket) => {
    refuseUpgrade(socket, { status: 400, reason: `It was no proper handshake: ${error.message}.` })
  })

  /** Returns the role of a window that wants to connect, or why it may not. */
  function accessOfScreen(
    request: IncomingMessage,
  ): { role: UserRole } | (HttpRefusal & { role?: undefined }) {
    const { pathname, searchParams } = urlOf(request)
    if (pathname !== '/ws') return { status: 404, reason: 'Its path is not /ws.' }
    const role = tokens.roleOf(onlyToken(searchParams))
    if (role === undefined) return { status: 403, reason: 'It came without the present token.' }
    const full = fullReason(role)
    return full === undefined ? { role } : { status: 503, reason: full }
  }

  /**
   * Returns why no further window of this role can open, as a sentence. Viewers leave room for
   * operators.
   */
  function fullReason(role: UserRole | undefined): string | undefined {
    if (screens.size >= MAX_SCREENS) return `${MAX_SCREENS} windows are open.`
    if (role !== 'viewer') return undefined
    const watching = [...screens.values()].filter((other) => other === 'viewer').length
    return watching >= MAX_VIEWERS ? `${MAX_VIEWERS} viewers are connected.` : undefined
  }

  /** Separate limits: a flood by one group must not shut out another. */
  function requestsOf(role: UserRole | undefined): TokenBucket {
    if (role === undefined) return others
    return role === 'operator' ? operators : viewers
  }

  const addressOf = (token: string) => `http://${DEFAULT_HOST}:${port}/?token=${token}`

  function refuseUpgrade(
    socket: Duplex,
    { status, reason }: { status: number; reason: string },
  ): void {
    warn(`A WebSocket was refused. ${reason}`)
    endWith(socket, status, reason)
  }

  refuseFaults(server, warn)

  return {
    port,
    url: addressOf(tokens.operator),
    opened,
    showProblem(problem) {
      const message: HostToClient = { kind: 'problem', problem }
      for (const screen of sockets.clients) screen.send(JSON.stringify(message))
    },
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
    const refuseToStart = (error: NodeJS.ErrnoException) => reject(refusedPort(port, error))
    server.once('error', refuseToStart)
    server.listen(port, DEFAULT_HOST, () => {
      server.off('error', refuseToStart)
      // For example a connection that could not be accepted for lack of file descriptors. The
      // others are not affected.
      server.on('error', (error) => warn(`The web host had a fault: ${error.message}`))
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Says what to do about a port that cannot be listened on. */
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
