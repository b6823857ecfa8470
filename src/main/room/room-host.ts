// Serves a class on one address of this machine: the page for phones to whoever asks, the WebSocket of a viewer, and, to
// those who have joined, the whole lab as a viewer sees it. Nothing here takes a command from a viewer that changes the lab.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import {
  IDLE_LIMIT_MS,
  MAX_ROOM_CONNECTIONS,
  MAX_ROOM_LABS,
  MAX_UNREAD_LAB_BYTES,
  MAX_VIEWER_MESSAGE_BYTES,
  OTHER_REQUESTS,
  REQUEST_LIMIT_MS,
  TOKEN_REQUESTS,
  VIEWER_CONNECTIONS,
} from '../../shared/limits'
import { pageHeaders } from '../../shared/page-headers'
import { VIEWER_PATH, WHOLE_LAB_PATH } from '../../shared/room/viewer-line'
import type { Engine } from '../engine'
import { TokenBucket } from '../token-bucket'
import { refusalOf } from '../web/access'
import { htmlPage, refuse, send, setAll, text } from '../web/answers'
import { ConnectionLimit } from '../web/connection-limit'
import {
  createSocketServer,
  endWith,
  onlyToken,
  refusalOfMethod,
  refuseFaults,
  urlOf,
} from '../web/http'
import { MAX_CLIENT_MESSAGE_BYTES } from '../web/messages'
import { serveRecordings } from '../web/recordings'
import { serveScreen } from '../web/screen-socket'
import { hostNames, urlHost } from './addresses'
import type { ClassRoom } from './class-room'
import type { CompressedFile } from './compressed-files'
import { ViewerLabs } from './viewer-labs'

const CHECK_EVERY_MS = 1_000
const CLOSE_LIMIT_MS = 2_000
const GOING_AWAY = 1001

export type RoomEngine = Pick<
  Engine,
  'openScreen' | 'discardSession' | 'readRecording' | 'listSessions'
>

interface RoomHostOptions {
  engine: RoomEngine
  room: ClassRoom
  files: ReadonlyMap<string, CompressedFile>
  address: string
  warn: (text: string) => void
  now?: (() => number) | undefined
}

export interface RoomHost {
  readonly port: number
  /** The address of the page, without the code. */
  readonly origin: string
  /** Closes the port and all connections. */
  close(): Promise<void>
}

/** Rejects with an Error for the instructor if the address cannot be listened on. */
export async function startRoomHost(options: RoomHostOptions): Promise<RoomHost> {
  const { engine, room, files, address, warn, now } = options
  const server = createServer({
    headersTimeout: REQUEST_LIMIT_MS,
    requestTimeout: REQUEST_LIMIT_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  })
  server.timeout = IDLE_LIMIT_MS
  const names = hostNames(address)
  const port = await listen(server, address, warn)
  const headers = pageHeaders(names.map((name) => `ws://${name}:${port}`).join(' '))
  const serveRecording = serveRecordings(engine, warn)
  const limits = { closeLimitMs: CLOSE_LIMIT_MS }
  const viewerSockets = createSocketServer({ maxPayload: MAX_VIEWER_MESSAGE_BYTES, ...limits })
  const labSockets = createSocketServer({ maxPayload: MAX_CLIENT_MESSAGE_BYTES, ...limits })
  const strangers = new TokenBucket(OTHER_REQUESTS, now)
  const viewers = new TokenBucket(TOKEN_REQUESTS, now)
  const newViewers = new TokenBucket(VIEWER_CONNECTIONS, now)
  const labs = new ViewerLabs(now)
  const connections = new ConnectionLimit(MAX_ROOM_CONNECTIONS, warn)

  server.on('connection', (socket) => connections.add(socket))

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request, port, false, names) ?? refusalOfMethod(request)
    if (refusal !== undefined) {
      warn(`A request to the class was refused. ${refusal.reason}`)
      return refuse(response, refusal.status, refusal.reason)
    }
    const { pathname, searchParams } = urlOf(request)
    const viewer = room.viewers.withToken(onlyToken(searchParams))
    connections.requested(request.socket, viewer && 'viewer', viewer?.id)
    const page = PAGES[pathname]
    const file = files.get(page ?? pathname)
    const isCounted = page !== undefined || file === undefined
    if (isCounted && !(viewer ? viewers : strangers).take()) {
      warn('A request to the class was refused. There are too many of them.')
      const answer = page ? htmlPage(429, 'tooManyRequests') : text(429, 'Too many requests.')
      return send(response, { ...answer, headers: { 'Retry-After': '1' } })
    }
    if (serveRecording.has(pathname)) {
      if (viewer === undefined) return refuse(response, 403, 'Join the class first.')
      setAll(response, headers)
      return serveRecording.serve(pathname, searchParams, 'viewer', response, viewer.id)
    }
    if (file === undefined) return refuse(response, 404, 'There is no such file.')
    // A page with a token asks whether it is still one.
    const needsToken = pathname === WHOLE_LAB_PATH || searchParams.has('token')
    if (page !== undefined && needsToken && viewer === undefined) {
      return send(response, htmlPage(403, 'notInClass'))
    }
    if (pathname === WHOLE_LAB_PATH && labSockets.clients.size >= MAX_ROOM_LABS) {
      return send(response, htmlPage(503, 'tooManyLabs'))
    }
    return sendFile(request, response, file, page !== undefined, headers)
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request, port, true, names)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal.status, refusal.reason)
    const { pathname, searchParams } = urlOf(request)
    if (pathname === VIEWER_PATH) {
      if (!newViewers.take()) return refuseUpgrade(socket, 503, 'Too many come at once.')
      return viewerSockets.handleUpgrade(request, socket, head, (page) =>
        room.connect(page, request.socket.remoteAddress ?? '', ({ id }) =>
          connections.hasJoined(request.socket, id),
        ),
      )
    }
    if (pathname !== '/ws') return refuseUpgrade(socket, 404, 'There is nothing at its path.')
    const viewer = room.viewers.withToken(onlyToken(searchParams))
    if (viewer === undefined) {
      return refuseUpgrade(socket, 403, 'It came without the token of one who has joined.')
    }
    const tooMany = labs.refusal(viewer, labSockets.clients.size)
    if (tooMany !== undefined) return refuseUpgrade(socket, 503, tooMany)
    connections.hasJoined(request.socket, viewer.id)
    return labSockets.handleUpgrade(request, socket, head, (screen) => {
      labs.add(viewer, screen)
      serveScreen(screen, {
        engine,
        warn,
        now,
        role: 'viewer',
        maxUnreadBytes: MAX_UNREAD_LAB_BYTES,
      })
    })
  })
  for (const sockets of [viewerSockets, labSockets]) {
    sockets.on('wsClientError', (error, socket) =>
      refuseUpgrade(socket, 400, `It was no proper handshake: ${error.message}.`),
    )
  }

  function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
    warn(`A WebSocket of the class was refused. ${reason}`)
    endWith(socket, status, reason)
  }

  refuseFaults(server, warn)

  return {
    port,
    origin: `http://${urlHost(address)}:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const screen of labSockets.clients) screen.close(GOING_AWAY)
      await room.end()
      server.closeAllConnections()
      const all: WebSocket[] = [...labSockets.clients, ...viewerSockets.clients]
      for (const screen of all) screen.terminate()
      await closed
    },
  }
}

/** The files of the pages, by their paths. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/room.html',
  [WHOLE_LAB_PATH]: '/index.html',
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: CompressedFile,
  isPage: boolean,
  headers: Record<string, string>,
): void {
  const isKept = !isPage && request.headers['if-none-match'] === file.etag
  const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const body = isKept ? '' : isZipped ? file.zipped : file.body
  send(response, {
    status: isKept ? 304 : 200,
    type: file.type,
    body,
    headers: {
      ...headers,
      ETag: file.etag,
      Vary: 'Accept-Encoding',
      'Cache-Control': isPage ? 'no-store' : 'no-cache',
      ...(isZipped && !isKept && { 'Content-Encoding': 'gzip' }),
    },
  })
}

function listen(server: Server, address: string, warn: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuseToStart = (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRNOTAVAIL'
            ? `This machine no longer has the address ${address}: choose another one.`
            : `The class cannot be opened at ${address}: ${error.message}.`,
        ),
      )
    server.once('error', refuseToStart)
    server.listen(0, address, () => {
      server.off('error', refuseToStart)
      server.on('error', (error) => warn(`The class had a fault: ${error.message}`))
      resolve((server.address() as AddressInfo).port)
    })
  })
}
