import { Socket } from 'node:net'
import { beforeEach, expect, it } from 'vitest'
import { MAX_CONNECTIONS_OF_VIEWER } from '../../shared/limits'
import { ConnectionLimit } from './connection-limit'

const LIMIT = 3

let connections: ConnectionLimit
let warnings: string[]

beforeEach(() => {
  warnings = []
  connections = new ConnectionLimit(LIMIT, (text) => warnings.push(text))
})

function dial(): Socket {
  const socket = new Socket()
  connections.add(socket)
  return socket
}

const areCut = (sockets: Socket[]) => sockets.map(({ destroyed }) => destroyed)

it('cuts none that there is room for', () => {
  expect(areCut([dial(), dial(), dial()])).toEqual([false, false, false])
  expect(warnings).toEqual([])
})

it('cuts the one without the token that asked longest ago', () => {
  const [first, second, third] = [dial(), dial(), dial()]
  connections.requested(first, 'operator')
  connections.requested(second, undefined)
  const fourth = dial()
  expect(areCut([first, second, third, fourth])).toEqual([false, false, true, false])
  expect(warnings).toEqual([expect.stringContaining('it had no token')])
})

it('cuts the oldest one of a viewer where none is without a token', () => {
  const [operator, viewer, other] = [dial(), dial(), dial()]
  connections.requested(other, 'viewer')
  connections.requested(viewer, 'viewer')
  connections.requested(operator, 'operator')
  expect(dial().destroyed).toBe(false)
  expect(areCut([operator, viewer, other])).toEqual([false, false, true])
  expect(warnings).toEqual([expect.stringContaining('it was a viewer’s')])
})

it('refuses a new one where all are operators’, until one of them goes', async () => {
  const known = [dial(), dial(), dial()] as const
  for (const socket of known) connections.requested(socket, 'operator')
  expect(dial().destroyed).toBe(true)
  expect(areCut([...known])).toEqual([false, false, false])
  expect(warnings).toEqual([expect.stringContaining('was refused')])

  const closed = new Promise((resolve) => known[0].once('close', resolve))
  known[0].destroy()
  await closed
  expect(dial().destroyed).toBe(false)
})

it('does not count one that has been cut, whatever it still asks', () => {
  const [first] = [dial(), dial(), dial(), dial()]
  connections.requested(first as Socket, 'operator')
  expect(areCut([dial()])).toEqual([false])
})

it('cuts no viewer of a class for another one’s requests', () => {
  const [joined, first, second] = [dial(), dial(), dial()]
  connections.hasJoined(joined, 1)
  connections.requested(first, 'viewer', 2)
  connections.requested(second, 'viewer', 2)
  expect(dial().destroyed).toBe(false)
  expect(areCut([joined, first, second])).toEqual([false, true, false])
})

it('cuts a viewer’s own oldest one where it has too many, its WebSockets last', () => {
  const many = new ConnectionLimit(100, (text) => warnings.push(text))
  const open = () => {
    const socket = new Socket()
    many.add(socket)
    return socket
  }
  const [joined, other] = [open(), open()]
  many.hasJoined(joined, 1)
  many.requested(other, 'viewer', 2)
  const own = Array.from({ length: MAX_CONNECTIONS_OF_VIEWER }, () => {
    const socket = open()
    many.requested(socket, 'viewer', 1)
    return socket
  })
  expect(areCut([joined, other])).toEqual([false, false])
  expect(areCut(own).indexOf(true)).toBe(0)
  expect(areCut(own).lastIndexOf(true)).toBe(0)
  // A connection that was used for requests can become a WebSocket.
  for (const socket of own.slice(1)) many.hasJoined(socket, 1)
  many.requested(open(), 'viewer', 1)
  expect(areCut([joined, other])).toEqual([true, false])
})
