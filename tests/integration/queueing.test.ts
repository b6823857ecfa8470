// Limits, queues and retries on real sockets: messages wait for real programs that take their time, or end.
import { connect, createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { composeAnswer, composeRegistration } from '../../src/shared/protocol/compose'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { collect, until } from './lab'

let engine: Engine
const programs: Server[] = []

afterEach(async () => {
  await engine.close()
  for (const program of programs.splice(0)) await new Promise((done) => program.close(done))
})

interface Question {
  answer(): void
  hangUp(): void
}

/** A program that serves policy 111 and does with each message what the test says. */
async function program(id: string, asked: (question: Question) => void): Promise<void> {
  const server = createServer((socket) => {
    const scanner = new MessageScanner()
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      for (const item of scanner.push(bytes)) {
        if (item.kind !== 'message' || item.message.type !== 0) continue
        const { source, payload } = item.message
        asked({
          answer: () => socket.end(composeAnswer(id, source, hashOf(payload))),
          hangUp: () => socket.destroy(),
        })
      }
    })
  })
  programs.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It has no port.')
  const socket = connect(engine.proxy.port, engine.proxy.host)
  socket.end(composeRegistration(id, '111', address.port))
  await until(engine, () => engine.state.rows.has(id))
}

async function lab(clients: number): Promise<void> {
  engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
  for (let client = 0; client < clients; client++) {
    await engine.execute({ type: 'addClient', policy: '111' })
  }
}

it('a message waits until a server at its limit has answered the one before', async () => {
  await lab(3)
  const questions: Question[] = []
  await program('700', (question) => questions.push(question))
  await engine.execute({ type: 'updatePool', policy: '111', queue: {} })
  await engine.execute({ type: 'updateServer', node: 'outside:server:700', maxConnections: 1 })
  const decisions = collect(engine, 'decision.made')
  await engine.execute({ type: 'sendAll' })
  for (let served = 0; served < 3; served++) {
    await until(
      engine,
      () => engine.state.waiting.get('111')?.length === 2 - served || served === 2,
    )
    await until(engine, () => decisions.length === served + 1)
    while (questions.length === 0) await new Promise((done) => setImmediate(done))
    expect(questions).toHaveLength(1)
    questions.shift()?.answer()
    await until(engine, () => engine.state.totals.exchanges.answered === served + 1)
  }
  expect(decisions.map(({ waitedMs }) => waitedMs !== undefined)).toEqual([false, true, true])
  expect(engine.state.totals.verdicts).toEqual({ correct: 3, wrong: 0, error: 0 })
  expect(engine.state.waiting.size).toBe(0)
})

it('a message whose server hangs up is tried again where it is idempotent, and not where it is not', async () => {
  await lab(1)
  await program('700', (question) => question.hangUp())
  await program('800', (question) => question.answer())
  const failures = collect(engine, 'upstream.failed')
  const send = () => engine.execute({ type: 'sendAll' })
  const retries = { on: 'closed', idempotent: true } as const
  await engine.execute({ type: 'updatePool', policy: '111', retries })
  await send()
  await until(engine, () => engine.state.totals.exchanges.answered === 1)
  expect(failures.map(({ server, reason }) => [server, reason])).toEqual([['700', 'SERVER_CLOSED']])
  await engine.execute({ type: 'updatePool', policy: '111', retries: { on: 'closed' } })
  await send()
  await until(engine, () => {
    const { answered, refused } = engine.state.totals.exchanges
    return answered + refused === 2
  })
  expect(engine.state.totals.exchanges).toMatchObject({ answered: 1, refused: 1 })
})
