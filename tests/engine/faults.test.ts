// Faults on links in a whole lab: what clients and servers, inside and outside, get to see of them.
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { composeClientMessage } from '../../src/shared/protocol/compose'
import { CLASSIC_POOL, type Scenario } from '../../src/shared/scenario'
import { checkScenario, scenarioOf, writeScenario } from '../../src/shared/scenario-file'
import { settled } from '../../src/shared/settings/derive'
import { BEHAVIOUR } from '../../src/shared/settings/features/behaviour'
import { opened } from '../support/examples'
import { createTestLab, type TestLab } from '../support/test-lab'

const ONE: Scenario = {
  name: 'One',
  servers: [{ id: '100', policy: '111' }],
  clients: [{ id: '1', policy: '111', payload: 'xyz' }],
}

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

async function labWith(...faults: NonNullable<Scenario['faults']>): Promise<TestLab> {
  const lab = await createTestLab({ scenario: { ...ONE, faults } })
  lab.settle()
  return lab
}

function outcomes(lab: TestLab) {
  return eventsOf(lab, 'exchange.finished').map(({ outcome, reason }) => [outcome, reason])
}

const TO_SERVER = { link: 'server:100', direction: 'to-server' } as const

describe('an exchange over a harmed link', () => {
  it('is later by the latency of each direction', async () => {
    const lab = await labWith(
      { ...TO_SERVER, fault: 'latency', latencyMs: 200 },
      { link: 'client:1', direction: 'to-client', fault: 'latency', latencyMs: 70 },
    )
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.rest()
    expect(eventsOf(lab, 'exchange.finished')).toMatchObject([{ at: 270, outcome: 'answered' }])
  })

  it('gets its answer whole out of slices', async () => {
    const lab = await labWith({ ...TO_SERVER, fault: 'slicer', averageBytes: 10, pauseMs: 5 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.rest()
    expect(lab.engine.state.totals.verdicts.correct).toBe(1)
    const question = [...lab.engine.state.packets].find(
      ({ to, kind }) => to === 'server:100' && kind === 0,
    )
    const { harms = [], pieces = [] } = question ?? {}
    expect(harms).toMatchObject([{ fault: 'slicer', count: 8, ms: 35 }])
    expect(pieces.length).toBeGreaterThanOrEqual(8)
  })

  it.each(['limit-data', 'reset-peer', 'down'] as const)(
    'fails with an error where the link ends the connection: %s',
    async (fault) => {
      const lab = await labWith()
      const harmed = { ...TO_SERVER, fault, limitBytes: 20, afterMs: 30 }
      await lab.engine.execute({ type: 'setFault', ...harmed })
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
      lab.rest()
      expect(outcomes(lab)).toEqual([
        ['refused', fault === 'down' ? 'SERVER_UNREACHABLE' : 'SERVER_CLOSED'],
      ])
      expect(lab.engine.state.inFlight.size).toBe(0)
    },
  )

  it('gets no answer where the link closes right behind its message', async () => {
    const limitBytes = composeClientMessage('1', '111', 'xyz').length
    const sent = async (more: number) => {
      const lab = await labWith({
        ...TO_SERVER,
        fault: 'limit-data',
        limitBytes: limitBytes + more,
      })
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
      lab.rest()
      const answers = eventsOf(lab, 'packet.sent').filter(({ from }) => from === 'server:100')
      return { answers: answers.map(({ kind }) => kind), outcome: outcomes(lab) }
    }
    expect(await sent(0)).toEqual({ answers: [2], outcome: [['refused', 'SERVER_CLOSED']] })
    expect(await sent(1)).toEqual({ answers: [2], outcome: [['answered', null]] })
  })

  it('breaks off at the end of a stream without any bytes', async () => {
    const toClient = { ...TO_SERVER, direction: 'to-client', fault: 'reset-peer' } as const
    const closing = async (...faults: (typeof toClient & { afterMs: number })[]) => {
      const behaviour = settled(BEHAVIOUR.settings, { kind: 'close' })
      const servers = [{ id: '100', policy: '111', behaviour }]
      const lab = await createTestLab({ scenario: { ...ONE, servers } })
      lab.settle()
      for (const fault of faults) await lab.engine.execute({ type: 'setFault', ...fault })
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
      lab.rest()
      return eventsOf(lab, 'exchange.finished').map(({ at, reason }) => [at, reason])
    }
    expect(await closing()).toEqual([[0, 'SERVER_CLOSED']])
    expect(await closing({ ...toClient, afterMs: 40 })).toEqual([[40, 'SERVER_CLOSED']])
  })

  it('waits where the link swallows it, until the silence is over', async () => {
    const lab = await labWith({ ...TO_SERVER, fault: 'timeout', afterMs: 700 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(699)
    expect(outcomes(lab)).toEqual([])
    lab.rest()
    expect(outcomes(lab)).toEqual([['refused', 'SERVER_CLOSED']])
    expect(eventsOf(lab, 'packet.dropped')).toMatchObject([{ reason: 'LOST_ON_LINK' }])
  })

  it('leaves its connection open for longer at a slow close', async () => {
    const closing = async (afterMs: number) => {
      const lab = await labWith({ ...TO_SERVER, fault: 'slow-close', afterMs })
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
      lab.rest()
      expect(outcomes(lab)).toEqual([['answered', null]])
      return eventsOf(lab, 'connection.closed').find(({ node }) => node === 'proxy')?.at
    }
    expect((await closing(900)) ?? 0).toBe(((await closing(0)) ?? 0) + 900)
  })

  it('closes the connections of a link that goes down, and opens new ones when it is up again', async () => {
    const lab = await createTestLab({ scenario: ONE, latencyMs: 100 })
    lab.rest()
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(150)
    await lab.engine.execute({ type: 'setFault', link: 'client:1', fault: 'down' })
    lab.rest()
    expect(outcomes(lab)).toMatchObject([['lost', expect.anything()]])
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.rest()
    expect(outcomes(lab).at(-1)).toEqual(['answered', null])
  })

  it('gets its answer at once when the latency is taken out, and the screen sees it go on from where it is', async () => {
    const lab = await labWith({ ...TO_SERVER, fault: 'latency', latencyMs: 10_000 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(2_500)
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    const [late] = lab.engine.state.inFlight.values()
    expect(late).toMatchObject({ legAt: 2_500, legFrom: 0.25, dueAt: 2_500 })
    lab.rest()
    expect(eventsOf(lab, 'exchange.finished')).toMatchObject([{ at: 2_500, outcome: 'answered' }])
  })

  it('keeps to the middle of its link for whoever holds it there, and has less of its way left then', async () => {
    const lab = await labWith({ ...TO_SERVER, fault: 'latency', latencyMs: 10_000 })
    await lab.engine.execute({ type: 'setBreakpoint', filter: 'to:server:100' })
    await lab.engine.execute({ type: 'updateLinks', latencyMs: 1_000 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(1_000)
    const held = () => eventsOf(lab, 'packet.held')
    lab.pass(1_100)
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    // It has come a tenth of its way of 11 s; what is left of it takes one second now.
    lab.pass(443)
    expect(held()).toEqual([])
    lab.pass(2)
    expect(held()).toMatchObject([{ progress: 0.5 }])
    await lab.engine.execute({ type: 'releaseAll' })
    lab.pass(560)
    expect(eventsOf(lab, 'packet.delivered').map(({ packet }) => packet)).toContain(
      held()[0]?.packet,
    )
  })

  it('ends its connection at once when a slow close is taken out', async () => {
    const lab = await labWith({ ...TO_SERVER, fault: 'slow-close', afterMs: 60_000 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(100)
    const closed = () =>
      eventsOf(lab, 'connection.closed').filter(({ node }) => node === 'proxy').length
    expect(closed()).toBe(0)
    await lab.engine.execute({ type: 'removeFault', id: 1 })
    lab.pass(100)
    expect(closed()).toBe(1)
  })

  it('is that of an outside program, too', async () => {
    const lab = await labWith(
      { link: 'client:50', direction: 'to-server', fault: 'latency', latencyMs: 40 },
      { link: 'client:50', direction: 'to-client', fault: 'slicer', averageBytes: 9, pauseMs: 10 },
    )
    const program = lab.program()
    program.send(composeClientMessage('50', '111', 'hello'))
    lab.settle()
    expect(program.answers).toHaveLength(0)
    lab.pass(41)
    expect(program.answers).toHaveLength(0)
    lab.rest()
    expect(program.answers).toHaveLength(1)
    const [finished] = eventsOf(lab, 'exchange.finished')
    expect(finished).toMatchObject({ outcome: 'answered', client: 'outside:client:50' })
    expect((finished?.at ?? 0) - 40).toBeGreaterThan(50)
  })
})

it('is saved in a scenario file and read again, and the same seed makes the same run', async () => {
  const faults: Scenario['faults'] = [
    { ...TO_SERVER, fault: 'loss', packetPercent: 50 },
    { link: 'client:1', direction: 'to-client', fault: 'latency', latencyMs: 9, jitterMs: 5 },
  ]
  const lab = await labWith(...faults)
  const written = writeScenario({ name: 'One', ...scenarioOf(lab.engine.state).contents })
  const checked = checkScenario(JSON.parse(written), 'One')
  expect(checked).toMatchObject({ ok: true })
  expect(checked.ok && checked.scenario.faults).toEqual(faults)
  const times = async () => {
    const one = await labWith(...faults)
    for (let message = 0; message < 20; message++) {
      await one.engine.execute({ type: 'sendMessage', client: 'client:1' })
      one.rest()
    }
    return eventsOf(one, 'exchange.finished').map(({ at }) => at)
  }
  const first = await times()
  expect(new Set(first.map((at, index) => at - (first[index - 1] ?? 0))).size).toBeGreaterThan(3)
  expect(await times()).toEqual(first)
})

it.each([
  [{ link: 'proxy', direction: 'to-server', fault: 'loss' }, 'A link is “server:” or “client:”'],
  [{ link: 'server:1', direction: 'up', fault: 'loss' }, '“to-server”, “to-client”'],
  [{ link: 'server:1', direction: 'to-server', fault: 'mars' }, '“latency”, “bandwidth”'],
  [{ ...TO_SERVER, fault: 'loss', probability: 2 }, 'from 0 to 1'],
])('a file with a fault that cannot be says why: %j', (fault, words) => {
  const file = { format: 'roundabout-scenario', version: 5, ...CLASSIC_POOL, faults: [fault] }
  const checked = checkScenario(file, 'One')
  expect(checked).toMatchObject({ ok: false, path: ['faults', 0, expect.anything()] })
  expect(checked.ok ? '' : checked.error).toContain(words)
})

it('can be added, changed and taken out, each with undo', async () => {
  const lab = await createTestLab({ scenario: ONE })
  const { engine } = lab
  const faults = () =>
    [...engine.state.faults.values()].map(({ fault, latencyMs }) => [fault, latencyMs])
  const does = (command: object) => engine.execute(command)
  expect(await does({ type: 'setFault', ...TO_SERVER, fault: 'latency' })).toMatchObject({
    ok: true,
    change: { label: 'add the latency fault of server 100' },
  })
  await does({ type: 'setFault', id: 1, latencyMs: 5 })
  expect(faults()).toEqual([['latency', 5]])
  await does({ type: 'undo' })
  expect(faults()).toEqual([['latency', 200]])
  await does({ type: 'removeFault', id: 1 })
  expect(faults()).toEqual([])
  await does({ type: 'undo' })
  expect(faults()).toEqual([['latency', 200]])
  await does({ type: 'undo' })
  expect(faults()).toEqual([])
  expect(await does({ type: 'removeFault', id: 1 })).toMatchObject({ ok: false })
  expect(await does({ type: 'setFault', fault: 'loss' })).toMatchObject({ ok: false })
})

it('loss-on-one-link: a fifth of its messages is late, and none is missing', async () => {
  const { lab } = await opened('loss-on-one-link')
  lab.rest()
  const asked = new Map<number, number>()
  const servers = new Map<number, string | null>()
  const times: Record<string, number[]> = {}
  for (const event of lab.events) {
    if (event.type === 'packet.sent' && event.packet === event.exchange)
      asked.set(event.packet, event.at)
    if (event.type === 'decision.made') servers.set(event.exchange, event.server)
    if (event.type !== 'exchange.finished') continue
    expect(event.outcome).toBe('answered')
    const server = servers.get(event.exchange) ?? ''
    times[server] = [...(times[server] ?? []), event.at - (asked.get(event.exchange) ?? 0)]
  }
  const { 100: harmed = [], 300: whole = [] } = times
  expect(harmed.length + whole.length).toBe(lab.engine.state.totals.verdicts.correct)
  expect(harmed.length).toBeGreaterThan(290)
  // Links take no time here: what is late is late for the losses alone.
  expect(Math.max(...whole)).toBe(0)
  const late = harmed.filter((ms) => ms > 0)
  // 60 of 300 on average, within four standard deviations of a binomial count.
  expect(Math.abs(late.length - harmed.length / 5)).toBeLessThan(28)
  // None is late by less than one retransmission time.
  expect(Math.round(Math.min(...late))).toBe(200)
})
