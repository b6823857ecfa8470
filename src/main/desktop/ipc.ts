// The desktop's implementation of the contract over IPC: commands in, frames of events out. Checks
// the sender and the arguments of every call, and logs the reason of every refusal.
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import * as v from 'valibot'
import type { ProgramCheckUpdate, RunningProgramCheck } from '../../shared/check/program-check'
import type { CommandResult } from '../../shared/commands'
import type { ComparisonUpdate, RunningComparison } from '../../shared/compare/comparison'
import {
  type ArgumentsOf,
  CALLS,
  type Call,
  type CallResult,
  CHANNELS,
  type Problem,
  type SystemFile,
} from '../../shared/contract'
import { errorText } from '../../shared/error-text'
import type { LessonScreen, ServeLessons } from '../../shared/lesson/lesson-line'
import type { RoomScreen, ServeRoom } from '../../shared/room/room-line'
import type { Engine, Feed } from '../engine'
import { isSameOrigin, shortAddress } from './origin'

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>
type Refused = { ok: false; error: string }

const ANOTHER_WINDOW = 'it came from another window.'

interface IpcOptions {
  ipc: Pick<IpcMain, 'handle' | 'on'>
  contents: Pick<WebContents, 'mainFrame' | 'send' | 'isDestroyed' | 'on'>
  engine: Pick<Engine, 'openScreen' | 'readRecording' | 'listSessions' | 'discardSession'>
  /** Reads the next file from the system, or null. An error is a sentence for the person. */
  takeFile(): Promise<CallResult<SystemFile | null>>
  reportProblem(problem: Problem): void
  /** Starts a comparison; returns a function that stops it. */
  compare(request: unknown, tell: (update: ComparisonUpdate) => void): RunningComparison
  /** Checks a program, whose command it runs; returns functions that stop it. */
  checkProgram(request: unknown, tell: (update: ProgramCheckUpdate) => void): RunningProgramCheck
  /** Connects the window to the lesson that is open. */
  lessons: ServeLessons
  /** Connects the window to the class. */
  rooms: ServeRoom
  /** Opens the presenter's notes, or brings their window to the front. */
  openNotes(): void
  /** The trusted page's address. */
  appUrl: string
  warn: (text: string) => void
}

/** Serves one window until it is destroyed. */
export function serveWindow(options: IpcOptions): void {
  const { ipc, contents, engine, appUrl, warn } = options
  // A reloaded page gets a new screen: the old one may have been looking back.
  let screen = engine.openScreen('operator')
  let feed: Feed | undefined
  let comparison: RunningComparison | undefined
  let programCheck: RunningProgramCheck | undefined
  let lesson: LessonScreen | undefined
  let room: RoomScreen | undefined

  handle('command', (command) => screen.execute(command))
  on('subscribe', () => {
    stop()
    screen = engine.openScreen('operator', (sentence) => send(CHANNELS.notice, sentence))
    lesson = options.lessons((update) => send(CHANNELS.lessonUpdate, update))
    room = options.rooms((update) => send(CHANNELS.roomUpdate, update))
    feed = screen.openFeed((frame) => send(CHANNELS.frame, ownBytes(frame)))
  })
  on('acknowledge', (frame) => feed?.acknowledge(frame))
  handle('readRecording', async (source, from) => {
    const part = await engine.readRecording(source, from)
    return { ok: true, value: { ...part, bytes: ownBytes(part.bytes) } }
  })
  handle('listSessions', async () => ({ ok: true, value: await engine.listSessions() }))
  on('discardSession', (name) => engine.discardSession(name))
  on('compare', (request) => {
    comparison?.stop()
    comparison = options.compare(request, (update) => send(CHANNELS.comparison, update))
  })
  on('stopComparing', () => comparison?.end())
  on('checkProgram', (request) => {
    programCheck?.stop()
    programCheck = options.checkProgram(request, (update) => send(CHANNELS.programCheck, update))
  })
  on('stopProgramCheck', () => programCheck?.end())
  on('lesson', (request) => lesson?.request(request))
  on('room', (request) => room?.request(request))
  on('openNotes', () => options.openNotes())
  on('reportProblem', (problem) => options.reportProblem(problem))
  handle('takeFile', () => options.takeFile())

  contents.on('destroyed', stop)
  contents.on('render-process-gone', stop)

  function send(channel: string, value: unknown): void {
    if (!contents.isDestroyed()) contents.send(channel, value)
  }

  function stop(): void {
    screen.close()
    comparison?.stop()
    programCheck?.stop()
    lesson?.stop()
    room?.stop()
    feed = undefined
  }

  /** Registers a call that returns a result; a failure is a sentence in the result. */
  function handle<C extends Call>(
    call: C,
    carryOut: (...args: ArgumentsOf<C>) => Promise<CommandResult | CallResult<unknown>>,
  ): void {
    ipc.handle(CHANNELS[call], async (event, ...args: unknown[]) => {
      const checked = check(call, event, args)
      if (!checked.ok) return refuse(call, checked.error)
      try {
        return await carryOut(...checked.args)
      } catch (error) {
        return refuse(call, errorText(error))
      }
    })
  }

  /** Registers a call that returns nothing. */
  function on<C extends Call>(
    call: C,
    carryOut: (...args: ArgumentsOf<C>) => void | Promise<void>,
  ): void {
    ipc.on(CHANNELS[call], async (event, ...args: unknown[]) => {
      const checked = check(call, event, args)
      if (!checked.ok) return refuse(call, checked.error)
      try {
        await carryOut(...checked.args)
      } catch (error) {
        refuse(call, errorText(error))
      }
    })
  }

  function check<C extends Call>(
    call: C,
    event: Sender,
    args: readonly unknown[],
  ): { ok: true; args: ArgumentsOf<C> } | Refused {
    const fault = senderFault(event)
    if (fault !== undefined) return { ok: false, error: fault }
    const wanted = CALLS[call].items.length
    if (args.length !== wanted) {
      return { ok: false, error: `it has ${args.length} arguments, not ${wanted}.` }
    }
    // Abort early: a page can send a hundred million wrong keys.
    const parsed = v.safeParse(CALLS[call], args, { abortEarly: true })
    if (parsed.success) return { ok: true, args: parsed.output as ArgumentsOf<C> }
    // The received value stays out of the log: it can be anything, of any length.
    const issue = parsed.issues[0]
    return { ok: false, error: `argument ${v.getDotPath(issue)} should be ${issue.expected}.` }
  }

  function senderFault({ sender, senderFrame }: Sender): string | undefined {
    if (sender !== contents) return ANOTHER_WINDOW
    // Null after the frame has been removed.
    const frame: WebFrameMain | null = senderFrame
    if (frame === null || frame !== contents.mainFrame) return 'it came from an inner frame.'
    if (!isSameOrigin(frame.url, appUrl)) return `it came from ${shortAddress(frame.url)}.`
    return undefined
  }

  function refuse(call: Call, error: string): Refused {
    warn(`A call of ${CHANNELS[call]} was refused: ${error}`)
    return { ok: false, error }
  }
}

/** Those whose caller waits for an answer. */
const ANSWERED: readonly Call[] = ['command', 'readRecording', 'listSessions', 'takeFile']

/**
 * Refuses the calls of every window that is not the app's own. `ipc` is what all windows share: a window that is served has
 * listeners of its own, and is heard here only where it sends.
 */
export function refuseOtherWindows(
  ipc: Pick<IpcMain, 'handle' | 'on'>,
  isServed: (contents: WebContents) => boolean,
  warn: (text: string) => void,
): void {
  const refuse = (call: string): Refused => {
    warn(`A call of ${call} was refused: ${ANOTHER_WINDOW}`)
    return { ok: false, error: ANOTHER_WINDOW }
  }
  for (const call of Object.keys(CALLS) as Call[]) {
    const channel = CHANNELS[call]
    if (ANSWERED.includes(call)) ipc.handle(channel, () => refuse(channel))
    else {
      ipc.on(channel, ({ sender }) => {
        if (!isServed(sender)) refuse(channel)
      })
    }
  }
}

/** IPC copies a view's whole buffer, and Node cuts small buffers from a shared pool. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}
