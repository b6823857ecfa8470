import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEPT_SESSION } from '../../../../tests/support/kept-session'
import type { LineFault } from './line'
import { webBridge } from './transport'

/** The other end of the connection, controlled by the test. */
class FakeSocket {
  static readonly all: FakeSocket[] = []
  readonly OPEN = 1
  readyState = 0
  binaryType = 'blob'
  readonly sent: unknown[] = []
  onopen?: () => void
  onclose?: (event: { code: number; reason: string }) => void
  onmessage?: (event: { data: unknown }) => void

  constructor() {
    FakeSocket.all.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  drop(code = 1006, reason = '') {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }
}

const dial = () => new FakeSocket() as unknown as WebSocket
/** The HTTP requests to the host, and its answers. */
let asked: [string, Record<string, string>][]
let answer: () => Promise<Response>
const get = (path: string, query: Record<string, string>) => {
  asked.push([path, query])
  return answer()
}
const last = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1)
  if (!socket) throw new Error('Nobody has dialled.')
  return socket
}

beforeEach(() => {
  FakeSocket.all.length = 0
  asked = []
  answer = async () => new Response('Not now.', { status: 503 })
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('subscribes when the line opens, and hands on binary frames', () => {
  const frames: Uint8Array[] = []
  webBridge(dial, 'linux', get).subscribe((frame) => frames.push(frame))
  expect(last().sent).toEqual([])
  last().open()
  expect(last().sent).toEqual([{ kind: 'subscribe' }])
  last().onmessage?.({ data: new Uint8Array([1, 2]).buffer })
  expect(frames).toEqual([new Uint8Array([1, 2])])
})

it('matches results to commands by their ids', async () => {
  const bridge = webBridge(dial, 'linux', get)
  last().open()
  const first = bridge.execute({ type: 'pause' })
  const second = bridge.execute({ type: 'addServer' })
  const [, { id }] = last().sent as [unknown, { id: number }]
  const answer = { kind: 'result', id, result: { ok: true, node: 'server:1' } }
  last().onmessage?.({ data: JSON.stringify(answer) })
  last().onmessage?.({ data: JSON.stringify({ ...answer, id: id - 1, result: { ok: true } }) })
  expect(await second).toEqual({ ok: true, node: 'server:1' })
  expect(await first).toEqual({ ok: true })
})

it('ignores text that is no result', () => {
  webBridge(dial, 'linux', get)
  last().open()
  expect(() => last().onmessage?.({ data: '{"kind":"result"' })).not.toThrow()
  expect(() => last().onmessage?.({ data: '{"kind":"result","id":"x"}' })).not.toThrow()
})

it('answers commands with an error when the line drops, and while it is down', async () => {
  const bridge = webBridge(dial, 'linux', get)
  last().open()
  const waiting = bridge.execute({ type: 'pause' })
  last().drop()
  expect(await waiting).toMatchObject({ ok: false, error: expect.stringContaining('lost') })
  expect(await bridge.execute({ type: 'pause' })).toMatchObject({ ok: false })
})

it('dials again, ever more patiently, and subscribes anew', () => {
  const heard: boolean[] = []
  const bridge = webBridge(dial, 'linux', get)
  bridge.subscribe(() => {})
  bridge.onConnected((connected) => heard.push(connected))
  last().open()
  last().drop()
  vi.advanceTimersByTime(250)
  expect(FakeSocket.all).toHaveLength(2)
  last().drop()
  vi.advanceTimersByTime(250)
  expect(FakeSocket.all).toHaveLength(2)
  vi.advanceTimersByTime(250)
  expect(FakeSocket.all).toHaveLength(3)
  last().open()
  expect(last().sent).toEqual([{ kind: 'subscribe' }])
  expect(heard).toEqual([true, false, false, true])
})

it('sends a lesson’s file in parts that a message holds', () => {
  const bridge = webBridge(dial, 'linux', get)
  last().open()
  const base64 = 'A'.repeat(1024 * 1024 + 4)
  bridge.lesson({ kind: 'openFile', name: 'mine.roundabout-lesson', base64 })
  const parts = last().sent as { kind: string; base64: string; isLast: boolean }[]
  expect(parts.map(({ kind, isLast }) => [kind, isLast])).toEqual([
    ['lessonFile', false],
    ['lessonFile', true],
  ])
  expect(parts.map((part) => part.base64).join('')).toBe(base64)
})

it('tells the role that the host gives this window', () => {
  const roles: string[] = []
  const bridge = webBridge(dial, 'linux', get)
  bridge.onRole((role) => roles.push(role))
  last().open()
  last().onmessage?.({ data: '{"kind":"role","role":"viewer"}' })
  last().onmessage?.({ data: '{"kind":"role","role":"owner"}' })
  bridge.onRole((role) => roles.push(`late: ${role}`))
  expect(roles).toEqual(['viewer', 'late: viewer'])
})

it('asks for the address of viewers', async () => {
  answer = async () => new Response('http://127.0.0.1:5000/?token=1\n')
  expect(await webBridge(dial, 'linux', get).makeViewerAddress?.()).toBe(
    'http://127.0.0.1:5000/?token=1',
  )
  answer = async () => new Response('Only an operator may.', { status: 403 })
  await expect(webBridge(dial, 'linux', get).makeViewerAddress?.()).rejects.toThrow(
    'Only an operator',
  )
})

it('reads a part of a recording, with where it begins and the whole ends', async () => {
  const headers = { 'X-Recording-From': '12', 'X-Recording-End': '99' }
  answer = async () => new Response(Uint8Array.of(1, 2), { headers })
  const part = await webBridge(dial, 'linux', get).readRecording('session', 5)
  expect(part).toEqual({ bytes: Uint8Array.of(1, 2), from: 12, end: 99 })
  expect(asked).toEqual([['/recording', { source: 'session', from: '5' }]])
})

it('lists kept sessions, and discards one', async () => {
  const sessions = [KEPT_SESSION]
  answer = async () => Response.json(sessions)
  const bridge = webBridge(dial, 'linux', get)
  last().open()
  expect(await bridge.listSessions()).toEqual(sessions)
  bridge.discardSession('one')
  expect(last().sent).toEqual([{ kind: 'discardSession', name: 'one' }])
})

it('rejects in words where a recording cannot be had', async () => {
  const bridge = webBridge(dial, 'linux', get)
  await expect(bridge.readRecording('session', 0)).rejects.toThrow('Not now.')
  answer = () => Promise.reject(new TypeError('fetch failed'))
  await expect(bridge.listSessions()).rejects.toThrow('The engine is not connected.')
  answer = async () => new Response(Uint8Array.of(1))
  await expect(bridge.readRecording('session', 0)).rejects.toThrow()
  answer = async () => Response.json({ name: 'one' })
  await expect(bridge.listSessions()).rejects.toThrow()
})

describe('why the line is down', () => {
  const faults: (LineFault | undefined)[] = []
  const connect = () => webBridge(dial, 'linux', get, (fault) => faults.push(fault))
  const turns = () => vi.advanceTimersByTimeAsync(0)

  beforeEach(() => {
    faults.length = 0
  })

  it.each([
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed')), 'silent'],
    ['there are too many windows', async () => new Response('', { status: 503 }), 'full'],
  ] as const)('is told while it dials on: %s', async (_, answers, kind) => {
    answer = answers
    connect()
    last().drop()
    await turns()
    expect(faults).toEqual([{ kind }])
    expect(asked).toEqual([['/', {}]])
    vi.advanceTimersByTime(250)
    expect(FakeSocket.all).toHaveLength(2)
    last().open()
    expect(faults).toEqual([{ kind }, undefined])
  })

  it('may be that the host was started anew: then it dials no more', async () => {
    answer = async () => new Response('', { status: 403 })
    connect()
    last().open()
    last().drop()
    vi.advanceTimersByTime(250)
    last().drop()
    await turns()
    expect(faults).toEqual([undefined, { kind: 'stale' }])
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('is not known where the page is still served', async () => {
    answer = async () => new Response('', { status: 200 })
    connect()
    last().drop()
    await turns()
    expect(faults).toEqual([undefined])
  })

  it('is no news once the line is being tried again', async () => {
    let reply = (_: Response) => {}
    answer = () => new Promise((resolve) => (reply = resolve))
    connect()
    last().drop()
    vi.advanceTimersByTime(250)
    last().open()
    reply(new Response('', { status: 403 }))
    await turns()
    expect(faults).toEqual([undefined])
  })

  it.each([
    [1008, 'It subscribed too often.', 'It subscribed too often.'],
    [1008, '', 'It broke the rules.'],
    [1009, '', 'It sent a message that was too long.'],
  ])('may be that this window was cut off (%i): then it dials no more', (code, said, reason) => {
    connect()
    last().open()
    last().drop(code, said)
    expect(faults).toEqual([undefined, { kind: 'cutOff', reason }])
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.all).toHaveLength(1)
  })
})
