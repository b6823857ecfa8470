// The ports of the servers of two labs on one machine, which share its ports.
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { until } from './lab'

const engines: Engine[] = []

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
})

async function start(): Promise<Engine> {
  const engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL })
  engines.push(engine)
  return engine
}

it('the port of a stopped server is left to it by another lab on this machine', async () => {
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
