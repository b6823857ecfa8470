// Starting a lab with a scenario: its events, and the state that `reset` restores.
import { expect, it } from 'vitest'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { CLASSIC_POOL, type Scenario } from '../../src/shared/scenario'
import { scenarioOf } from '../../src/shared/scenario-file'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import { createTestLab } from '../support/test-lab'

const LESSON: Scenario = {
  name: 'Lesson 3',
  latencyMs: 250,
  speed: 0.5,
  seed: 9,
  pools: [{ policy: '1', algorithm: 'random' }],
  servers: [
    { id: '10', policy: '1', keepConnection: true },
    { id: '20', policy: '2' },
  ],
  clients: [{ id: '7', policy: '1', payload: 'seven' }],
  places: [{ node: 'server:20', x: 500, y: -80 }],
  breakpoints: [{ filter: 'type:0', once: true }],
}
const open = (scenario: unknown) => ({ type: 'openScenario', scenario })

it('says what it begins with', async () => {
  const { engine } = await createTestLab({ scenario: CLASSIC_POOL })
  expect(engine.state.scenario).toBe('Classic pool')
})

it('ends what was there, and has what the scenario has', async () => {
  const lab = await createTestLab({ scenario: CLASSIC_POOL, latencyMs: 600 })
  const { engine } = lab
  const start = engine.state
  lab.rest()
  lab.program().send(composeRegistration('900', '1', 5_999))
  await engine.execute({ type: 'setBreakpoint', filter: 'type:2' })
  await engine.execute({ type: 'sendAll' })
  lab.pass(700)
  expect(await engine.execute(open(LESSON))).toMatchObject({ ok: true })
  const { nodes, breakpoints, clock, latencyMs, totals, scenario } = engine.state
  expect([...nodes.keys()]).toEqual(['proxy', 'server:10', 'server:20', 'client:7'])
  expect(nodes.get('server:10')).toMatchObject({ policy: '1', keepConnection: true })
  expect(nodes.get('client:7')).toMatchObject({ policy: '1', payload: 'seven' })
  expect([...breakpoints.values()].map(({ filter, once }) => [filter, once])).toEqual([
    ['type:0', true],
  ])
  expect([scenario, latencyMs, clock]).toEqual(['Lesson 3', 250, { paused: false, speed: 0.5 }])
  expect(totals.exchanges.begun).toBe(0)
  const { name: _name, ...contents } = LESSON
  expect(scenarioOf(engine.state)).toEqual({ contents, outside: 0 })
  lab.rest()
  expect([...engine.state.rows.keys()]).toEqual(['10', '20'])
  // All of it was told.
  expect(reduce(start, lab.events)).toEqual(engine.state)
})

it('has the places that people give to nodes, which stay with a reset and with a changed id', async () => {
  const { engine } = await createTestLab({ scenario: LESSON })
  const placesNow = () => scenarioOf(engine.state).contents.places
  const moved = { node: 'client:7', x: -600, y: 40 }
  await engine.execute({ type: 'placeNodes', places: [moved], forgotten: ['server:20'] })
  expect(placesNow()).toEqual([moved])
  await engine.execute({ type: 'reset' })
  expect(placesNow()).toEqual([moved])
  await engine.execute({ type: 'updateClient', node: 'client:7', id: '8' })
  expect(placesNow()).toEqual([{ ...moved, node: 'client:8' }])
  await engine.execute({ type: 'undo' })
  expect(placesNow()).toEqual([moved])
  await engine.execute(open(CLASSIC_POOL))
  expect(placesNow()).toBeUndefined()
})

it('goes back to it with a reset, and to the classic pool by opening that', async () => {
  const lab = await createTestLab({ scenario: CLASSIC_POOL })
  const { engine } = lab
  await engine.execute(open(LESSON))
  await engine.execute({ type: 'removeNode', node: 'server:10' })
  await engine.execute({ type: 'updateLinks', latencyMs: 5 })
  await engine.execute({ type: 'reset' })
  expect([...engine.state.nodes.keys()]).toEqual(['proxy', 'server:10', 'server:20', 'client:7'])
  expect([engine.state.scenario, engine.state.latencyMs]).toEqual(['Lesson 3', 250])
  await engine.execute(open(CLASSIC_POOL))
  expect(engine.state.scenario).toBe('Classic pool')
  expect(engine.state.nodes.size).toBe(11)
})

it('runs, whatever it was, unless the scenario is to begin paused', async () => {
  const { engine } = await createTestLab({ scenario: CLASSIC_POOL })
  await engine.execute({ type: 'pause' })
  await engine.execute(open(LESSON))
  expect(engine.state.clock.paused).toBe(false)
  await engine.execute(open({ ...LESSON, paused: true }))
  expect(engine.state.clock.paused).toBe(true)
  expect(engine.state.nodes.size).toBe(4)
})

it('makes the rest where a part cannot be made, and says which', async () => {
  const lab = await createTestLab({ scenario: CLASSIC_POOL })
  const { engine } = lab
  const port = engine.proxy.port
  const taken = { ...LESSON, servers: [{ id: '10', policy: '1', port }, LESSON.servers[1]] }
  const result = await engine.execute(open(taken))
  expect(result).toMatchObject({
    ok: false,
    error: expect.stringMatching(
      /^Server 10 could not be made\. Port \d+ .+ The rest of “Lesson 3” is there\.$/,
    ),
  })
  expect([...engine.state.nodes.keys()]).toEqual(['proxy', 'server:20', 'client:7'])
  expect(engine.state.clock.paused).toBe(false)
})

it.each([
  [{ ...LESSON, servers: [LESSON.servers[0], LESSON.servers[0]] }, /servers\.1\.id: The id is/],
  [{ ...LESSON, clients: [{ id: '1', policy: '1' }] }, /clients\.0\.payload: It is missing/],
  [{ ...LESSON, name: '' }, /scenario\.name: A name needs/],
  [undefined, /scenario: /],
])('refuses what is none before anything ends: %#', async (scenario, words) => {
  const { engine, events } = await createTestLab({ scenario: CLASSIC_POOL })
  expect(await engine.execute(open(scenario))).toMatchObject({
    ok: false,
    error: expect.stringMatching(words),
  })
  expect(events).toEqual([])
})

it('has no name where none was ever told, as in recordings from before there were any', () => {
  expect(INITIAL_STATE.scenario).toBeNull()
})
