// The typed bridge between the page and the main process: the contract's channels and nothing else.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { ProgramCheckUpdate } from '../shared/check/program-check'
import type { ComparisonUpdate } from '../shared/compare/comparison'
import {
  type Bridge,
  type CallResult,
  CHANNELS,
  type MenuAction,
  type Problem,
} from '../shared/contract'
import type { LessonUpdate } from '../shared/lesson/lesson-line'
import type { RoomUpdate } from '../shared/room/room-line'

const bridge: Bridge = {
  kind: 'desktop',
  platform: platformOf(process.platform),
  execute: (command) => ipcRenderer.invoke(CHANNELS.command, command),
  subscribe(onFrame) {
    const stop = listen<Uint8Array>(CHANNELS.frame, onFrame)
    ipcRenderer.send(CHANNELS.subscribe)
    return stop
  },
  acknowledge: (frame) => ipcRenderer.send(CHANNELS.acknowledge, frame),
  readRecording: (source, from) => ask(CHANNELS.readRecording, source, from),
  listSessions: () => ask(CHANNELS.listSessions),
  discardSession: (name) => ipcRenderer.send(CHANNELS.discardSession, name),
  compare: (request) => ipcRenderer.send(CHANNELS.compare, request),
  stopComparing: () => ipcRenderer.send(CHANNELS.stopComparing),
  onComparison: (listener) => listen<ComparisonUpdate>(CHANNELS.comparison, listener),
  checkProgram: (request) => ipcRenderer.send(CHANNELS.checkProgram, request),
  stopProgramCheck: () => ipcRenderer.send(CHANNELS.stopProgramCheck),
  onProgramCheck: (listener) => listen<ProgramCheckUpdate>(CHANNELS.programCheck, listener),
  lesson: (request) => ipcRenderer.send(CHANNELS.lesson, request),
  onLesson: (listener) => listen<LessonUpdate>(CHANNELS.lessonUpdate, listener),
  room: (request) => ipcRenderer.send(CHANNELS.room, request),
  onRoom: (listener) => listen<RoomUpdate>(CHANNELS.roomUpdate, listener),
  openNotes: () => ipcRenderer.send(CHANNELS.openNotes),
  onOpenSession: (listener) => listen<string>(CHANNELS.openSession, listener),
  onNotice: (listener) => listen<string>(CHANNELS.notice, listener),
  reportProblem: (problem) => ipcRenderer.send(CHANNELS.reportProblem, problem),
  onProblem: (listener) => listen<Problem>(CHANNELS.problem, listener),
  takeFile: () => ask(CHANNELS.takeFile),
  onFileGiven: (listener) => listen<undefined>(CHANNELS.fileGiven, () => listener()),
  onMenu: (listener) => listen<MenuAction>(CHANNELS.menu, listener),
  onRole(listener) {
    listener('operator')
    return () => {}
  },
  // The engine is in the same app, so the connection to it cannot be lost.
  onConnected: () => () => {},
}

contextBridge.exposeInMainWorld('roundabout', bridge)

/**
 * Forwards what the main process sends, without the event, which would give the page access to the
 * sender.
 */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const handler = (_event: IpcRendererEvent, value: T) => listener(value)
  ipcRenderer.on(channel, handler)
  return () => ipcRenderer.removeListener(channel, handler)
}

/** Rejects with the main process's own error text. */
async function ask<T>(channel: string, ...args: unknown[]): Promise<T> {
  const answer: CallResult<T> = await ipcRenderer.invoke(channel, ...args)
  if (!answer.ok) throw new Error(answer.error)
  return answer.value
}

function platformOf(platform: NodeJS.Platform): Bridge['platform'] {
  switch (platform) {
    case 'darwin':
      return 'mac'
    case 'win32':
      return 'windows'
    default:
      return 'linux'
  }
}
