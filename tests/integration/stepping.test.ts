// Stepping on real sockets: a step resolves once everything that it caused has arrived, in every
// run.
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { CLASSIC_POOL, EMPTY_POOL, type Scenario } from '../../src/shared/scenario'
import { collect, nextEvent, until } from './lab'
import { registration, sha1, startProgram, startServer } from './program'

const RUNS = 40
const toStop: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

async function start(scenario: Scenario, latencyMs: number): Promise<Engine> {
  const engine = await createEngine({ proxyPort: 0, latencyMs, scenario })
  toStop.push(() => engine.close())
  await engine.execute({ type: 'setSpeed', speed: 10 })
  await until(engine, () => engine.state.rows.size === scenario.servers.length)
  await engine.execute({ type: 'pause' })
  return engine
}

it('has delivered each message that it handed over', async () => {
  const engine = await start(CLASSIC_POOL, 20)
  const delivered = collect(engine, 'packet.delivered')
  for (let run = 0; run < RUNS; run++) {
    const client = `client:${1 + (run % CLASSIC_POOL.clients.length)}`
    await engine.execute({ type: 'sendMessage', client })
    for (let leg = 1; leg <= 4; leg++) {
      expect(await engine.execute({ type: 'step' })).toEqual({ ok: true })
      expect(delivered.length).toBe(4 * run + leg)
    }
    expect(engine.state.totals.verdicts.correct).toBe(run + 1)
    expect(engine.state.inFlight.size).toBe(0)
  }
})

it('has delivered them also where many are on their way at once', async () => {
  const engine = await start(CLASSIC_POOL, 20)
  for (let run = 0; run < 5; run++) await engine.execute({ type: 'sendAll' })
  let steps = 0
  while ((await engine.execute({ type: 'step' })).ok) {
    steps++
    const { at, inFlight } = engine.state
    expect([...inFlight.values()].filter(({ dueAt }) => dueAt < at)).toEqual([])
  }
  // From the first of six messages, 5 ms apart, to the last one's end of four links of 20 ms, a step every 5 ms.
  expect(steps).toBe((5 * 5 + 4 * 20) / 5)
  expect(engine.state.totals.verdicts.correct).toBe(30)
})

it('takes a message to its end through an outside server, which runs in its own time', async () => {
  const engine = await start(EMPTY_POOL, 20)
  await engine.execute({ type: 'addClient', id: '1', policy: '7' })
  const { port, stop } = await startServer((socket) => {
    socket.on('data', (bytes) => {
      const { payload, srcid } = JSON.parse(bytes.toString())
      const answer = {
        type: 2,
        srcid: '50',
        destid: srcid,
        payloadsize: 40,
        payload: sha1(payload),
      }
      // Only after the others have had many turns.
      let turns = 100
      const wait = () => (turns-- > 0 ? setImmediate(wait) : socket.end(JSON.stringify(answer)))
      wait()
    })
    socket.on('end', () => socket.end())
  })
  toStop.push(stop)
  await engine.execute({ type: 'resume' })
  const row = nextEvent(engine, 'row.set')
  startProgram(engine.proxy.port).socket.end(registration('50', '7', port))
  await row
  await engine.execute({ type: 'pause' })
  for (let run = 0; run < 10; run++) {
    const sent = collect(engine, 'packet.sent')
    await engine.execute({ type: 'sendMessage', client: 'client:1' })
    const packet = sent[0]?.packet
    expect(await engine.execute({ type: 'stepToEnd', packet })).toEqual({ ok: true })
    expect(engine.state.totals.verdicts.correct).toBe(run + 1)
  }
})
