// The IPC boundary with Electron played by hand: who may call, with what, and what becomes of it.
import { EventEmitter } from 'node:events'
import type { IpcMain, WebContents } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../shared/contract'
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
let feeds: {
  acknowledged: number[]
  closed: boolean
  send: (frame: Uint8Array<ArrayBuffer>) => void
}[]

beforeEach(() => {
  ;[warnings, commands, feeds] = [[], [], []]
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
    engine: {
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
    },
  })
})

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
  it.each([
    ['no number', ['one']],
    ['a fraction', [1.5]],
    ['a negative number', [-1]],
    ['nothing', []],
    ['too much', [1, 2]],
  ])('an acknowledgement with %s', (_, args) => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    ipc.emit(CHANNELS.acknowledge, fromPage(), ...args)
    expect(feeds[0]?.acknowledged).toEqual([])
    expect(warnings).toEqual([expect.stringContaining(CHANNELS.acknowledge)])
  })

  it('a command with nothing or too much', async () => {
    expect(await ipc.call(CHANNELS.command, fromPage())).toMatchObject({ ok: false })
    expect(await ipc.call(CHANNELS.command, fromPage(), {}, {})).toMatchObject({ ok: false })
    expect(commands).toEqual([])
    expect(warnings).toHaveLength(2)
  })

  it('a subscription with arguments', () => {
    ipc.emit(CHANNELS.subscribe, fromPage(), 1)
    expect(feeds).toEqual([])
    expect(warnings).toHaveLength(1)
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

  it.each(Object.entries(strangers))('%s', async (_, stranger) => {
    ipc.emit(CHANNELS.subscribe, fromPage())
    const event = stranger()
    expect(await ipc.call(CHANNELS.command, event, { type: 'sendAll' })).toMatchObject({
      ok: false,
    })
    ipc.emit(CHANNELS.subscribe, event)
    ipc.emit(CHANNELS.acknowledge, event, 1)
    expect(commands).toEqual([])
    expect(feeds).toHaveLength(1)
    expect(feeds[0]?.acknowledged).toEqual([])
    expect(warnings).toHaveLength(3)
  })
})
