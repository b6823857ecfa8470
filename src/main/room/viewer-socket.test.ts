import { EventEmitter } from 'node:events'
import { beforeEach, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { MAX_UNREAD_VIEWER_BYTES, VIEWER_SILENCE_MS } from '../../shared/limits'
import { ViewerSocket } from './viewer-socket'

class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly sent: string[] = []
  pings = 0
  isTerminated = false
  send(data: Buffer) {
    this.sent.push(data.toString())
  }
  ping() {
    this.pings++
  }
  terminate() {
    this.isTerminated = true
    this.emit('close')
  }
  close() {
    this.emit('close')
  }
}

let socket: FakeSocket
let line: ViewerSocket
let now: number

beforeEach(() => {
  socket = new FakeSocket()
  now = 0
  line = new ViewerSocket({
    socket: socket as unknown as WebSocket,
    take: () => {},
    closed: () => {},
    warn: () => {},
    now: () => now,
  })
  line.joined()
})

it('keeps only the newest of each kind for one that does not read', () => {
  socket.bufferedAmount = MAX_UNREAD_VIEWER_BYTES + 1
  for (let count = 0; count < 1_000; count++) line.offer('moment', Buffer.from(`moment ${count}`))
  line.offer('vote', Buffer.from('vote'))
  expect(socket.sent).toEqual([])
  socket.bufferedAmount = 0
  line.flush()
  expect(socket.sent).toEqual(['moment 999', 'vote'])
})

it('is cut off that gives no sign of life', () => {
  line.ping()
  expect(socket.pings).toBe(1)
  expect(socket.sent).toEqual(['{"kind":"alive"}'])
  now = VIEWER_SILENCE_MS
  socket.emit('pong', Buffer.alloc(0))
  now = 2 * VIEWER_SILENCE_MS
  line.ping()
  expect(socket.isTerminated).toBe(false)
  now++
  line.ping()
  expect(socket.isTerminated).toBe(true)
})
