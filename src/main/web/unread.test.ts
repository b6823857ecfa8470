// Windows that do not read what they are sent.
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { type ScreenEngine, serveScreen } from './screen-socket'

const MAX_UNREAD = 1_000

function slowWindow() {
  const snapshots: number[] = []
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    isTerminated: false,
    send(_data: unknown, sent: () => void) {
      socket.wasRead = () => {
        socket.bufferedAmount = 0
        sent()
      }
    },
    wasRead() {},
    close() {
      socket.readyState = 2
    },
    terminate() {
      socket.isTerminated = true
    },
  })
  let write = (_frame: Uint8Array) => {}
  const screen = {
    close() {},
    openFeed(send: (frame: Uint8Array) => void) {
      snapshots.push(socket.bufferedAmount)
      write = send
      send(new Uint8Array(10))
      return { acknowledge() {}, close() {} }
    },
  }
  serveScreen(socket as unknown as WebSocket, {
    engine: { openScreen: () => screen } as unknown as ScreenEngine,
    role: 'viewer',
    warn: () => {},
    maxUnreadBytes: MAX_UNREAD,
    now: () => 0,
  })
  const subscribe = () => socket.emit('message', Buffer.from('{"kind":"subscribe"}'))
  return { socket, snapshots, subscribe, write: () => write(new Uint8Array(10)) }
}

it('get one snapshot more, once they have read the one before, however often they subscribe', () => {
  const { socket, snapshots, subscribe } = slowWindow()
  subscribe()
  socket.bufferedAmount = 10
  for (let count = 0; count < 5; count++) subscribe()
  expect(snapshots).toEqual([0])
  socket.wasRead()
  expect(snapshots).toEqual([0, 0])
  socket.wasRead()
  expect(snapshots).toEqual([0, 0])
})

it('are cut off when they leave more unread than they may', () => {
  const { socket, subscribe, write } = slowWindow()
  subscribe()
  socket.bufferedAmount = MAX_UNREAD
  write()
  expect(socket.isTerminated).toBe(false)
  socket.bufferedAmount = MAX_UNREAD + 1
  write()
  expect(socket.isTerminated).toBe(true)
})
