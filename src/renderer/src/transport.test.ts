import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { webBridge } from './transport'

/** The other end of the line, held by the test. */
class FakeSocket {
  static readonly all: FakeSocket[] = []
  readonly OPEN = 1
  readyState = 0
  binaryType = 'blob'
  readonly sent: unknown[] = []
  onopen?: () => void
  onclose?: () => void
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
  drop() {
    this.readyState = 3
    this.onclose?.()
  }
}

const dial = () => new FakeSocket() as unknown as WebSocket
const last = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1)
  if (!socket) throw new Error('Nobody has dialled.')
  return socket
}

beforeEach(() => {
  FakeSocket.all.length = 0
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('subscribes when the line opens, and hands on binary frames', () => {
  const frames: Uint8Array[] = []
  webBridge(dial, 'linux').subscribe((frame) => frames.push(frame))
  expect(last().sent).toEqual([])
  last().open()
  expect(last().sent).toEqual([{ kind: 'subscribe' }])
  last().onmessage?.({ data: new Uint8Array([1, 2]).buffer })
  expect(frames).toEqual([new Uint8Array([1, 2])])
})

it('matches results to commands by their ids', async () => {
  const bridge = webBridge(dial, 'linux')
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
  webBridge(dial, 'linux')
  last().open()
  expect(() => last().onmessage?.({ data: '{"kind":"result"' })).not.toThrow()
  expect(() => last().onmessage?.({ data: '{"kind":"result","id":"x"}' })).not.toThrow()
})

it('answers commands with an error when the line drops, and while it is down', async () => {
  const bridge = webBridge(dial, 'linux')
  last().open()
  const waiting = bridge.execute({ type: 'pause' })
  last().drop()
  expect(await waiting).toMatchObject({ ok: false, error: expect.stringContaining('lost') })
  expect(await bridge.execute({ type: 'pause' })).toMatchObject({ ok: false })
})

it('dials again, ever more patiently, and subscribes anew', () => {
  const heard: boolean[] = []
  const bridge = webBridge(dial, 'linux')
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
