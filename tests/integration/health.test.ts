// Health checks on real sockets: real programs that listen, hang, answer wrongly or are gone.
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { composeAnswer, composeRegistration } from '../../src/shared/protocol/compose'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { until } from './lab'

let engine: Engine
const programs: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  await engine.close()
  for (const socket of sockets) socket.destroy()
  for (const program of programs.splice(0)) await new Promise((done) => program.close(done))
})

/** A program that serves policy 111 and does with each connection what the test says; returns how to end it. */
async function program(id: string, serve: (socket: Socket) => void): Promise<() => void> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket)
  })
  programs.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It has no port.')
  connect(engine.proxy.port, engine.proxy.host).end(composeRegistration(id, '111', address.port))
  await until(engine, () => engine.state.rows.has(id))
  return () => server.close()
}

const healthOf = (id: string) => engine.state.rows.get(id)?.health
const detailOf = (id: string) => engine.state.rows.get(id)?.lastCheck?.detail

it('a connection is enough for one kind of check, and an answer is judged by the other', async () => {
  engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
  await engine.execute({ type: 'addServer', policy: '111', id: '100' })
  const end = await program('500', (socket) => socket.resume())
  await program('600', (socket) => {
    socket.on('data', () => socket.end(composeAnswer('600', 'check', 'a wrong hash')))
  })
  await program('700', (socket) => socket.destroy())
  const checks = { intervalMs: 60, fall: 2, rise: 1, outside: true }
  await engine.execute({ type: 'updatePool', policy: '111', checks })
  const all = ['100', '500', '600', '700']
  await until(engine, () => all.every((id) => detailOf(id) === 'the connection was opened'))
  await until(engine, () => all.every((id) => healthOf(id) === 'up'))
  await engine.execute({ type: 'updatePool', policy: '111', checks: { ...checks, way: 'message' } })
  await until(engine, () => detailOf('100') === 'the answer has the right hash')
  await until(engine, () => detailOf('500') === 'no answer within 60 ms')
  await until(engine, () => detailOf('600') === 'the answer has a wrong hash')
  await until(engine, () => /closed|could not be opened/.test(detailOf('700') ?? ''))
  await until(engine, () => all.slice(1).every((id) => healthOf(id) === 'down'))
  await until(engine, () => healthOf('100') === 'up')
  end()
  await engine.execute({ type: 'updatePool', policy: '111', checks })
  // A busy machine may answer later than a check waits: the server is down for that until the next check.
  await until(engine, () => detailOf('500') === 'the connection was refused')
  expect(healthOf('500')).toBe('down')
  await until(engine, () => healthOf('600') === 'up')
})
