// Serves one browser window over a WebSocket: passes its commands to the engine and sends it frames
// of events, no faster than it acknowledges them. A window that sends too much, or leaves too much
// unread, first gets error messages and is then closed.
import type { RawData, WebSocket } from 'ws'
import type { RunningProgramCheck } from '../../shared/check/program-check'
import type { UserRole } from '../../shared/commands'
import type { RunningComparison } from '../../shared/compare/comparison'
import type { ClientToHost, HostToClient } from '../../shared/contract'
import { errorText } from '../../shared/error-text'
import { MAX_LESSON_FILE_CHARS, type ServeLessons } from '../../shared/lesson/lesson-line'
import {
  MAX_UNREAD_SCREEN_BYTES,
  SCREEN_BYTES,
  SCREEN_MESSAGES,
  SCREEN_REFUSALS,
  SCREEN_SUBSCRIPTIONS,
} from '../../shared/limits'
import type { ServeRoom } from '../../shared/room/room-line'
import type { StartProgramCheck } from '../check'
import type { Compare } from '../compare'
import type { Engine, Feed } from '../engine'
import { problemText } from '../log'
import { TokenBucket } from '../token-bucket'
import { parseClientMessage } from './messages'

type ClientToHostOf<K extends ClientToHost['kind']> = Extract<ClientToHost, { kind: K }>

/** The close code for a window that breaks the rules; the person sees the reason beside it. */
const POLICY_VIOLATION = 1008

export type ScreenEngine = Pick<Engine, 'openScreen' | 'discardSession'>

export interface ScreenOptions {
  engine: ScreenEngine
  role: UserRole
  /** Omitted: this host does not compare labs. */
  compare?: Compare | undefined
  /** Omitted: this host checks no programs. */
  checkProgram?: StartProgramCheck | undefined
  /** Omitted: this host has no lessons. */
  lessons?: ServeLessons | undefined
  /** Omitted: this host opens no rooms. */
  rooms?: ServeRoom | undefined
  /** Called with every refused message and the reason. */
  warn: (text: string) => void
  /** Bytes that the window may leave unread before it is cut off; default: MAX_UNREAD_SCREEN_BYTES. */
  maxUnreadBytes?: number | undefined
  /** The clock of the rate limits, in milliseconds. */
  now?: (() => number) | undefined
}

/** Serves one window until its socket closes. */
export function serveScreen(socket: WebSocket, options: ScreenOptions): void {
  const { engine, role, compare, checkProgram, lessons, rooms, warn, now } = options
  const { maxUnreadBytes = MAX_UNREAD_SCREEN_BYTES } = options
  send({ kind: 'role', role })
  const screen = engine.openScreen(role, (sentence) => send({ kind: 'notice', sentence }))
  const messages = new TokenBucket(SCREEN_MESSAGES, now)
  const bytesIn = new TokenBucket(SCREEN_BYTES, now)
  const subscriptions = new TokenBucket(SCREEN_SUBSCRIPTIONS, now)
  const refusals = new TokenBucket(SCREEN_REFUSALS, now)
  let feed: Feed | undefined
  /** It has subscribed, and has not read yet what it was sent before. */
  let waitsForFeed = false
  let comparison: RunningComparison | undefined
  let programCheck: RunningProgramCheck | undefined
  /** The parts of a lesson's file that have come so far. */
  let lessonFile = ''
  const lesson =
    role === 'operator' ? lessons?.((update) => send({ kind: 'lesson', update })) : undefined
  const room = role === 'operator' ? rooms?.((update) => send({ kind: 'room', update })) : undefined

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return
    const bytes = data as Buffer
    const isTooMuch = !takeFromRate(bytes.length)
    if (isTooMuch && !refusals.take()) return cutOff('It sent too many messages.')
    const parsed = isBinary
      ? { ok: false as const, id: 0, error: 'Messages to the host are text.' }
      : parseClientMessage(bytes.toString())
    if (!parsed.ok) return refuse(parsed.id, parsed.error)
    if (isTooMuch) return refuse(idOf(parsed.message), 'There are too many messages. Go slower.')
    return handle(parsed.message)
  })
  for (const event of ['ping', 'pong'] as const) {
    socket.on(event, (data: Buffer) => {
      if (socket.readyState !== socket.OPEN) return
      if (!takeFromRate(data.length)) return cutOff('It sent too many signs of life.')
      if (boundUnread() && event === 'ping') socket.pong(data, undefined, openFeed)
    })
  }
  socket.on('close', () => {
    comparison?.stop()
    programCheck?.stop()
    lesson?.stop()
    room?.stop()
    screen.close()
  })
  // `ws` closes the connection itself after an error (a message too long, bad framing).
  socket.on('error', (error) => warn(`A browser window was cut off: ${error.message}`))

  function handle(message: ClientToHost): void {
    switch (message.kind) {
      case 'command':
        screen.execute(message.command).then(
          (result) => send({ kind: 'result', id: message.id, result }),
          (error: unknown) => refuse(message.id, String(error)),
        )
        break
      case 'subscribe':
        subscribe()
        break
      case 'acknowledge':
        feed?.acknowledge(message.frame)
        break
      case 'reportProblem':
        warn(`A page had a fault: ${problemText(message.problem)}`)
        break
      case 'compare':
        startComparing(message.request)
        break
      case 'stopComparing':
        comparison?.end()
        break
      case 'checkProgram':
        startProgramCheck(message.request)
        break
      case 'stopProgramCheck':
        programCheck?.end()
        break
      case 'lesson':
        if (lesson === undefined) refuse(0, 'This window cannot conduct a lesson.')
        else lesson.request(message.request)
        break
      case 'lessonFile':
        takeLessonPart(message)
        break
      case 'room':
        if (room !== undefined) room.request(message.request)
        else refuseRoom()
        break
      case 'discardSession':
        if (role === 'viewer') refuse(0, 'A viewer cannot discard a session.')
        else
          engine.discardSession(message.name).catch((error: unknown) => refuse(0, errorText(error)))
        break
    }
  }

  function startComparing(request: unknown): void {
    comparison?.stop()
    if (role === 'viewer' || compare === undefined) {
      refuse(0, 'This window cannot have labs compared.')
      return
    }
    comparison = compare(request, (update) => send({ kind: 'comparison', update }))
  }

  function takeLessonPart({ name, base64, isLast }: ClientToHostOf<'lessonFile'>): void {
    if (lesson === undefined) {
      refuse(0, 'This window cannot conduct a lesson.')
      return
    }
    if (lessonFile.length + base64.length > MAX_LESSON_FILE_CHARS) {
      lessonFile = ''
      send({ kind: 'lesson', update: { kind: 'refused', error: `${name} is too large.` } })
      return
    }
    lessonFile += base64
    if (!isLast) return
    lesson.request({ kind: 'openFile', name, base64: lessonFile })
    lessonFile = ''
  }

  /** It runs a command on this machine, which a viewer may not. */
  function startProgramCheck(request: unknown): void {
    programCheck?.stop()
    if (role === 'viewer' || checkProgram === undefined) {
      const error =
        role === 'viewer'
          ? 'A viewer cannot have programs checked.'
          : 'This host checks no programs.'
      refuse(0, error)
      send({ kind: 'programCheck', update: { kind: 'failed', error } })
      return
    }
    programCheck = checkProgram(request, (update) => send({ kind: 'programCheck', update }))
  }

  function refuseRoom(): void {
    const error =
      role === 'viewer'
        ? 'A viewer cannot open the lab to a room.'
        : 'This host cannot open the lab to a room: use the app, or “npm start -- --web”.'
    refuse(0, error)
    send({ kind: 'room', update: { kind: 'refused', error } })
  }

  function subscribe(): void {
    feed?.close()
    feed = undefined
    waitsForFeed = subscriptions.take()
    if (waitsForFeed) openFeed()
    else cutOff('It subscribed too often.')
  }

  /** A feed begins with a snapshot: one that is not read is not followed by another one. */
  function openFeed(): void {
    if (!waitsForFeed || socket.readyState !== socket.OPEN || socket.bufferedAmount > 0) return
    waitsForFeed = false
    feed = screen.openFeed(write)
  }

  function refuse(id: number, error: string): void {
    warn(`A browser window's message was refused: ${error}`)
    send({ kind: 'result', id, result: { ok: false, error } })
  }

  function send(message: HostToClient): void {
    write(JSON.stringify(message))
  }

  function write(data: string | Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return
    if (boundUnread()) socket.send(data, openFeed)
  }

  /** Closes a window that acknowledges frames without reading them; returns whether it may be sent more. */
  function boundUnread(): boolean {
    // Counted before a message is sent: a single snapshot may be larger.
    if (socket.bufferedAmount <= maxUnreadBytes) return true
    cutOff('It does not read what it is sent.')
    // The close frame would wait behind all the unread bytes.
    socket.terminate()
    return false
  }

  function takeFromRate(bytes: number): boolean {
    return messages.take() && bytesIn.take(bytes)
  }

  function cutOff(reason: string): void {
    warn(`A browser window was cut off. ${reason}`)
    screen.close()
    socket.close(POLICY_VIOLATION, reason)
  }
}

function idOf(message: ClientToHost): number {
  return message.kind === 'command' ? message.id : 0
}
