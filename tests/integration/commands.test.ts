// Commands to an engine on real sockets: what cannot be done, what comes in between, and the way back.
import { afterEach, describe, expect, it } from 'vitest'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { collect, until } from './lab'
import { joinServer, start, stopAll, toStop } from './on-sockets'
import { startServer } from './program'

afterEach(stopAll)

describe('commands', () => {
  it('that cannot be done say why, and change nothing', async () => {
    const engine = await start()
    const other = await startServer(() => {})
    toStop.push(other.stop)
    await engine.execute({ type: 'addServer', id: '1', policy: '111' })
    await engine.execute({ type: 'addClient', id: '1', policy: '111' })
    await until(engine, () => engine.state.rows.size === 1)
    const nodes = [...engine.state.nodes]
    const refusals: [command: unknown, words: string][] = [
      [{ type: 'addServer', id: '1' }, 'id: Id 1 is taken'],
      [{ type: 'addClient', id: '1' }, 'id: Id 1 is taken'],
      [{ type: 'addServer', id: '2', port: other.port }, `Port ${other.port} is in use`],
      [{ type: 'addServer', id: '2', port: 0 }, 'port'],
      [{ type: 'addServer', id: '' }, 'id: An id needs at least one character'],
      [{ type: 'addServer', surplus: 1 }, 'surplus'],
      [{ type: 'removeNode', node: 'server:9' }, 'server:9'],
      [{ type: 'removeNode', node: 'proxy' }, 'proxy'],
      [{ type: 'updateServer', node: 'server:9', policy: '1' }, 'server:9'],
      [{ type: 'updateClient', node: 'client:9', policy: '1' }, 'client:9'],
      [{ type: 'sendMessage', client: 'client:9' }, 'client:9'],
      [{ type: 'sendMessage', client: 'client:1', count: 0 }, 'Send at least one message'],
      [{ type: 'sendMessage', client: 'client:1', count: 1e9 }, 'Send at most'],
      [{ type: 'setSpeed', speed: 0 }, 'speed'],
      [{ type: 'setSpeed', speed: Number.NaN }, 'speed'],
      [{ type: 'updateLinks', latencyMs: -1 }, 'latencyMs'],
      [{ type: 'nonsense' }, 'type'],
      [{}, 'type'],
      [null, ''],
      ['pause', ''],
    ]
    for (const [command, words] of refusals) {
      const result = await engine.execute(command)
      expect([command, result]).toEqual([command, { ok: false, error: expect.any(String) }])
      expect(result.ok || result.error).toContain(words)
    }
    expect([...engine.state.nodes]).toEqual(nodes)
  })

  it('that change who is there are carried out one after another', async () => {
    const engine = await start({ scenario: CLASSIC_POOL })
    const commands = [
      { type: 'reset' },
      { type: 'addServer', id: '500' },
      { type: 'addClient', id: '7' },
      { type: 'updateServer', node: 'server:500', id: '600' },
      { type: 'removeNode', node: 'server:600' },
      { type: 'reset' },
      { type: 'addClient', id: '8' },
    ]
    const results = await Promise.all(commands.map((command) => engine.execute(command)))
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect([...engine.state.nodes.keys()].slice(1)).toEqual([
      ...CLASSIC_POOL.servers.map(({ id }) => `server:${id}`),
      ...CLASSIC_POOL.clients.map(({ id }) => `client:${id}`),
      'client:8',
    ])
  })

  it('may name an outside program to be taken off', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111')
    expect(await engine.execute({ type: 'addServer', id: '1' })).toMatchObject({ ok: false })
    const removed = await engine.execute({ type: 'removeNode', node: 'outside:server:1' })
    expect(removed).toMatchObject({ ok: true, change: { label: 'remove outside server 1' } })
    expect([engine.state.rows.size, engine.state.nodes.has('outside:server:1')]).toEqual([0, false])
  })

  it('reset brings the scenario back, whatever was done to it', async () => {
    const engine = await start({ scenario: CLASSIC_POOL })
    await until(engine, () => engine.state.rows.size === 4)
    const before = [...engine.state.nodes.keys()]
    // Their ports are the first free ones of the system, which other programs may take meanwhile.
    const rows = () => [...engine.state.rows].map(([id, { policy }]) => [id, policy])
    const rowsBefore = rows()
    await joinServer(engine, '7', '777')
    await engine.execute({ type: 'sendAll' })
    await until(engine, () => engine.state.totals.exchanges.answered === 6)
    await engine.execute({ type: 'removeNode', node: 'server:100' })
    await engine.execute({ type: 'updateServer', node: 'server:200', id: '250' })
    await engine.execute({ type: 'updateClient', node: 'client:2', id: '22' })
    await engine.execute({ type: 'addServer' })
    expect(await engine.execute({ type: 'reset' })).toMatchObject({ ok: true })
    await until(engine, () => engine.state.rows.size === 4)
    expect([...engine.state.nodes.keys()]).toEqual(before)
    expect(rows()).toEqual(rowsBefore)
    const decisions = collect(engine, 'decision.made')
    await engine.execute({ type: 'sendAll' })
    await until(engine, () => engine.state.totals.exchanges.answered === 6)
    expect(engine.state.totals.exchanges).toEqual({ begun: 6, answered: 6, refused: 0, lost: 0 })
    expect(decisions.map(({ server }) => server)).toEqual([
      '100',
      '300',
      '200',
      '100',
      '400',
      '200',
    ])
    for (const { id, connections, inFlight } of engine.state.nodes.values()) {
      expect([id, inFlight, connections < 0]).toEqual([id, 0, false])
    }
  })
})
