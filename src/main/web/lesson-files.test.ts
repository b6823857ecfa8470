// A lesson's file over the browser's socket: it comes in parts, and a viewer may send none.
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { UserRole } from '../../shared/commands'
import { MAX_LESSON_FILE_CHARS } from '../../shared/lesson/lesson-line'
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
  serveScreen(socket as unknown as WebSocket, {
    engine: { openScreen: () => ({ close() {} }) } as unknown as ScreenEngine,
    role,
    warn: () => {},
    lessons: () => ({ request: (request) => asked.push(request), stop() {} }),
  })
  const say = (base64: string, isLast: boolean) => {
    const message = { kind: 'lessonFile', name: 'mine.roundabout-lesson', base64, isLast }
    socket.emit('message', Buffer.from(JSON.stringify(message)))
  }
  return { socket, asked, say }
}

it('is opened with its last part', () => {
  const { asked, say } = windowOf('operator')
  say('AAAA', false)
  expect(asked).toEqual([])
  say('BBBB', true)
  say('CCCC', true)
  expect(asked).toEqual([
    { kind: 'openFile', name: 'mine.roundabout-lesson', base64: 'AAAABBBB' },
    { kind: 'openFile', name: 'mine.roundabout-lesson', base64: 'CCCC' },
  ])
})

it('is refused in words when it grows too large', () => {
  const { socket, asked, say } = windowOf('operator')
  say('A'.repeat(MAX_LESSON_FILE_CHARS), false)
  say('AAAA', true)
  expect(asked).toEqual([])
  expect(socket.sent.at(-1)).toEqual({
    kind: 'lesson',
    update: { kind: 'refused', error: 'mine.roundabout-lesson is too large.' },
  })
})

it('is not taken from a viewer', () => {
  const { asked, say } = windowOf('viewer')
  say('AAAA', true)
  expect(asked).toEqual([])
})
