// An experiment in a scenario file: servers that work and fail, faults on links, and traffic, each as briefly as it can be.
import { expect, it } from 'vitest'
import { checkScenario } from './scenario-file'

it('has what is left out from the settings’ defaults', () => {
  const checked = checkScenario(
    {
      format: 'roundabout-scenario',
      version: 5,
      servers: [
        {
          id: '100',
          policy: '111',
          work: { ms: 40, distribution: 'exponential', atOnce: 1, queue: 100 },
          behaviour: { kind: 'refuse', probability: 1, fromMs: 0, untilMs: 5_000 },
        },
      ],
      clients: [{ id: '1', policy: '111', payload: 'xyz' }],
      faults: [
        {
          link: 'server:100',
          direction: 'to-server',
          fault: 'latency',
          latencyMs: 200,
          jitterMs: 50,
          probability: 1,
        },
      ],
      traffic: [{ client: '1', pattern: 'poisson', perSecond: 20, forMs: 10_000, clients: 40 }],
    },
    'file',
  )
  expect(checked).toMatchObject({
    ok: true,
    scenario: {
      servers: [
        { work: { ms: 40, queue: 100 }, behaviour: { kind: 'refuse', untilMs: 5_000, every: 1 } },
      ],
      faults: [{ fault: 'latency', latencyMs: 200, jitterMs: 50 }],
      clients: [{ traffic: { pattern: 'poisson', perSecond: 20, forMs: 10_000, clients: 40 } }],
    },
  })
})
