// What the renderer and the process behind it say to one another. The desktop's preload script and the
// browser's WebSocket both implement `Bridge`; everything above it is the same app.
import type { Command, CommandResult } from './commands'

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
} as const

/** What the native menu can ask of the screen. */
export const MENU_ACTIONS = [
  'addServer',
  'addClient',
  'sendMessage',
  'sendAll',
  'togglePlay',
  'slower',
  'faster',
  'reset',
  'fitView',
  'zoomIn',
  'zoomOut',
  'tidyUp',
  'showPackets',
  'showTable',
  'showTerminals',
  'toggleTheme',
  'showShortcuts',
] as const
export type MenuAction = (typeof MENU_ACTIONS)[number]

export interface Bridge {
  readonly kind: 'desktop' | 'browser'
  readonly platform: 'mac' | 'windows' | 'linux'
  execute(command: Command): Promise<CommandResult>
  /** Starts the frames; `onFrame` gets each as bytes. Returns the way to stop. */
  subscribe(onFrame: (frame: Uint8Array) => void): () => void
  /** Says that the frame of this number has been taken in, which lets the next ones come. */
  acknowledge(frame: number): void
  onMenu(listener: (action: MenuAction) => void): () => void
  /** Browser: the line to the engine went away (false) or came back (true). Desktop: never called. */
  onConnected(listener: (connected: boolean) => void): () => void
}

/** Browser, text frames, both directions; frames of events travel as binary. */
export type ClientToHost =
  | { kind: 'command'; id: number; command: unknown }
  | { kind: 'subscribe' }
  | { kind: 'acknowledge'; frame: number }
export type HostToClient = { kind: 'result'; id: number; result: CommandResult }
