// The IPC boundary with a simulated Electron: accepted and refused calls, and their effects.

import { EventEmitter } from 'node:events'
import type { IpcMain, WebContents } from 'electron'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { KEPT_SESSION } from '../../../tests/support/kept-session'
import { malformedArguments } from '../../../tests/support/malformed'
import { WELL_FORMED } from '../../../tests/support/well-formed'
import { CALLS, type Call, CHANNELS } from '../../shared/contract'
import { serveWindow } from './ipc'

const APP_URL = 'app://roundabout/index.html'

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: APP_URL }
  readonly sent: unknown[][] = []
  isDestroyed = () => false
  send(...args: unknown[]) {
    this.sent.push(args)
  }
}

let contents: FakeContents
let ipc: EventEmitter & { call: (channel: string, event: unknown, ...args: unknown[]) => unknown }
let warnings: string[]
let commands: unknown[]
/** Requests about recordings, files and problems. */
let asked: unknown[][]
let feeds: {
  acknowledged: number[]
  closed: boolean
  send: (frame: Uint8Array<ArrayBuffer>) => void
}[]

/** Connections to the lesson that have ended. */
let lessons: string[]
let screens: { role: string; closed: boolean }[]

beforeEach(() => {
  ;[warnings, commands, feeds, asked, screens, lessons] = [[], [], [], [], [], []]
  contents = new FakeContents()
  const handlers = new Map<string, (...args: unknown[]) => unknown>()
  ipc = Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: (...args: unknown[]) => unknown) =>
      handlers.set(channel, handler),
    call: (channel: string, ...args: unknown[]) => handlers.get(channel)?.(...args),
  })
  serveWindow({
    ipc: ipc as unknown as IpcMain,
    contents: contents as unknown as WebContents,
    appUrl: APP_URL,
    warn: (text) => warnings.push(text),
    async takeFile() {
      asked.push(['takeFile'])
      return { ok: true, value: null }
    },
    openNotes: () => asked.push(['openNotes']),
    reportProblem: (problem) => asked.push([problem]),
    compare(request, tell) {
      asked.push(['compare', request])
      tell({ kind: 'progress', parts: [0.5] })
      return { end: () => asked.push(['ended']), stop: () => asked.push(['stopped']) }
    },
    checkProgram(request, tell) {
      asked.push(['checkProgram', request])
      tell({ kind: 'dialect', dialect: 'as assigned' })
      return { end: () => asked.push(['check ended']), stop: () => asked.push(['check stopped']) }
    },
    lessons: () => ({
      request: (request) => asked.push(['lesson', request]),
      stop: () => lessons.push('stopped'),
    }),
    rooms: () => ({
      request: (request) => asked.push(['room', request]),
      stop() {},
    }),
    engine: {
      openScreen(role) {
        const screen = { role, closed: false }
        screens.push(screen)
        return {
          async execute(command) {
            commands.push(command)
            return { ok: true }
          },
          openFeed(send) {
            const feed = { acknowledged: [] as number[], closed: false, send }
            feeds.push(feed)
            return {
              acknowledge: (frame) => feed.acknowledged.push(frame),
              close: () => {
                feed.closed = true
              },
            }
          },
          close() {
            screen.closed = true
            for (const feed of feeds) feed.closed = true
          },
        }
      },
      async readRecording(source, from) {
        asked.push([source, from])
        if (source !== 'session') throw new Error('There is no such recording.')
        return { bytes: new Uint8Array(64).subarray(0, 2), from, end: from + 2 }
      },
      async listSessions() {
        return [KEPT_SESSION]
      },
      async discardSession(name) {
        asked.push([name])
        if (name !== 'one') throw new Error(`There is no "${name}".`)
      },
    },
  })
})

/**
 * Delivers a call as Electron does: invoked calls to their handler, the others to their listeners.
 */
const send = (call: Call, event: unknown, args: readonly unknown[]) =>
  ipc.listenerCount(CHANNELS[call]) > 0
    ? void ipc.emit(CHANNELS[call], event, ...args)
    : ipc.call(CHANNELS[call], event, ...args)

/** Expects that the engine received nothing but one subscription. */
function nothingAsked(): void {
  expect({ commands, asked, opened: feeds.length }).toEqual({ commands: [], asked: [], opened: 1 })
  expect(feeds[0]).toMatchObject({ acknowledged: [], closed: false })
}

const fromPage = () => ({ sender: contents, senderFrame: contents.mainFrame })

describe('a call from the page', () => {
  it('carries a command to the engine', async () => {
    expect(await ipc.call(CHANNELS.command, fromPage(), { type: 'sendAll' })).toEqual({ ok: true })
    expect(commands).toEqual([{ type: 'sendAll' }])
  })

  it('starts frames and acknowledges them', () => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    feeds[0]?.send(Uint8Array.of(1, 2))
    ipc.emit(CHANNELS.acknowledge, fromPage(), 1)
    expect(contents.sent).toEqual([[CHANNELS.frame, Uint8Array.of(1, 2)]])
    expect(feeds[0]?.acknowledged).toEqual([1])
  })

  it('is an operator’s, and another screen’s after the page was loaded again', () => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    ipc.emit(CHANNELS.subscribe, fromPage())
    expect(screens).toEqual([
      { role: 'operator', closed: true },
      { role: 'operator', closed: true },
      { role: 'operator', closed: false },
    ])
  })

  it('about the lesson reaches it as soon as frames are sent, until the page is loaded again', () => {
    const list = { kind: 'list' }
    ipc.emit(CHANNELS.lesson, fromPage(), list)
    ipc.emit(CHANNELS.subscribe, fromPage())
    ipc.emit(CHANNELS.lesson, fromPage(), list)
    expect(asked).toEqual([['lesson', list]])
    ipc.emit(CHANNELS.subscribe, fromPage())
    expect(lessons).toEqual(['stopped'])
  })

  it('gets a part of a recording, and nothing of the buffer that it lies in', async () => {
    const answer = await ipc.call(CHANNELS.readRecording, fromPage(), 'session', 7)
    const bytes = Uint8Array.of(0, 0)
    expect(answer).toEqual({ ok: true, value: { bytes, from: 7, end: 9 } })
    expect(answer).toHaveProperty('value.bytes.buffer.byteLength', 2)
  })

  it('lists kept sessions, and discards one', async () => {
    expect(await ipc.call(CHANNELS.listSessions, fromPage())).toEqual({
      ok: true,
      value: [KEPT_SESSION],
    })
    ipc.emit(CHANNELS.discardSession, fromPage(), 'one')
    expect(asked).toEqual([['one']])
    expect(warnings).toEqual([])
  })

  it('gets an error text for a recording that cannot be read', async () => {
    expect(await ipc.call(CHANNELS.readRecording, fromPage(), 'other', 0)).toEqual({
      ok: false,
      error: 'There is no such recording.',
    })
    expect(warnings).toEqual([expect.stringContaining('There is no such recording.')])
  })

  it('sends no more than the frame, whatever buffer it lies in', () => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    feeds[0]?.send(new Uint8Array(8192).subarray(0, 3))
    expect(contents.sent[0]?.[1]).toHaveProperty('buffer.byteLength', 3)
  })

  it('closes the old feed when it subscribes again, as after a reload', () => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    ipc.emit(CHANNELS.subscribe, fromPage())
    expect(feeds.map((feed) => feed.closed)).toEqual([true, false])
  })

  it.each(['destroyed', 'render-process-gone'])('has its feed closed when %s', (event) => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    contents.emit(event)
    expect(feeds[0]?.closed).toBe(true)
  })
})

describe('a malformed call is refused, and the log says why', () => {
  const CALL_NAMES = Object.keys(CALLS) as Call[]
  it.each(CALL_NAMES)('%s, whatever it carries', async (call) => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    await fc.assert(
      fc.asyncProperty(malformedArguments(call), async (args) => {
        const before = warnings.length
        const answer = await send(call, fromPage(), args)
        if (answer !== undefined) expect(answer).toMatchObject({ ok: false, error: /./ })
        expect(warnings.slice(before)).toEqual([
          expect.stringContaining(`A call of ${CHANNELS[call]} was refused: `),
        ])
        nothingAsked()
      }),
      { numRuns: 200, seed: 4 },
    )
  })

  it('says which argument should have been what, and does not repeat what it got', async () => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    ipc.emit(CHANNELS.acknowledge, fromPage(), 'secret')
    const problem = { message: 'm', details: 'd', secret: 'secret' }
    ipc.emit(CHANNELS.reportProblem, fromPage(), problem)
    ipc.emit(CHANNELS.discardSession, fromPage(), 'one', 'secret')
    expect(warnings).toEqual([
      'A call of roundabout:acknowledge was refused: argument 0 should be number.',
      'A call of roundabout:report-problem was refused: argument 0.secret should be never.',
      'A call of roundabout:discard-session was refused: it has 2 arguments, not 1.',
    ])
  })
})

describe('a call from elsewhere is refused, and the log says why', () => {
  const strangers = {
    'another window': () => ({ sender: new FakeContents(), senderFrame: contents.mainFrame }),
    'an inner frame': () => ({ sender: contents, senderFrame: { url: APP_URL } }),
    'a frame that has gone': () => ({ sender: contents, senderFrame: null }),
    'another address': () => {
      contents.mainFrame.url = 'https://example.org/'
      return fromPage()
    },
  }

  it.each(Object.entries(strangers))('%s, on every channel', async (_, stranger) => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    const event = stranger()
    for (const [call, args] of Object.entries(WELL_FORMED) as [Call, unknown[]][]) {
      const answer = await send(call, event, args)
      if (answer !== undefined) expect(answer).toMatchObject({ ok: false })
    }
    nothingAsked()
    expect(warnings).toHaveLength(Object.keys(CALLS).length)
  })
})
