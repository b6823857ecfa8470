// Outside programs at both ends, on real sockets: their answers are still verified.
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { parseFilter } from '../../src/shared/filter/filter'
import { factsOf } from '../../src/shared/filter/state-facts'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { collect, until } from './lab'
import { question, registration, sha1, startProgram, startServer } from './program'

const toStop: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

/** Registers a server that answers with `answer(payload)`. */
async function joinServer(
  engine: Engine,
  id: string,
  policy: string,
  answer: (payload: string) => string,
): Promise<void> {
  const { port, stop } = await startServer((socket) => {
    socket.on('data', (bytes) => {
      const { payload, srcid } = JSON.parse(bytes.toString())
      const hash = answer(payload)
      socket.end(
        JSON.stringify({
          type: 2,
          srcid: id,
          destid: srcid,
          payloadsize: hash.length,
          payload: hash,
        }),
      )
    })
  })
  toStop.push(stop)
  const program = startProgram(engine.proxy.port)
  program.socket.end(registration(id, policy, port))
  await until(engine, () => engine.state.rows.has(id))
}

it('a wrong hash from a program to a program is found as such, and a right one too', async () => {
  const engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
  toStop.push(() => engine.close())
  await joinServer(engine, '7', '111', sha1)
  await joinServer(engine, '8', '222', (payload) => sha1(`${payload}!`))
  const verified = collect(engine, 'answer.verified')
  const program = startProgram(engine.proxy.port)
  program.socket.write(question(50, '111', 'xyz1'))
  await program.answered(1)
  program.socket.write(question(50, '222', 'xyz1'))
  await program.answered(2)
  program.socket.write(question(50, '333', 'xyz1'))
  await program.answered(3)
  expect(verified.map(({ node, verdict }) => [node, verdict])).toEqual([
    ['outside:client:50', 'correct'],
    ['outside:client:50', 'wrong'],
    ['outside:client:50', 'error'],
  ])
  const { state } = engine
  expect(state.totals.verdicts).toEqual({ correct: 1, wrong: 1, error: 1 })
  const parsed = parseFilter('hash:wrong')
  if (!parsed.ok) throw new Error(parsed.error)
  const found = [...state.packets].filter((packet) => parsed.filter.matches(factsOf(packet, state)))
  expect(found.map(({ id }) => id)).toEqual([verified[1]?.packet])
  program.socket.destroy()
})
