// Comparisons over the browser's socket: an operator starts and stops one, a viewer may not, and none outlives its window.
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { UserRole } from '../../shared/commands'
import { type ScreenEngine, serveScreen } from './screen-socket'

function windowOf(role: UserRole) {
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    sent: [] as unknown[],
    send(text: string) {
      socket.sent.push(JSON.parse(text))
    },
  })
  const asked: unknown[] = []
  const engine = {
    openScreen: () => ({ close() {} }),
  } as unknown as ScreenEngine
  serveScreen(socket as unknown as WebSocket, {
    engine,
    role,
    warn: () => {},
    compare(request, tell) {
      asked.push(request)
      tell({ kind: 'progress', parts: [0, 0.5] })
      return { end: () => asked.push('ended'), stop: () => asked.push('stopped') }
    },
  })
  const say = (message: unknown) => socket.emit('message', Buffer.from(JSON.stringify(message)))
  return { socket, asked, say }
}

it('an operator starts one in place of the one before, and ends it with what it has so far', () => {
  const { socket, asked, say } = windowOf('operator')
  say({ kind: 'compare', request: 'first' })
  expect(socket.sent).toContainEqual({
    kind: 'comparison',
    update: { kind: 'progress', parts: [0, 0.5] },
  })
  say({ kind: 'compare', request: 'second' })
  say({ kind: 'stopComparing' })
  expect(asked).toEqual(['first', 'stopped', 'second', 'ended'])
})

it('a viewer is refused', () => {
  const { socket, asked, say } = windowOf('viewer')
  say({ kind: 'compare', request: 'first' })
  expect(asked).toEqual([])
  expect(socket.sent.at(-1)).toMatchObject({ kind: 'result', result: { ok: false } })
})

it('a window that closes leaves no thread behind', () => {
  const { socket, asked, say } = windowOf('operator')
  say({ kind: 'compare', request: 'first' })
  socket.emit('close')
  expect(asked).toEqual(['first', 'stopped'])
})
