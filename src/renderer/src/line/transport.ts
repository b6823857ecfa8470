// The only file that knows whether the screen talks to the engine over Electron's IPC or over a WebSocket. On the
// desktop the preload script has put a `Bridge` on the window; in a browser this file makes one.
import * as v from 'valibot'
import type { ProgramCheckUpdate } from '../../../shared/check/program-check'
import type { CommandResult, UserRole } from '../../../shared/commands'
import type { ComparisonUpdate } from '../../../shared/compare/comparison'
import {
  type Bridge,
  type ClientToHost,
  NOTES_FRAGMENT,
  PART_HEADERS,
  type Problem,
  VIEWER_ADDRESS_PATH,
} from '../../../shared/contract'
import type { LessonUpdate } from '../../../shared/lesson/lesson-line'
import type { RoomUpdate } from '../../../shared/room/room-line'
import { faultOf, platformOf } from './host-facts'
import { messageSchema, partHeadersSchema, sessionsSchema } from './host-messages'
import { lessonMessages } from './lesson-messages'
import type { LineFault } from './line'

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
  const connectedListeners = new Set<(connected: boolean) => void>()
  const roleListeners = new Set<(role: UserRole) => void>()
  const noticeListeners = new Set<(sentence: string) => void>()
  const comparisonListeners = new Set<(update: ComparisonUpdate) => void>()
  const programCheckListeners = new Set<(update: ProgramCheckUpdate) => void>()
  const lessonListeners = new Set<(update: LessonUpdate) => void>()
  const roomListeners = new Set<(update: RoomUpdate) => void>()
  const problemListeners = new Set<(problem: Problem) => void>()
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
      tellConnected(true)
    }
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) onFrame?.(new Uint8Array(data))
      else if (typeof data === 'string') take(data)
    }
    socket.onclose = ({ code, reason }) => {
      for (const resolve of waiting.values()) resolve(LOST)
      waiting.clear()
      tellConnected(false)
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
    const message = v.safeParse(v.pipe(v.string(), v.parseJson(), messageSchema), text)
    if (!message.success) return
    if (message.output.kind === 'role') {
      role = message.output.role
      for (const listener of roleListeners) listener(role)
      return
    }
    if (message.output.kind === 'problem') {
      for (const listener of problemListeners) listener(message.output.problem)
      return
    }
    if (message.output.kind === 'comparison') {
      for (const listener of comparisonListeners) listener(message.output.update)
      return
    }
    if (message.output.kind === 'programCheck') {
      for (const listener of programCheckListeners) listener(message.output.update)
      return
    }
    if (message.output.kind === 'lesson') {
      for (const listener of lessonListeners) listener(message.output.update)
      return
    }
    if (message.output.kind === 'room') {
      for (const listener of roomListeners) listener(message.output.update)
      return
    }
    if (message.output.kind === 'notice') {
      for (const listener of noticeListeners) listener(message.output.sentence)
      return
    }
    const { id, result } = message.output
    waiting.get(id)?.(result)
    waiting.delete(id)
  }

  function tellConnected(connected: boolean): void {
    for (const listener of connectedListeners) listener(connected)
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
      for (const listener of comparisonListeners) listener({ kind: 'failed', error: NOT_REACHED })
    },
    stopComparing() {
      send({ kind: 'stopComparing' })
    },
    onComparison(listener) {
      comparisonListeners.add(listener)
      return () => comparisonListeners.delete(listener)
    },
    checkProgram(request) {
      if (send({ kind: 'checkProgram', request })) return
      for (const listener of programCheckListeners) listener({ kind: 'failed', error: NOT_REACHED })
    },
    stopProgramCheck() {
      send({ kind: 'stopProgramCheck' })
    },
    onProgramCheck(listener) {
      programCheckListeners.add(listener)
      return () => programCheckListeners.delete(listener)
    },
    lesson(request) {
      if (lessonMessages(request).every(send)) return
      for (const listener of lessonListeners) listener({ kind: 'refused', error: NOT_REACHED })
    },
    onLesson(listener) {
      lessonListeners.add(listener)
      return () => lessonListeners.delete(listener)
    },
    room(request) {
      if (send({ kind: 'room', request })) return
      for (const listener of roomListeners) listener({ kind: 'refused', error: NOT_REACHED })
    },
    onRoom(listener) {
      roomListeners.add(listener)
      return () => roomListeners.delete(listener)
    },
    openNotes() {
      const { pathname, search } = window.location
      window.open(
        `${pathname}${search}${NOTES_FRAGMENT}`,
        'roundabout-notes',
        'popup,width=560,height=760',
      )
    },
    onOpenSession: () => () => {},
    onNotice(listener) {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    reportProblem(problem) {
      send({ kind: 'reportProblem', problem })
    },
    onProblem(listener) {
      problemListeners.add(listener)
      return () => problemListeners.delete(listener)
    },
    // The system gives files only to programs, not to pages.
    takeFile: async () => null,
    onFileGiven: () => () => {},
    onMenu: () => () => {},
    onRole(listener) {
      if (role !== undefined) listener(role)
      roleListeners.add(listener)
      return () => roleListeners.delete(listener)
    },
    async makeViewerAddress() {
      const response = await ask(VIEWER_ADDRESS_PATH, {})
      return (await response.text()).trim()
    },
    onConnected(listener) {
      connectedListeners.add(listener)
      return () => connectedListeners.delete(listener)
    },
  }
}
