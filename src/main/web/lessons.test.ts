// Lessons over the browser's socket: an operator conducts one, a viewer hears nothing of it and is refused whatever it asks.
import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { UserRole } from '../../shared/commands'
import { type ScreenEngine, serveScreen } from './screen-socket'

function windowOf(role: UserRole, hasLessons = true) {
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    sent: [] as { kind: string }[],
    send(text: string) {
      socket.sent.push(JSON.parse(text))
    },
    close() {},
    terminate() {},
  })
  const asked: unknown[] = []
  const warnings: string[] = []
  serveScreen(socket as unknown as WebSocket, {
    engine: { openScreen: () => ({ close() {} }) } as unknown as ScreenEngine,
    role,
    warn: (text) => warnings.push(text),
    ...(hasLessons && {
      lessons(tell) {
        asked.push('connected')
        tell({ kind: 'lesson', view: null })
        return { request: (request) => asked.push(request), stop: () => asked.push('stopped') }
      },
    }),
  })
  const say = (message: unknown) => socket.emit('message', Buffer.from(JSON.stringify(message)))
  return { socket, asked, warnings, say }
}

const heardOf = ({ socket }: ReturnType<typeof windowOf>) =>
  socket.sent.filter(({ kind }) => kind === 'lesson')

it('an operator is told of the lesson, asks, and is forgotten with its window', () => {
  const operator = windowOf('operator')
  operator.say({ kind: 'lesson', request: { kind: 'list' } })
  operator.socket.emit('close')
  expect(heardOf(operator)).toEqual([{ kind: 'lesson', update: { kind: 'lesson', view: null } }])
  expect(operator.asked).toEqual(['connected', { kind: 'list' }, 'stopped'])
})

it('a viewer is never connected, and each of its requests is refused in the log', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 20 }), (requests) => {
      const viewer = windowOf('viewer')
      for (const request of requests) viewer.say({ kind: 'lesson', request })
      viewer.socket.emit('close')
      expect(viewer.asked).toEqual([])
      expect(heardOf(viewer)).toEqual([])
      expect(viewer.warnings.length).toBeGreaterThanOrEqual(Math.min(requests.length, 1))
    }),
  )
})

it('a window of a host without lessons is refused', () => {
  const operator = windowOf('operator', false)
  operator.say({ kind: 'lesson', request: { kind: 'list' } })
  expect(operator.warnings).toEqual([expect.stringContaining('cannot conduct a lesson')])
})
