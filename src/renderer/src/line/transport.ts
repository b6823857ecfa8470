// The only file that knows whether the screen talks to the engine over Electron's IPC or over a WebSocket. On the
// desktop the preload script has put a `Bridge` on the window; in a browser this file makes one.
import * as v from 'valibot'
import type { CommandResult, UserRole } from '../../../shared/commands'
import {
  type Bridge,
  type ClientToHost,
  NOTES_FRAGMENT,
  PART_HEADERS,
  VIEWER_ADDRESS_PATH,
} from '../../../shared/contract'
import { faultOf, platformOf } from './host-facts'
import { messageSchema, partHeadersSchema, sessionsSchema } from './host-messages'
import { lessonMessages } from './lesson-messages'
import type { LineFault } from './line'
import { Listeners } from './listeners'

declare global {
  interface Window {
    /** Exposed by the preload script, on the desktop only. */
    roundabout?: Bridge
  }
}

/**
 * `onFault` is called with the reason why the connection to the host is down, if known, and with undefined when it is
 * up again.
 */
export function connectBridge(onFault: (fault: LineFault | undefined) => void = () => {}): Bridge {
  if (window.roundabout) return window.roundabout
  const dial = () => new WebSocket(socketUrl(window.location))
  const get = (path: string, query: Record<string, string>) =>
    fetch(`${path}?${new URLSearchParams({ token: tokenOf(window.location), ...query })}`)
  return webBridge(dial, platformOf(navigator.userAgent), get, onFault)
}

/** The engine's WebSocket, at the page's own host and with the page's own token. */
function socketUrl(page: Location): string {
  const protocol = page.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${protocol}//${page.host}/ws?token=${encodeURIComponent(tokenOf(page))}`
}

function tokenOf(page: Location): string {
  return new URLSearchParams(page.search).get('token') ?? ''
}

const FIRST_RETRY_MS = 250
const MAX_RETRY_MS = 4_000

/**
 * Close codes of a host that has closed the connection because this window broke a rule or sent a message that was too
 * long.
 */
const CUT_OFF: Readonly<Record<number, string>> = {
  1008: 'It broke the rules.',
  1009: 'It sent a message that was too long.',
}

const LOST: CommandResult = {
  ok: false,
  error: 'The connection to the engine was lost before it answered.',
}
const NOT_REACHED = 'The engine is not connected.'
const NOT_CONNECTED: CommandResult = {
  ok: false,
  error: 'The engine is not connected. Nothing was done.',
}

/** Makes an HTTP request to the host, for anything that is not an event. */
type Get = (path: string, query: Record<string, string>) => Promise<Response>

/** A bridge over a WebSocket that reconnects, with growing pauses, when the connection is lost. */
export function webBridge(
  dial: () => WebSocket,
  platform: Bridge['platform'],
  get: Get,
  onFault: (fault: LineFault | undefined) => void = () => {},
): Bridge {
  const listeners = new Listeners()
  const waiting = new Map<number, (result: CommandResult) => void>()
  let onFrame: ((frame: Uint8Array) => void) | undefined
  let role: UserRole | undefined
  let socket: WebSocket
  let lastCommand = 0
  let retryMs = FIRST_RETRY_MS
  let retry: ReturnType<typeof setTimeout> | undefined

  function send(message: ClientToHost): boolean {
    if (socket.readyState !== socket.OPEN) return false
    socket.send(JSON.stringify(message))
    return true
  }

  /** Rejects with an Error in words. */
  async function ask(path: string, query: Record<string, string>): Promise<Response> {
    const response = await get(path, query).catch(() => {
      throw new Error('The engine is not connected.')
    })
    if (response.ok) return response
    const words = await response.text()
    throw new Error(words || `The engine refused it (${response.status}).`)
  }

  function connect(): void {
    retry = undefined
    let wasOpen = false
    socket = dial()
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      wasOpen = true
      retryMs = FIRST_RETRY_MS
      onFault(undefined)
      if (onFrame) send({ kind: 'subscribe' })
      listeners.tell('connected', true)
    }
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) onFrame?.(new Uint8Array(data))
      else if (typeof data === 'string') take(data)
    }
    socket.onclose = ({ code, reason }) => {
      for (const resolve of waiting.values()) resolve(LOST)
      waiting.clear()
      listeners.tell('connected', false)
      const rule = CUT_OFF[code]
      if (rule !== undefined) return onFault({ kind: 'cutOff', reason: reason || rule })
      retry = setTimeout(connect, retryMs)
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS)
      if (!wasOpen) void tellFault(retry)
    }
  }

  /** A browser does not say why a WebSocket was refused, but a request for the page does. */
  async function tellFault(attempt: typeof retry): Promise<void> {
    const status = await get('/', {}).then(
      (response) => response.status,
      () => undefined,
    )
    if (retry !== attempt) return
    const kind = faultOf(status)
    // Its token will never be valid again.
    if (kind === 'stale') clearTimeout(retry)
    onFault(kind && { kind })
  }

  function take(text: string): void {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), messageSchema), text)
    if (!parsed.success) return
    const message = parsed.output
    switch (message.kind) {
      case 'result':
        waiting.get(message.id)?.(message.result)
        waiting.delete(message.id)
        return
      case 'role':
        role = message.role
        listeners.tell('role', role)
        return
      case 'notice':
        listeners.tell('notice', message.sentence)
        return
      case 'problem':
        listeners.tell('problem', message.problem)
        return
      default:
        listeners.tell(message.kind, message.update)
    }
  }

  connect()
  return {
    kind: 'browser',
    platform,
    execute(command) {
      const id = ++lastCommand
      if (!send({ kind: 'command', id, command })) return Promise.resolve(NOT_CONNECTED)
      return new Promise((resolve) => waiting.set(id, resolve))
    },
    subscribe(listener) {
      onFrame = listener
      send({ kind: 'subscribe' })
      return () => {
        if (onFrame === listener) onFrame = undefined
      }
    },
    acknowledge(frame) {
      send({ kind: 'acknowledge', frame })
    },
    async readRecording(source, from) {
      const response = await ask('/recording', { source, from: String(from) })
      const headers = v.parse(partHeadersSchema, {
        from: response.headers.get(PART_HEADERS.from),
        end: response.headers.get(PART_HEADERS.end),
      })
      return { bytes: new Uint8Array(await response.arrayBuffer()), ...headers }
    },
    async listSessions() {
      const response = await ask('/sessions', {})
      return v.parse(sessionsSchema, await response.json())
    },
    discardSession(name) {
      send({ kind: 'discardSession', name })
    },
    compare(request) {
      if (send({ kind: 'compare', request })) return
      listeners.tell('comparison', { kind: 'failed', error: NOT_REACHED })
    },
    stopComparing() {
      send({ kind: 'stopComparing' })
    },
    onComparison: (listener) => listeners.on('comparison', listener),
    checkProgram(request) {
      if (send({ kind: 'checkProgram', request })) return
      listeners.tell('programCheck', { kind: 'failed', error: NOT_REACHED })
    },
    stopProgramCheck() {
      send({ kind: 'stopProgramCheck' })
    },
    onProgramCheck: (listener) => listeners.on('programCheck', listener),
    lesson(request) {
      if (lessonMessages(request).every(send)) return
      listeners.tell('lesson', { kind: 'refused', error: NOT_REACHED })
    },
    onLesson: (listener) => listeners.on('lesson', listener),
    room(request) {
      if (send({ kind: 'room', request })) return
      listeners.tell('room', { kind: 'refused', error: NOT_REACHED })
    },
    onRoom: (listener) => listeners.on('room', listener),
    openNotes() {
      const { pathname, search } = window.location
      window.open(
        `${pathname}${search}${NOTES_FRAGMENT}`,
        'roundabout-notes',
        'popup,width=560,height=760',
      )
    },
    onOpenSession: () => () => {},
    onNotice: (listener) => listeners.on('notice', listener),
    reportProblem(problem) {
      send({ kind: 'reportProblem', problem })
    },
    onProblem: (listener) => listeners.on('problem', listener),
    // The system gives files only to programs, not to pages.
    takeFile: async () => null,
    onFileGiven: () => () => {},
    onMenu: () => () => {},
    onRole(listener) {
      if (role !== undefined) listener(role)
      return listeners.on('role', listener)
    },
    async makeViewerAddress() {
      const response = await ask(VIEWER_ADDRESS_PATH, {})
      return (await response.text()).trim()
    },
    onConnected: (listener) => listeners.on('connected', listener),
  }
}
