// Traffic sources over the whole engine, on simulated time.
import { afterEach, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { MAX_SOURCE_UNANSWERED } from '../../src/shared/limits'
import { checkScenario, scenarioOf, writeScenario } from '../../src/shared/scenario-file'
import type { TrafficValues } from '../../src/shared/settings/features/traffic'
import { behindWords } from '../../src/shared/traffic-words'
import { createTestLab, type TestLab } from '../support/test-lab'

const FILE = {
  format: 'roundabout-scenario',
  version: 5,
  servers: [
    { id: '100', policy: '111' },
    { id: '300', policy: '111' },
  ],
  clients: [{ id: '1', policy: '111', payload: 'xyz1' }],
}

const labs: TestLab[] = []
afterEach(async () => {
  await Promise.all(labs.splice(0).map(({ engine }) => engine.close()))
})

type InFile = Partial<TrafficValues> & { client?: string }

function scenarioWith(traffic: readonly InFile[], more: object = {}) {
  const items = traffic.map((one) => ({ client: '1', ...one }))
  const checked = checkScenario({ ...FILE, traffic: items, ...more }, 'Load')
  if (!checked.ok) throw new Error(checked.error)
  return checked.scenario
}

async function labWith(
  traffic: InFile,
  { latencyMs = 0, ...more }: { latencyMs?: number; [field: string]: unknown } = {},
): Promise<TestLab> {
  const lab = await createTestLab({ scenario: scenarioWith([traffic], more), latencyMs })
  labs.push(lab)
  return lab
}

function of<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return (
    lab.engine &&
    lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
  )
}

const questions = (lab: TestLab) =>
  of(lab, 'packet.sent').filter(({ kind, from }) => kind === 0 && from.startsWith('client:'))
const times = (lab: TestLab) => questions(lab).map(({ at }) => at)
const textOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)
const node = (lab: TestLab) => lab.engine.state.nodes.get('client:1')

async function done(lab: TestLab, command: object) {
  expect(await lab.engine.execute(command)).toMatchObject({ ok: true })
  lab.settle()
}

it('a scenario’s traffic starts with the lab, sends for its time, and every message is answered', async () => {
  const lab = await labWith({ pattern: 'constant', perSecond: 20, forMs: 1000 })
  expect(node(lab)?.sending).toBe(true)
  lab.rest()
  expect(times(lab)).toEqual(Array.from({ length: 20 }, (_, index) => 50 * (index + 1)))
  expect(node(lab)).toMatchObject({ sending: false, unsent: 0 })
  expect(of(lab, 'exchange.finished').map(({ outcome }) => outcome)).toEqual(
    Array(20).fill('answered'),
  )
})

it.each([
  [
    { pattern: 'bursts', perSecond: 10, burst: 5, messages: 7 },
    [500, 500, 500, 500, 500, 1000, 1000],
  ],
  [{ pattern: 'replay', arrivals: '0, 5, 5, 300' }, [0, 5, 5, 300]],
] as const)('sends at the times of %j', async (traffic, expected) => {
  const lab = await labWith(traffic)
  lab.rest()
  expect(times(lab)).toEqual(expected)
  expect(node(lab)?.sending).toBe(false)
})

it('open means open: messages go out at their time whatever is unanswered', async () => {
  const lab = await labWith({ perSecond: 100, forMs: 1000 }, { latencyMs: 60_000 })
  lab.pass(1000)
  expect(times(lab)).toHaveLength(100)
  expect(of(lab, 'exchange.finished')).toEqual([])
  lab.rest()
  expect(of(lab, 'exchange.finished')).toHaveLength(100)
})

it('a closed loop never has more than one message under way for each client', async () => {
  const lab = await labWith(
    { pattern: 'closed-loop', thinkMs: 100, clients: 5, messages: 200 },
    { latencyMs: 50 },
  )
  lab.rest()
  const underWay = new Map<string, number>()
  const askers = new Map<number, string>()
  const most = new Map<string, number>()
  for (const event of lab.events) {
    if (event.type === 'packet.sent' && event.kind === 0 && event.from === 'client:1') {
      const asker = /"srcid":\s*"?([\d.]+)/.exec(textOf(event))?.[1] ?? ''
      askers.set(event.exchange, asker)
      underWay.set(asker, (underWay.get(asker) ?? 0) + 1)
      most.set(asker, Math.max(most.get(asker) ?? 0, underWay.get(asker) ?? 0))
    }
    if (event.type !== 'exchange.finished') continue
    const asker = askers.get(event.exchange) ?? ''
    underWay.set(asker, (underWay.get(asker) ?? 0) - 1)
  }
  expect([...most].sort()).toEqual(['1', '1.2', '1.3', '1.4', '1.5'].map((asker) => [asker, 1]))
  expect(times(lab)).toHaveLength(200)
  expect(node(lab)?.sending).toBe(false)
})

it('a crowd is one node with a connection and an id for each client', async () => {
  const lab = await labWith({ pattern: 'poisson', perSecond: 200, messages: 400, clients: 40 })
  lab.rest()
  expect(lab.engine.state.nodes.size).toBe(4)
  expect(node(lab)).toMatchObject({ sent: 400, served: 400, connections: 40, errors: 0 })
  const ids = new Set(
    questions(lab).map((event) => /"srcid":\s*"?([\d.]+)/.exec(textOf(event))?.[1]),
  )
  expect(ids.size).toBe(40)
})

it('the same seed sends the same bytes at the same times; another seed does not', async () => {
  const traffic = { pattern: 'poisson', perSecond: 50, messages: 200, clients: 7, keys: 9 } as const
  const runs = []
  for (const seed of [5, 5, 6]) {
    const lab = await labWith(traffic, { seed })
    lab.rest()
    runs.push(questions(lab).map((event) => `${event.at} ${textOf(event)}`))
  }
  const [one, again, other] = runs
  expect(one).toHaveLength(200)
  expect(again).toEqual(one)
  expect(other).not.toEqual(one)
})

it('nothing is sent while time stands still, and a step goes to the next arrival', async () => {
  const lab = await labWith({ perSecond: 1 }, { paused: true })
  lab.pass(10_000)
  expect(times(lab)).toEqual([])
  // The two servers register first.
  for (let step = 0; step < 9 && times(lab).length === 0; step++) await done(lab, { type: 'step' })
  expect(times(lab)).toEqual([1000])
  expect(lab.clock.now()).toBe(1000)
  await done(lab, { type: 'stopTraffic', client: 'client:1' })
})

it('starts and stops by hand, and says why it cannot', async () => {
  const lab = await labWith({ perSecond: 10, atStart: false })
  lab.pass(1000)
  expect(times(lab)).toEqual([])
  await done(lab, { type: 'startTraffic', client: 'client:1' })
  const again = await lab.engine.execute({ type: 'startTraffic', client: 'client:1' })
  expect(again).toEqual({ ok: false, error: 'Traffic of client 1 has started already.' })
  lab.pass(500)
  await done(lab, { type: 'stopTraffic', client: 'client:1' })
  lab.rest()
  expect(times(lab)).toEqual([1100, 1200, 1300, 1400, 1500])
  await done(lab, { type: 'updateClient', node: 'client:1', traffic: 'off' })
  const off = await lab.engine.execute({ type: 'startTraffic', client: 'client:1' })
  expect(off).toEqual({ ok: false, error: 'Traffic of client 1 is off: switch it on first.' })
  const fast = await lab.engine.execute({
    type: 'updateClient',
    node: 'client:1',
    traffic: { perSecond: 1e9 },
  })
  expect(fast).toMatchObject({ ok: false, error: expect.stringMatching(/0\.01 to 2000/) })
})

it('a rate changes while it runs, and undo changes it back', async () => {
  const lab = await labWith({ perSecond: 1 })
  lab.pass(1500)
  const { traffic } = node(lab) ?? {}
  await done(lab, {
    type: 'updateClient',
    node: 'client:1',
    traffic: { ...Object(traffic), perSecond: 10 },
  })
  expect(lab.engine.state.history.undo?.label).toBe('change the rate in the traffic of client 1')
  lab.pass(250)
  // Half a message was due at the old rate, and the other half comes at the new one.
  expect(times(lab)).toEqual([1000, 1550, 1650, 1750])
  await done(lab, { type: 'undo' })
  expect(node(lab)).toMatchObject({ sending: true, traffic: { perSecond: 1 } })
  lab.pass(1000)
  expect(times(lab)).toEqual([1000, 1550, 1650, 1750, 2750])
  await done(lab, { type: 'stopTraffic', client: 'client:1' })
})

it('a source that falls behind says so, and each late message for how long it waited', async () => {
  const lab = await labWith(
    {
      pattern: 'replay',
      arrivals: Array(MAX_SOURCE_UNANSWERED + 3)
        .fill('1')
        .join(' '),
      clients: 100,
    },
    { latencyMs: 100 },
  )
  lab.pass(0)
  lab.pass(50)
  expect(times(lab)).toHaveLength(MAX_SOURCE_UNANSWERED)
  expect(of(lab, 'traffic.changed').map(({ unsent }) => unsent)).toEqual([1, 2])
  const shown: (string | undefined)[] = [behindWords(node(lab) ?? {})]
  lab.engine.subscribe(({ type }) => {
    if (type === 'message.late') shown.push(behindWords(node(lab) ?? {}))
  })
  lab.rest()
  expect(shown).toEqual(['behind', ...Array(3).fill('400 ms behind')])
  expect(behindWords(node(lab) ?? {})).toBeUndefined()
  expect(of(lab, 'message.late').map(({ lateMs }) => lateMs)).toEqual([400, 400, 400])
  expect(node(lab)).toMatchObject({ sending: false, unsent: 0, sent: MAX_SOURCE_UNANSWERED + 3 })
})

it('a client that is removed stops, and each of its messages has an end', async () => {
  const lab = await labWith({ perSecond: 50, clients: 4 }, { latencyMs: 300 })
  lab.pass(1000)
  await done(lab, { type: 'removeNode', node: 'client:1' })
  lab.rest()
  expect(of(lab, 'exchange.finished')).toHaveLength(times(lab).length)
  await done(lab, { type: 'undo' })
  lab.rest()
  expect(node(lab)).toMatchObject({ traffic: { perSecond: 50, clients: 4 } })
  expect(node(lab)?.sending).toBeUndefined()
})

it('a file has a list of traffic, which is written as it was read', async () => {
  const traffic = [{ client: '1', pattern: 'poisson', perSecond: 20, forMs: 10_000, clients: 40 }]
  const lab = await labWith(traffic[0] as InFile)
  const written = JSON.parse(writeScenario(scenarioOf(lab.engine.state).contents))
  expect(written.traffic).toEqual(traffic)
  expect(written.clients).toEqual(FILE.clients)
})

it.each([
  [[{ client: '9' }], 'There is no client with this id among the clients.'],
  [[{ client: '1' }, { client: '1' }], 'The client is that of traffic[0] too.'],
])('a file with traffic %j is refused', (traffic, error) => {
  expect(checkScenario({ ...FILE, traffic }, 'Load')).toMatchObject({ ok: false, error })
})
