import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { VIEWER_PING_MS, VIEWER_SILENCE_MS } from '../../../shared/limits'
import type { RoomMessage, ViewerMessage } from '../../../shared/room/viewer-line'
import { useClass } from './class-state'
import { answerByHand, rename, startClass } from './connection'

/** The room's end of the connection, as the test wants it. */
class FakeSocket {
  static readonly OPEN = 1
  static readonly all: FakeSocket[] = []
  readyState = 0
  readonly said: ViewerMessage[] = []
  onopen?: () => void
  onclose?: (event: { code: number; reason: string }) => void
  onmessage?: (event: { data: string }) => void

  constructor() {
    FakeSocket.all.push(this)
  }
  send(text: string) {
    this.said.push(JSON.parse(text))
  }
  close() {
    this.readyState = 3
  }
  tell(message: RoomMessage) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  /** Lets the page in as this viewer. */
  letIn(name: string) {
    this.readyState = FakeSocket.OPEN
    this.onopen?.()
    this.tell({ kind: 'joined', token: 'token', name, code: 'ABCDEF' })
  }
}

const newest = () => FakeSocket.all.at(-1) ?? expect.unreachable('Nothing was dialled.')
const phase = () => useClass.getState().phase

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all.length = 0
  const kept = new Map([['roundabout-class', JSON.stringify({ token: 'token', name: 'Ada' })]])
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('window', { location: { hash: '', host: '10.0.0.1:4000' } })
  vi.stubGlobal('document', { addEventListener: () => {}, visibilityState: 'visible' })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  startClass()
  newest().letIn('Ada')
})

afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('connects again when a network that closes nothing has gone, until the room answers', () => {
  expect(phase()).toBe('in')
  for (let sign = 0; sign < 10; sign++) {
    vi.advanceTimersByTime(VIEWER_PING_MS)
    newest().tell({ kind: 'alive' })
  }
  expect(FakeSocket.all).toHaveLength(1)
  vi.advanceTimersByTime(VIEWER_SILENCE_MS + 1_000)
  expect(phase()).toBe('lost')
  expect(FakeSocket.all).toHaveLength(2)
  // That one gets no answer either.
  vi.advanceTimersByTime(60_000)
  expect(FakeSocket.all.length).toBeGreaterThan(3)
  newest().letIn('Ada')
  expect(phase()).toBe('in')
  expect(newest().said).toEqual([{ kind: 'return', token: 'token' }])
})

it('says a new name once more if it came too late for the connection', () => {
  newest().readyState = 3
  newest().onclose?.({ code: 1006, reason: '' })
  rename('Grace')
  vi.advanceTimersByTime(1_000)
  newest().letIn('Ada')
  expect(useClass.getState().name).toBe('Grace')
  expect(newest().said.at(-1)).toEqual({ kind: 'rename', name: 'Grace' })
})

it('answers a message once, and again if the answer was lost with the connection', () => {
  const answer = { kind: 'answerByHand', exchange: 7, payload: 'a9' }
  answerByHand(7, 'a9')
  answerByHand(7, 'a9')
  expect(newest().said.filter(({ kind }) => kind === 'answerByHand')).toEqual([answer])
  newest().readyState = 3
  newest().onclose?.({ code: 1006, reason: '' })
  answerByHand(7, 'a9')
  vi.advanceTimersByTime(1_000)
  newest().letIn('Ada')
  answerByHand(7, 'a9')
  expect(newest().said.at(-1)).toEqual(answer)
})
