// The contract between the renderer and the process behind it. The desktop's preload script and the
// browser's WebSocket both implement `Bridge`; everything above it is the same app.
import * as v from 'valibot'
import type { ProgramCheckRequest, ProgramCheckUpdate } from './check/program-check'
import type { Command, CommandResult, UserRole } from './commands'
import type { ComparisonRequest, ComparisonUpdate } from './compare/comparison'
import type { LessonRequest, LessonUpdate } from './lesson/lesson-line'
import { MAX_PROBLEM_CHARS, MAX_PROBLEM_DETAILS_CHARS, MAX_SOURCE_CHARS } from './limits'
import type { RoomRequest, RoomUpdate } from './room/room-line'

/** Names of the desktop's IPC channels. */
export const CHANNELS = {
  /** renderer → main, answered: a command. */
  command: 'roundabout:command',
  /** renderer → main: start sending frames (the first one is a snapshot). */
  subscribe: 'roundabout:subscribe',
  /** renderer → main: the frame of this number is on screen. */
  acknowledge: 'roundabout:acknowledge',
  /** main → renderer: a frame (feed/frame.ts). */
  frame: 'roundabout:frame',
  /** main → renderer: a menu item was chosen. */
  menu: 'roundabout:menu',
  /** renderer → main, answered: a part of a recording. */
  readRecording: 'roundabout:read-recording',
  /** renderer → main, answered: the sessions that are kept. */
  listSessions: 'roundabout:list-sessions',
  /** renderer → main: delete a kept session. */
  discardSession: 'roundabout:discard-session',
  /** main → renderer: the native menu's choice of a kept session. */
  openSession: 'roundabout:open-session',
  /** renderer → main: start a comparison, in place of the one that runs. */
  compare: 'roundabout:compare',
  /** renderer → main: stop the comparison that runs. */
  stopComparing: 'roundabout:stop-comparing',
  /** main → renderer: the progress of a comparison, or its result. */
  comparison: 'roundabout:comparison',
  /** renderer → main: check a program, in place of the one that is being checked. */
  checkProgram: 'roundabout:check-program',
  /** renderer → main: stop that check, and the program. */
  stopProgramCheck: 'roundabout:stop-program-check',
  /** main → renderer: the progress of a check. */
  programCheck: 'roundabout:program-check',
  /** renderer → main: something about lessons (lesson/lesson-line.ts). */
  lesson: 'roundabout:lesson',
  /** main → renderer: the lesson, as it is now. */
  lessonUpdate: 'roundabout:lesson-update',
  /** renderer → main: something about the class (room/room-line.ts). */
  room: 'roundabout:room',
  /** main → renderer: the class, as it is now. */
  roomUpdate: 'roundabout:room-update',
  /** renderer → main: open the window with the presenter's notes. */
  openNotes: 'roundabout:open-notes',
  /** main → renderer: a sentence for the person. */
  notice: 'roundabout:notice',
  /** renderer → main: an unexpected error in the page. */
  reportProblem: 'roundabout:report-problem',
  /** main → renderer: an unexpected error in the main process. */
  problem: 'roundabout:problem',
  /** main → renderer: a file from the system waits; `takeFile` gets it. */
  fileGiven: 'roundabout:file-given',
  /** renderer → main, answered: the oldest waiting file, or null. */
  takeFile: 'roundabout:take-file',
} as const

export const wholeNumberSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const sourceName = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SOURCE_CHARS))

/** An unexpected error. */
export const problemSchema = v.strictObject({
  /**
   * From the page: the error's message, which the log leaves out. To the page: the text shown to
   * the person.
   */
  message: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PROBLEM_CHARS)),
  /** For debugging: the stack and the version. */
  details: v.pipe(v.string(), v.maxLength(MAX_PROBLEM_DETAILS_CHARS)),
})
export type Problem = v.InferOutput<typeof problemSchema>

/** The calls that a page may make, with their arguments. Every transport refuses anything else. */
export const CALLS = {
  /** The engine checks the command itself (commands.ts). */
  command: v.strictTuple([v.unknown()]),
  subscribe: v.strictTuple([]),
  acknowledge: v.strictTuple([wholeNumberSchema]),
  readRecording: v.strictTuple([sourceName, wholeNumberSchema]),
  listSessions: v.strictTuple([]),
  discardSession: v.strictTuple([sourceName]),
  /** The request is checked where it is carried out. */
  compare: v.strictTuple([v.unknown()]),
  stopComparing: v.strictTuple([]),
  /** The request is checked where it is carried out. */
  checkProgram: v.strictTuple([v.unknown()]),
  stopProgramCheck: v.strictTuple([]),
  /** The request is checked where it is carried out. */
  lesson: v.strictTuple([v.unknown()]),
  /** The request is checked where it is carried out. */
  room: v.strictTuple([v.unknown()]),
  openNotes: v.strictTuple([]),
  reportProblem: v.strictTuple([problemSchema]),
  takeFile: v.strictTuple([]),
} as const satisfies Partial<Record<keyof typeof CHANNELS, v.GenericSchema>>
export type Call = keyof typeof CALLS
export type ArgumentsOf<C extends Call> = v.InferOutput<(typeof CALLS)[C]>

/** The actions of the native menu that the page carries out. */
export const MENU_ACTIONS = [
  'undo',
  'redo',
  'addServer',
  'addClient',
  'sendMessage',
  'sendAll',
  'togglePlay',
  'step',
  'stepToDecision',
  'stepToEnd',
  'previousEvent',
  'showBookmarks',
  'backToNow',
  'slower',
  'faster',
  'reset',
  'newSession',
  'openClassicPool',
  'openFile',
  'openExample',
  'openLessons',
  'openNotes',
  'closeLesson',
  'openRecent',
  'saveRecording',
  'saveScenario',
  'saveCapture',
  'exportPools',
  'checkProgram',
  'swapProxy',
  'openRoom',
  'askClass',
  'fitView',
  'zoomIn',
  'zoomOut',
  'tidyUp',
  'toggleTrafficView',
  'showPackets',
  'showSequence',
  'fullSequence',
  'showTable',
  'showTerminals',
  'showCharts',
  'compare',
  'toggleTheme',
  'toggleProjector',
  'toggleStage',
  'showShortcuts',
] as const
export type MenuAction = (typeof MENU_ACTIONS)[number]

/** `session`: the running session. Otherwise the name of a kept one. */
export type RecordingSource = 'session' | (string & {})

/** Bytes of a recording in the file's own format (recording/format.ts). */
export interface RecordingPart {
  bytes: Uint8Array
  /**
   * Offset of the bytes in the recording. It differs from the requested one, usually upwards, if
   * the oldest blocks have been dropped: the bytes then begin with a head of their own and replace
   * everything read before.
   */
  from: number
  /** The current length of the recording; the running session's keeps growing. */
  end: number
}

/** A session that is kept on disk. */
export interface KeptSession {
  name: string
  /** The real times of its beginning and of its last event, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  bytes: number
  /** Messages that clients sent, and the scenario at its end; null: not known. */
  messages: number | null
  scenario: string | null
  /** Its process ended without closing it. */
  crashed: boolean
}

/** A file that the system asks the app to open: by a double click, or on its command line. */
export interface SystemFile {
  name: string
  bytes: Uint8Array
}

/** On the desktop an error is passed as a value: IPC would wrap its message in text of its own. */
export type CallResult<T> = { ok: true; value: T } | { ok: false; error: string }

/** The fragment of the page's address that shows the presenter's notes in place of the lab. */
export const NOTES_FRAGMENT = '#notes'

/** HTTP headers of a part of a recording: `from` and `end` of RecordingPart. */
export const PART_HEADERS = { from: 'X-Recording-From', end: 'X-Recording-End' } as const

/** The path at which the web host gives operators the address for viewers. */
export const VIEWER_ADDRESS_PATH = '/viewer-address'

export interface Bridge {
  readonly kind: 'desktop' | 'browser'
  readonly platform: 'mac' | 'windows' | 'linux'
  execute(command: Command): Promise<CommandResult>
  /** Starts the frames; `onFrame` gets each as bytes. Returns a function that stops them. */
  subscribe(onFrame: (frame: Uint8Array) => void): () => void
  /** Acknowledges the frame of this number, so that the next ones are sent. */
  acknowledge(frame: number): void
  /**
   * Reads a part of a recording from this offset, at most RECORDING_PART_BYTES. The running
   * session's parts contain everything up to now. Rejects with an Error for the person.
   */
  readRecording(source: RecordingSource, from: number): Promise<RecordingPart>
  /** The sessions that are kept, newest first. */
  listSessions(): Promise<readonly KeptSession[]>
  discardSession(name: string): void
  /** Starts a comparison of labs in memory, in place of the one that runs. */
  compare(request: ComparisonRequest): void
  stopComparing(): void
  /** Calls the listener with the progress of the comparison, and at last with its result. */
  onComparison(listener: (update: ComparisonUpdate) => void): () => void
  /**
   * Checks a program against the protocol, in place of the one that is being checked. The process behind the page runs its
   * command, for operators only.
   */
  checkProgram(request: ProgramCheckRequest): void
  stopProgramCheck(): void
  /** Calls the listener with what comes of each requirement, and at last that it is done. */
  onProgramCheck(listener: (update: ProgramCheckUpdate) => void): () => void
  /** Asks for something about lessons; operators only. */
  lesson(request: LessonRequest): void
  /** Calls the listener with the lesson whenever it changes, and with what was asked for. */
  onLesson(listener: (update: LessonUpdate) => void): () => void
  /** Asks for something about the class; operators only. */
  room(request: RoomRequest): void
  /** Calls the listener with the class whenever it changes. */
  onRoom(listener: (update: RoomUpdate) => void): () => void
  /** Opens the presenter's notes in a window of their own. */
  openNotes(): void
  /** Desktop: called when a kept session is chosen in the native menu. Browser: never called. */
  onOpenSession(listener: (name: string) => void): () => void
  /** Calls the listener with sentences for the person at this screen. */
  onNotice(listener: (sentence: string) => void): () => void
  /** Reports an error to the log of the process behind the page. */
  reportProblem(problem: Problem): void
  /** Calls the listener for each unexpected error of that process, which keeps running. */
  onProblem(listener: (problem: Problem) => void): () => void
  /**
   * Returns the oldest waiting file, or null. Rejects with an Error for the person if it cannot be
   * read.
   */
  takeFile(): Promise<SystemFile | null>
  /** Desktop: called when a file waits. Browser: never called. */
  onFileGiven(listener: () => void): () => void
  onMenu(listener: (action: MenuAction) => void): () => void
  /** Calls the listener with this window's role, now if it is known and whenever it changes. */
  onRole(listener: (role: UserRole) => void): () => void
  /**
   * Returns the address at which others see this lab as viewers. Only the web host has one, and
   * only an operator may ask for it. Rejects with an Error for the person.
   */
  makeViewerAddress?(): Promise<string>
  /**
   * Browser: the connection to the engine was lost (false) or restored (true). Desktop: never
   * called.
   */
  onConnected(listener: (connected: boolean) => void): () => void
}

/** The browser's text frames in both directions; frames of events are binary. */
export type ClientToHost =
  | { kind: 'command'; id: number; command: unknown }
  | { kind: 'subscribe' }
  | { kind: 'acknowledge'; frame: number }
  | { kind: 'discardSession'; name: string }
  | { kind: 'compare'; request: unknown }
  | { kind: 'stopComparing' }
  | { kind: 'checkProgram'; request: unknown }
  | { kind: 'stopProgramCheck' }
  | { kind: 'lesson'; request: unknown }
  /** A part of a lesson's file, in order: a message holds no whole one. With the last part, the lesson is opened. */
  | { kind: 'lessonFile'; name: string; base64: string; isLast: boolean }
  | { kind: 'room'; request: unknown }
  | { kind: 'reportProblem'; problem: Problem }
export type HostToClient =
  /** The first message of each connection. */
  | { kind: 'role'; role: UserRole }
  | { kind: 'result'; id: number; result: CommandResult }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'notice'; sentence: string }
  | { kind: 'comparison'; update: ComparisonUpdate }
  | { kind: 'programCheck'; update: ProgramCheckUpdate }
  | { kind: 'lesson'; update: LessonUpdate }
  | { kind: 'room'; update: RoomUpdate }
