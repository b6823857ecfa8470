// A traffic source on real sockets and the real clock: a crowd's messages reach real servers, each on a connection of its
// own, and every one is answered.
import { afterEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import { until } from './lab'

let engine: Engine
afterEach(() => engine.close())

it('a crowd sends all its messages, and stops by itself', async () => {
  const traffic = { pattern: 'poisson', perSecond: 400, messages: 60, clients: 6 } as const
  engine = await createEngine({
    proxyPort: 0,
    latencyMs: 1,
    scenario: {
      name: 'Crowd',
      servers: [
        { id: '100', policy: '111' },
        { id: '300', policy: '111' },
      ],
      clients: [
        { id: '1', policy: '111', payload: 'xyz', traffic: settled(TRAFFIC.settings, traffic) },
      ],
    },
  })
  const node = () => engine.state.nodes.get('client:1')
  await until(engine, () => node()?.served === 60)
  expect(node()).toMatchObject({ sent: 60, errors: 0, sending: false, unsent: 0 })
  expect(node()?.connections).toBeGreaterThan(1)
  expect(engine.state.totals.verdicts).toEqual({ correct: 60, wrong: 0, error: 0 })
})
