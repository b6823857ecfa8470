// What faults of links do to what is no client's message: health checks, and servers' registrations.
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import type { Scenario } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

const ONE: Scenario = {
  name: 'One',
  servers: [{ id: '100', policy: '111' }],
  clients: [{ id: '1', policy: '111', payload: 'xyz' }],
}
const LINK = 'server:100'
const CHECKS = { intervalMs: 400, fall: 1, rise: 1 } as const

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

function lastCheck(lab: TestLab) {
  const { health, lastCheck: last } = lab.engine.state.rows.get('100') ?? {}
  return [health, last?.detail]
}

async function checked(way: 'connect' | 'message', fault: object): Promise<TestLab> {
  const lab = await createTestLab({ scenario: ONE })
  lab.settle()
  await lab.engine.execute({ type: 'updatePool', policy: '111', checks: { ...CHECKS, way } })
  lab.pass(1_500)
  expect(lastCheck(lab)[0]).toBe('up')
  await lab.engine.execute({ type: 'setFault', link: LINK, ...fault })
  lab.pass(3_000)
  return lab
}

describe('a health check', () => {
  it.each([
    [{ fault: 'latency', latencyMs: 300 }, 'up', 'the answer has the right hash'],
    [{ fault: 'latency', latencyMs: 500 }, 'down', 'no answer within 400 ms'],
    [
      { fault: 'latency', latencyMs: 500, direction: 'to-client' },
      'down',
      'no answer within 400 ms',
    ],
    [{ fault: 'timeout', afterMs: 0 }, 'down', 'no answer within 400 ms'],
    [{ fault: 'timeout', afterMs: 100 }, 'down', 'it closed the connection without an answer'],
    [
      { fault: 'reset-peer', afterMs: 0, direction: 'to-client' },
      'down',
      'it closed the connection without an answer',
    ],
    [
      { fault: 'limit-data', limitBytes: 10, direction: 'to-client' },
      'down',
      'it closed the connection without an answer',
    ],
    [{ fault: 'down' }, 'down', 'the connection was refused'],
  ] as const)(
    'that sends a message meets what messages meet: %j',
    async (fault, health, detail) => {
      const lab = await checked('message', fault)
      expect(lastCheck(lab)).toEqual([health, detail])
      await lab.engine.execute({ type: 'removeFault', id: 1 })
      lab.pass(3_000)
      expect(lastCheck(lab)).toEqual(['up', 'the answer has the right hash'])
    },
  )

  it.each([
    [{ fault: 'timeout', afterMs: 0 }, 'up', 'the connection was opened'],
    [{ fault: 'down' }, 'down', 'the connection was refused'],
  ] as const)(
    'that only connects sees nothing of a link that swallows bytes: %j',
    async (fault, health, detail) => {
      expect(lastCheck(await checked('connect', fault))).toEqual([health, detail])
    },
  )

  it('takes its steps while time is paused', async () => {
    const lab = await checked('message', { fault: 'latency', latencyMs: 100 })
    await lab.engine.execute({ type: 'pause' })
    const before = eventsOf(lab, 'check.ended').length
    for (let step = 0; step < 12; step++) await lab.engine.execute({ type: 'step' })
    expect(eventsOf(lab, 'check.ended').length).toBeGreaterThan(before)
  })
})

describe('a server’s registration', () => {
  const logs = (lab: TestLab) =>
    eventsOf(lab, 'log').flatMap(({ text }) => (text.startsWith('Could not') ? [text] : []))

  it.each([
    [{ fault: 'down', direction: 'to-client' }, 'The link is down.'],
    [{ fault: 'timeout', afterMs: 0, direction: 'to-client' }, undefined],
    [
      { fault: 'timeout', afterMs: 50, direction: 'to-client' },
      'A fault of the link has ended its connection.',
    ],
    [
      { fault: 'reset-peer', afterMs: 50, direction: 'to-client' },
      'A fault of the link broke it off.',
    ],
    [
      { fault: 'limit-data', limitBytes: 9, direction: 'to-client' },
      'A fault of the link has ended its connection.',
    ],
  ] as const)('arrives when the link is whole again: %j', async (fault, why) => {
    const lab = await createTestLab({ scenario: { ...ONE, faults: [{ link: LINK, ...fault }] } })
    lab.pass(1_000)
    expect(lab.engine.state.rows.has('100')).toBe(false)
    expect(logs(lab)).toEqual(
      why === undefined
        ? []
        : [
            `Could not register with the proxy: ${why} It registers again when the faults of its link change.`,
          ],
    )
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    lab.pass(1_000)
    expect(lab.engine.state.rows.has('100')).toBe(true)
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.rest()
    expect(eventsOf(lab, 'exchange.finished')).toMatchObject([{ outcome: 'answered' }])
  })

  it('is not sent again for a fault of another link, nor after its server has gone', async () => {
    const faults = [{ link: LINK, direction: 'to-client', fault: 'down' }] as const
    const lab = await createTestLab({ scenario: { ...ONE, faults } })
    lab.pass(100)
    await lab.engine.execute({ type: 'setFault', link: 'client:1', fault: 'latency' })
    lab.pass(1_000)
    expect(logs(lab)).toHaveLength(1)
    await lab.engine.execute({ type: 'removeNode', node: LINK })
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    lab.pass(1_000)
    expect(lab.engine.state.rows.has('100')).toBe(false)
  })
})
