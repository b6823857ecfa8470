// The table of commands: what undoes one, and in which order.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TABLE } from '../../src/main/engine/commands/table'
import type { Command } from '../../src/shared/commands'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { scenarioOf } from '../../src/shared/scenario-file'
import { changeable, type Settings } from '../../src/shared/settings/derive'
import { FAULT_SETTINGS } from '../../src/shared/settings/fault'
import { SETTINGS } from '../../src/shared/settings/registry'
import type { Value } from '../../src/shared/settings/setting'
import { goodValues } from '../support/settings'
import { createTestLab, type TestLab } from '../support/test-lab'

const ids = fc.constantFrom('1', '2', '3', '100')

/** Some of the settings, each with some value. */
function someOf(settings: Settings): fc.Arbitrary<Partial<Record<string, Value>>> {
  const values = Object.entries(settings).map(([name, setting]) => [name, goodValues(setting)])
  return fc.record(Object.fromEntries(values), { requiredKeys: [] })
}

/** Health checks never end: few of them come while something arrives. */
function rarelyChecked(pool: Partial<Record<string, Value>>) {
  const { checks } = pool
  return typeof checks === 'object' ? { ...pool, checks: { ...checks, intervalMs: 50_000 } } : pool
}

const identity = { id: ids, policy: ids }
const breakpoint = {
  filter: fc.constantFrom('type:0', 'payload:x'),
  once: fc.boolean(),
  enabled: fc.boolean(),
}
/** Ports are the lab's to choose here: one may be taken. */
const newServer = someOf(changeable(SETTINGS.server))
const newClient = someOf(changeable(SETTINGS.client))

function command(type: Command['type'], fields: Record<string, fc.Arbitrary<unknown>> = {}) {
  return fc.record({ type: fc.constant(type), ...fields })
}
function withSettings(base: fc.Arbitrary<object>, settings: fc.Arbitrary<object>) {
  return fc.tuple(base, settings).map(([fields, values]) => ({ ...fields, ...values }))
}

const scenario = fc.record({
  name: fc.constantFrom('Lesson 1', 'Lesson 2'),
  seed: fc.constantFrom(1, 2),
  servers: fc.uniqueArray(fc.record(identity), { selector: ({ id }) => id, maxLength: 3 }),
  clients: fc.constant([{ id: '1', policy: '1', payload: 'x' }]),
  breakpoints: fc.constantFrom([], [{ filter: 'type:2' }]),
  pools: fc.constantFrom([], [{ policy: '1', algorithm: 'random' }]),
  latencyMs: fc.constantFrom(0, 20),
})

const servers = ids.map((id) => `server:${id}`)
const clients = ids.map((id) => `client:${id}`)
const clientLinks = fc.constantFrom('client:1', 'client:2')
const faultIds = fc.integer({ min: 1, max: 2 })

const undoable = fc.oneof(
  withSettings(command('addServer', identity), newServer),
  withSettings(command('addClient', identity), newClient),
  withSettings(command('updateServer', { node: servers, ...identity }), newServer),
  withSettings(command('updateClient', { node: clients, ...identity }), newClient),
  withSettings(command('updateServer', { node: servers }), newServer),
  command('removeNode', { node: fc.oneof(servers, clients) }),
  withSettings(command('updatePool', { policy: ids }), someOf(SETTINGS.pool).map(rarelyChecked)),
  command('placeNodes', {
    places: fc.uniqueArray(
      fc.record({ node: servers, x: fc.integer({ min: -900, max: 900 }), y: fc.nat(900) }),
      { maxLength: 3, selector: ({ node }) => node },
    ),
    forgotten: fc.uniqueArray(clients, { maxLength: 2 }),
  }),
  command('updateCompare', {
    compare: fc.constantFrom(
      [],
      ['One', 'Other'].map((name) => ({ name, pools: [{ policy: '111', algorithm: 'random' }] })),
    ),
  }),
  withSettings(command('updateLinks'), someOf(SETTINGS.link)),
  command('setBreakpoint', breakpoint),
  command('setBreakpoint', { id: fc.integer({ min: 1, max: 4 }), ...breakpoint }),
  command('removeBreakpoint', { id: fc.integer({ min: 1, max: 2 }) }),
  // Of links without a registration on them: the table is the same whatever the faults do.
  withSettings(command('setFault', { link: clientLinks }), someOf(FAULT_SETTINGS)),
  withSettings(command('setFault', { id: faultIds }), someOf(FAULT_SETTINGS)),
  command('removeFault', { id: faultIds }),
  command('openScenario', { scenario }),
  command('reset'),
)
/** Between two commands, whether what is in flight arrives. */
const steps = fc.array(fc.tuple(undoable, fc.boolean()), { minLength: 1, maxLength: 14 })

/** All that undo brings back, in its order; the table as far as registrations have arrived. */
function setUp(lab: TestLab) {
  lab.arrive()
  const { state } = lab.engine
  return {
    name: state.scenario,
    ...scenarioOf(state).contents,
    breakpoints: [...state.breakpoints],
    faults: [...state.faults],
    nodes: [...state.nodes.values()].map(({ id, port }) => [id, port]),
    rows: [...state.rows.values()].map(({ server, policy, listenPort, node }) => [
      server,
      policy,
      listenPort,
      node,
    ]),
  }
}

it('undo takes back all that was changed, in its order, and redo changes it again', async () => {
  const undone = new Set<string>()
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const lab = await createTestLab({ scenario: CLASSIC_POOL })
      const { engine } = lab
      const start = setUp(lab)
      const labels: string[] = []
      for (const [one, arrives] of given) {
        await engine.execute(one)
        if (arrives) lab.arrive()
        const { undo } = engine.state.history
        if (undo?.number !== labels.length + 1) continue
        labels.push(undo.label)
        undone.add((one as Command).type)
      }
      const end = setUp(lab)
      for (const label of labels.toReversed()) {
        expect(await engine.execute({ type: 'undo' })).toMatchObject({
          ok: true,
          change: { label },
        })
        lab.arrive()
      }
      expect(setUp(lab)).toEqual(start)
      expect(engine.state.history.undo).toBeNull()
      for (const label of labels) {
        expect(await engine.execute({ type: 'redo' })).toMatchObject({
          ok: true,
          change: { label },
        })
        lab.arrive()
      }
      expect(setUp(lab)).toEqual(end)
      expect(engine.state.history.redo).toBeNull()
      await engine.close()
    }),
  )
  const withInverse = Object.entries(TABLE).filter(([, { inverse }]) => inverse !== null)
  // They concern outside programs alone, and have tests in undo.test.ts and swapped-proxy.test.ts.
  undone.add('clearLeftClients')
  undone.add('swapProxy')
  expect([...undone].sort()).toEqual(withInverse.map(([type]) => type).sort())
})
