// What the renderer and the process behind it say to one another. The desktop's preload script and the
// browser's WebSocket both implement `Bridge`; everything above it is the same app.
import * as v from 'valibot'
import type { Command, CommandResult, UserRole } from './commands'
import { MAX_PROBLEM_CHARS, MAX_PROBLEM_DETAILS_CHARS, MAX_SOURCE_CHARS } from './limits'

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
  /** renderer → main, answered: the recordings of sessions that ended without being closed. */
  listRecovered: 'roundabout:list-recovered',
  /** renderer → main: a recovered recording is not wanted any more. */
  discardRecovered: 'roundabout:discard-recovered',
  /** renderer → main: something went wrong in the page that nobody had thought of. */
  reportProblem: 'roundabout:report-problem',
  /** main → renderer: the same of the process behind it. */
  problem: 'roundabout:problem',
  /** main → renderer: the system has given a file to open; `takeFile` gets it. */
  fileGiven: 'roundabout:file-given',
  /** renderer → main, answered: the file that was given longest ago, or null. */
  takeFile: 'roundabout:take-file',
} as const

export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const sourceName = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SOURCE_CHARS))

/** Something went wrong that nobody had thought of. */
export const problemSchema = v.strictObject({
  /** From the page: what the fault says; the log leaves its words out. To the page: what the person is told. */
  message: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PROBLEM_CHARS)),
  /** For whoever mends it: the stack and the version. */
  details: v.pipe(v.string(), v.maxLength(MAX_PROBLEM_DETAILS_CHARS)),
})
export type Problem = v.InferOutput<typeof problemSchema>

/** What the page may say, and the arguments that come with it. Anything else is refused, whichever way it comes. */
export const CALLS = {
  /** The engine checks the command itself (commands.ts). */
  command: v.strictTuple([v.unknown()]),
  subscribe: v.strictTuple([]),
  acknowledge: v.strictTuple([wholeNumber]),
  readRecording: v.strictTuple([sourceName, wholeNumber]),
  listRecovered: v.strictTuple([]),
  discardRecovered: v.strictTuple([sourceName]),
  reportProblem: v.strictTuple([problemSchema]),
  takeFile: v.strictTuple([]),
} as const satisfies Partial<Record<keyof typeof CHANNELS, v.GenericSchema>>
export type Call = keyof typeof CALLS
export type ArgumentsOf<C extends Call> = v.InferOutput<(typeof CALLS)[C]>

/** What the native menu can ask of the screen. */
export const MENU_ACTIONS = [
  'addServer',
  'addClient',
  'sendMessage',
  'sendAll',
  'togglePlay',
  'step',
  'stepToDecision',
  'stepToEnd',
  'previousEvent',
  'backToNow',
  'slower',
  'faster',
  'reset',
  'openClassicPool',
  'openFile',
  'saveRecording',
  'saveScenario',
  'saveCapture',
  'fitView',
  'zoomIn',
  'zoomOut',
  'tidyUp',
  'showPackets',
  'showSequence',
  'showTable',
  'showTerminals',
  'toggleTheme',
  'showShortcuts',
] as const
export type MenuAction = (typeof MENU_ACTIONS)[number]

/** `session`: the running one. Else the name of a recovered one. */
export type RecordingSource = 'session' | (string & {})

/** Bytes of a recording in the file's own format (recording/format.ts). */
export interface RecordingPart {
  bytes: Uint8Array
  /**
   * Where in the recording the bytes begin. Something else than was asked for, more as a rule, where the oldest part has
   * been forgotten: then they begin with a head of their own, and take the place of all that was read before.
   */
  from: number
  /** Where the recording ends at present; the running session's goes on growing. */
  end: number
}

/** The recording of a session that ended without being closed. */
export interface RecoveredSession {
  name: string
  /** Milliseconds since 1970. */
  endedAt: number
  bytes: number
}

/** A file that the system has given to the app: by a double click, or on its command line. */
export interface SystemFile {
  name: string
  bytes: Uint8Array
}

/** On the desktop an error crosses as a value: IPC would put words of its own around it. */
export type CallResult<T> = { ok: true; value: T } | { ok: false; error: string }

/** Headers that come with the bytes of a part of a recording, in a browser: `from` and `end` of RecordingPart. */
export const PART_HEADERS = { from: 'X-Recording-From', end: 'X-Recording-End' } as const

/** Where a browser's host tells operators the address for viewers. */
export const VIEWER_ADDRESS_PATH = '/viewer-address'

export interface Bridge {
  readonly kind: 'desktop' | 'browser'
  readonly platform: 'mac' | 'windows' | 'linux'
  execute(command: Command): Promise<CommandResult>
  /** Starts the frames; `onFrame` gets each as bytes. Returns the way to stop. */
  subscribe(onFrame: (frame: Uint8Array) => void): () => void
  /** Says that the frame of this number has been taken in, which lets the next ones come. */
  acknowledge(frame: number): void
  /**
   * The next part of a recording, at most RECORDING_PART_BYTES of it, from this byte on. All that has happened in the
   * running session so far is in its parts. Rejects with an Error in words.
   */
  readRecording(source: RecordingSource, from: number): Promise<RecordingPart>
  listRecovered(): Promise<readonly RecoveredSession[]>
  discardRecovered(name: string): void
  /** For the log of the process behind the page. */
  reportProblem(problem: Problem): void
  /** Something went wrong in that process; it goes on. */
  onProblem(listener: (problem: Problem) => void): () => void
  /** The file that was given longest ago; null where there is none. Rejects with an Error in words where it cannot be read. */
  takeFile(): Promise<SystemFile | null>
  /** Desktop: a file has been given. Browser: never called. */
  onFileGiven(listener: () => void): () => void
  onMenu(listener: (action: MenuAction) => void): () => void
  /** Calls the listener with the role that this window has, now if it is known and later if it changes. */
  onRole(listener: (role: UserRole) => void): () => void
  /**
   * Gives the address at which others see this lab as viewers. Only a browser's host has one, and only an operator may ask
   * for it. Rejects with an Error in words.
   */
  makeViewerAddress?(): Promise<string>
  /** Browser: the line to the engine went away (false) or came back (true). Desktop: never called. */
  onConnected(listener: (connected: boolean) => void): () => void
}

/** Browser, text frames, both directions; frames of events travel as binary. */
export type ClientToHost =
  | { kind: 'command'; id: number; command: unknown }
  | { kind: 'subscribe' }
  | { kind: 'acknowledge'; frame: number }
  | { kind: 'discardRecovered'; name: string }
  | { kind: 'reportProblem'; problem: Problem }
export type HostToClient =
  /** The first message of each connection. */
  | { kind: 'role'; role: UserRole }
  | { kind: 'result'; id: number; result: CommandResult }
  | { kind: 'problem'; problem: Problem }
