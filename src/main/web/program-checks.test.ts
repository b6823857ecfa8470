// Checks of programs over the browser's socket: an operator starts and stops one, a viewer may not, and none outlives its
// window.
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import type { UserRole } from '../../shared/commands'
import { type ScreenEngine, serveScreen } from './screen-socket'

function windowOf(role: UserRole, checksPrograms = true) {
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
  const warnings: string[] = []
  serveScreen(socket as unknown as WebSocket, {
    engine: { openScreen: () => ({ close() {} }) } as unknown as ScreenEngine,
    role,
    warn: (text) => warnings.push(text),
    ...(checksPrograms && {
      checkProgram(request, tell) {
        asked.push(request)
        tell({ kind: 'dialect', dialect: 'as assigned' })
        return { end: () => asked.push('ended'), stop: () => asked.push('stopped') }
      },
    }),
  })
  const say = (message: unknown) => socket.emit('message', Buffer.from(JSON.stringify(message)))
  return { socket, asked, warnings, say }
}

it('an operator starts one in place of the one before, and ends it', () => {
  const { socket, asked, say } = windowOf('operator')
  say({ kind: 'checkProgram', request: 'first' })
  expect(socket.sent).toContainEqual({
    kind: 'programCheck',
    update: { kind: 'dialect', dialect: 'as assigned' },
  })
  say({ kind: 'checkProgram', request: 'second' })
  say({ kind: 'stopProgramCheck' })
  expect(asked).toEqual(['first', 'stopped', 'second', 'ended'])
})

it.each([
  ['a viewer', windowOf('viewer')],
  ['a window of a host that checks none', windowOf('operator', false)],
])('%s is refused, with a reason, and the log has it', (_, { socket, asked, warnings, say }) => {
  say({ kind: 'checkProgram', request: { program: 'proxy', command: 'touch it {port}' } })
  expect(asked).toEqual([])
  expect(socket.sent.at(-1)).toMatchObject({
    kind: 'programCheck',
    update: { kind: 'failed', error: expect.stringMatching(/check/) },
  })
  expect(warnings).toHaveLength(1)
})

it('a window that closes leaves no program behind', () => {
  const { socket, asked, say } = windowOf('operator')
  say({ kind: 'checkProgram', request: 'first' })
  socket.emit('close')
  expect(asked).toEqual(['first', 'stopped'])
})
