// A bridge for tests, whose other end the test controls.
import type { Command, CommandResult } from '../../../shared/commands'
import type { Bridge, RecordingPart } from '../../../shared/contract'

export function fakeBridge() {
  const acknowledged: number[] = []
  const commands: Command[] = []
  const discarded: string[] = []
  const line = {
    acknowledged,
    commands,
    discarded,
    /** The engine's answer. */
    answer: async (_command: Command): Promise<CommandResult> => ({ ok: true }),
    read: async (_from: number): Promise<RecordingPart> => {
      throw new Error('There is no recording.')
    },
    frame: (_bytes: Uint8Array): void => {},
    connected: (_connected: boolean): void => {},
    bridge: {} as Bridge,
  }
  const connectedListeners = new Set<(connected: boolean) => void>()
  line.connected = (connected) => {
    for (const listener of connectedListeners) listener(connected)
  }
  line.bridge = {
    kind: 'browser',
    platform: 'linux',
    execute: (command) => {
      commands.push(command)
      return line.answer(command)
    },
    subscribe: (listener) => {
      line.frame = listener
      return () => {
        line.frame = () => {}
      }
    },
    acknowledge: (frame) => acknowledged.push(frame),
    readRecording: (_source, from) => line.read(from),
    reportProblem: () => {},
    onProblem: () => () => {},
    takeFile: async () => null,
    onFileGiven: () => () => {},
    listSessions: async () => [],
    discardSession: (name) => discarded.push(name),
    compare: () => {},
    stopComparing: () => {},
    onComparison: () => () => {},
    checkProgram: () => {},
    stopProgramCheck: () => {},
    onProgramCheck: () => () => {},
    lesson: () => {},
    onLesson: () => () => {},
    room: () => {},
    onRoom: () => () => {},
    openNotes: () => {},
    onOpenSession: () => () => {},
    onNotice: () => () => {},
    onMenu: () => () => {},
    onRole: () => () => {},
    onConnected: (listener) => {
      connectedListeners.add(listener)
      return () => connectedListeners.delete(listener)
    },
  }
  return line
}
