// The main scenario on real sockets: the classic pool, its messages and their answers.
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { collect, until } from './lab'

let engine: Engine

afterEach(async () => {
  await engine.close()
})

async function classicPool(latencyMs = 0): Promise<Engine> {
  engine = await createEngine({ proxyPort: 0, latencyMs })
  await until(engine, () => engine.state.rows.size === 4)
  return engine
}

describe('the classic pool', () => {
  it('registers four servers, in order', async () => {
    await classicPool()
    expect([...engine.state.rows.values()].map((row) => [row.server, row.policy])).toEqual([
      ['100', '111'],
      ['200', '222'],
      ['300', '111'],
      ['400', '222'],
    ])
    expect([...engine.state.next]).toEqual([
      ['111', '100'],
      ['222', '200'],
    ])
  })

  it('plays "Send all": every client is answered, round-robin per policy, and finds the hash correct', async () => {
    await classicPool(8)
    const decisions = collect(engine, 'decision.made')
    await engine.execute({ type: 'sendAll' })
    await until(engine, () => engine.state.totals.exchanges.answered === 6)
    const chosen = (policy: string) =>
      decisions.filter((decision) => decision.policy === policy).map(({ server }) => server)
    expect(chosen('111')).toEqual(['100', '300', '100'])
    expect(chosen('222')).toEqual(['200', '400', '200'])
    const { totals } = engine.state
    expect(totals.verdicts).toEqual({ correct: 6, wrong: 0, error: 0 })
    expect(totals.sent).toEqual([12, 4, 12, 0])
    expect(totals.delivered).toBe(28)
    expect(engine.state.inFlight.size).toBe(0)
  })

  it('sends five messages of one client to servers 100, 300, 100, 300, 100', async () => {
    await classicPool()
    const decisions = collect(engine, 'decision.made')
    await engine.execute({ type: 'sendMessage', client: 'client:1', count: 5 })
    await until(engine, () => engine.state.totals.exchanges.answered === 5)
    expect(decisions.map(({ server }) => server)).toEqual(['100', '300', '100', '300', '100'])
    expect(engine.state.totals.verdicts.correct).toBe(5)
  })

  it('sends the messages of a removed server elsewhere', async () => {
    await classicPool()
    await engine.execute({ type: 'removeNode', node: 'server:300' })
    const decisions = collect(engine, 'decision.made')
    await engine.execute({ type: 'sendMessage', client: 'client:1', count: 3 })
    await until(engine, () => engine.state.totals.exchanges.answered === 3)
    expect(decisions.map(({ server }) => server)).toEqual(['100', '100', '100'])
  })
})
