// Inside servers that fail, on real sockets: what a program gets that asks one directly, past the proxy.
import net from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { composeAnswer, composeClientMessage } from '../../src/shared/protocol/compose'
import { EMPTY_POOL } from '../../src/shared/scenario'

const SERVER = 'server:100'
const RIGHT = new TextDecoder().decode(composeAnswer('100', '9', hashOf('xyz')))

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
  await engine.execute({ type: 'addServer', id: '100', policy: '111' })
})
afterAll(() => engine.close())

/** Sends one message to the server; returns what came back, and how the connection ended. */
function ask(): Promise<{ text: string; ending: string }> {
  return new Promise((resolve) => {
    let text = ''
    const port = engine.state.nodes.get(SERVER)?.port ?? 0
    const socket = net.connect({ host: '127.0.0.1', port })
    socket.on('data', (bytes) => {
      text += bytes
      if (text === RIGHT) socket.end()
    })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ text, ending: code ?? '' }))
    socket.on('end', () => resolve({ text, ending: 'end' }))
    socket.write(composeClientMessage('9', '111', 'xyz'))
  })
}

const behave = (behaviour: unknown) =>
  engine.execute({ type: 'updateServer', node: SERVER, behaviour })

it('does on the socket what its name says', async () => {
  const half = RIGHT.slice(0, Math.ceil(RIGHT.length / 2))
  expect(await ask()).toEqual({ text: RIGHT, ending: 'end' })
  await behave({ kind: 'refuse' })
  expect(await ask()).toEqual({ text: '', ending: 'ECONNREFUSED' })
  await behave({ kind: 'refuse', first: 1 })
  expect(await ask()).toEqual({ text: '', ending: 'ECONNRESET' })
  expect(await ask()).toEqual({ text: RIGHT, ending: 'end' })
  await behave({ kind: 'close' })
  expect(await ask()).toEqual({ text: '', ending: 'end' })
  await behave({ kind: 'half' })
  expect(await ask()).toEqual({ text: half, ending: 'end' })
  await behave({ kind: 'reset' })
  expect((await ask()).text).toBe(half)
  await behave('off')
  await engine.execute({ type: 'updateServer', node: SERVER, stopped: true })
  expect(await ask()).toEqual({ text: '', ending: 'ECONNREFUSED' })
  await engine.execute({ type: 'undo' })
  expect(await ask()).toEqual({ text: RIGHT, ending: 'end' })
  await behave({ kind: 'crash', ms: 0 })
  expect((await ask()).text).toBe('')
  expect(await ask()).toEqual({ text: '', ending: 'ECONNREFUSED' })
})
