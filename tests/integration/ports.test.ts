// Which ports the proxy and the servers of a lab get: those that are asked for, taken, or need rights.
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/main/engine/index'
import { DEFAULT_PROXY_PORT } from '../../src/shared/limits'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { networkDenying } from './denied-ports'
import { until } from './lab'
import { start, stopAll, toStop } from './on-sockets'

afterEach(stopAll)

describe('the port of the proxy', () => {
  it('that was asked for and is taken is named in the error', async () => {
    const first = await start()
    const { port } = first.proxy
    await expect(createEngine({ proxyPort: port, scenario: EMPTY_POOL })).rejects.toThrow(
      `Port ${port} is in use by another program`,
    )
  })

  it('that needs rights is named in the error, and passed over where nobody asked for it', async () => {
    const refusing = networkDenying((port) => port < DEFAULT_PROXY_PORT + 30)
    await expect(createEngine({ proxyPort: 80, network: refusing })).rejects.toThrow(
      'Port 80 needs rights that this program does not have: choose another one',
    )
    const engine = await start({ proxyPort: undefined, network: refusing })
    expect(engine.proxy.port).toBeGreaterThanOrEqual(DEFAULT_PROXY_PORT + 30)
  })

  it('that nobody asked for is the next free one', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => {
      // A port that another program has taken serves as well.
      blocker.on('error', () => resolve())
      blocker.listen(DEFAULT_PROXY_PORT, '127.0.0.1', resolve)
    })
    toStop.push(() => new Promise((resolve) => blocker.close(resolve)))
    const engine = await start({ proxyPort: undefined })
    expect(engine.proxy.askedPort).toBe(DEFAULT_PROXY_PORT)
    expect(engine.proxy.port).toBeGreaterThan(DEFAULT_PROXY_PORT)
    expect(engine.state.logs.get('proxy')?.[0]?.text).toContain(`${DEFAULT_PROXY_PORT} is taken`)
  })
})

describe('the port of a server', () => {
  it('that needs rights is named in the error, and passed over where nobody asked for it', async () => {
    const engine = await start({ network: networkDenying((port) => port % 10 === 1) })
    expect(await engine.execute({ type: 'addServer', port: 81 })).toEqual({
      ok: false,
      error: 'Port 81 needs rights that this program does not have: choose another one.',
    })
    await engine.execute({ type: 'addServer', id: '1' })
    expect((engine.state.nodes.get('server:1')?.port ?? 0) % 100).toBe(2)
  })

  it('that is stopped is left to it by another lab on this machine', async () => {
    const one = await start()
    await one.execute({ type: 'addServer', id: '1', policy: '111' })
    await until(one, () => one.state.rows.size === 1)
    const stopped = (is: boolean) => ({ type: 'updateServer', node: 'server:1', stopped: is })
    expect(await one.execute(stopped(true))).toMatchObject({ ok: true })
    const { port } = one.state.nodes.get('server:1') ?? {}

    const other = await start()
    for (let id = 1; id <= 4; id++) await other.execute({ type: 'addServer', id: `${id}` })
    const ports = [...other.state.nodes.values()].map((node) => node.port)
    expect(ports).toHaveLength(5)
    expect(ports).not.toContain(port)
    expect(await one.execute(stopped(false))).toMatchObject({ ok: true })
  })

  it('that cannot be had for its new id leaves the old one as it was', async () => {
    let hasRights = true
    const engine = await start({ network: networkDenying(() => !hasRights) })
    await engine.execute({ type: 'addServer', id: '1', policy: '111' })
    await until(engine, () => engine.state.rows.size === 1)
    const before = engine.state
    hasRights = false
    const update = { type: 'updateServer', node: 'server:1', id: '2' }
    expect(await engine.execute(update)).toMatchObject({ ok: false })
    expect([engine.state.nodes, engine.state.rows]).toEqual([before.nodes, before.rows])
    hasRights = true
    expect(await engine.execute(update)).toMatchObject({ ok: true, node: 'server:2' })
    await until(engine, () => engine.state.rows.has('2'))
    expect([...engine.state.rows.keys()]).toEqual(['2'])
  })
})
