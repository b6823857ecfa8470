// The table of commands: who may give one, and what undoes it.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commandRowOf, TABLE } from '../../src/main/engine/commands/table'
import { type Command, parseCommand } from '../../src/shared/commands'
import { changeable, given, type Settings, settled } from '../../src/shared/settings/derive'
import { SETTINGS, settingsOfRole } from '../../src/shared/settings/registry'
import type { Value } from '../../src/shared/settings/setting'
import type { State } from '../../src/shared/state/state'
import { goodValues } from '../support/settings'
import { createTestLab } from '../support/test-lab'

const ids = fc.constantFrom('1', '2', '3', '100')

/** Some of the settings, each with some value. */
function someOf(settings: Settings): fc.Arbitrary<Partial<Record<string, Value>>> {
  const values = Object.entries(settings).map(([name, setting]) => [name, goodValues(setting)])
  return fc.record(Object.fromEntries(values), { requiredKeys: [] })
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

const servers = ids.map((id) => `server:${id}`)
const clients = ids.map((id) => `client:${id}`)
const undoable = fc.oneof(
  withSettings(command('addServer', identity), newServer),
  withSettings(command('addClient', identity), newClient),
  withSettings(command('updateServer', { node: servers, ...identity }), newServer),
  withSettings(command('updateClient', { node: clients, ...identity }), newClient),
  withSettings(command('updateServer', { node: servers }), newServer),
  command('removeNode', { node: fc.oneof(servers, clients) }),
  withSettings(command('updatePool', { policy: ids }), someOf(SETTINGS.pool)),
  withSettings(command('updateLinks'), someOf(SETTINGS.link)),
  command('setSpeed', { speed: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
  command('pause'),
  command('resume'),
  command('setBreakpoint', breakpoint),
  command('setBreakpoint', { id: fc.integer({ min: 1, max: 4 }), ...breakpoint }),
  command('removeBreakpoint', { id: fc.integer({ min: 1, max: 4 }) }),
)

/** All that a person has set, whatever its order, number and port. */
function settingsIn(state: State) {
  const { nodes, breakpoints, pools, clock } = state
  const inOrder = (items: unknown[]) => items.map((item) => JSON.stringify(item)).sort()
  return {
    clock,
    links: given(SETTINGS.link, state),
    nodes: inOrder(
      [...nodes.values()].map((node) => [
        node.id,
        node.policy,
        settled(changeable(settingsOfRole(node.role)), { ...node }),
      ]),
    ),
    pools: inOrder([...pools].filter(([, { algorithm }]) => algorithm !== 'round-robin')),
    breakpoints: inOrder(
      [...breakpoints.values()].map(({ filter, once, enabled }) => [filter, once, enabled]),
    ),
  }
}

it('what undoes a command brings back the settings of before', async () => {
  const tries = fc.array(undoable, { minLength: 1, maxLength: 12 })
  const undone = new Set<string>()
  await fc.assert(
    fc.asyncProperty(tries, async (given) => {
      const { engine } = await createTestLab()
      for (const one of given) {
        const parsed = parseCommand(one)
        if (!parsed.ok) throw new Error(parsed.error)
        const before = engine.state
        const result = await engine.execute(one)
        const done = { before, after: engine.state, node: result.ok ? result.node : undefined }
        if (!result.ok) continue
        for (const inverse of commandRowOf(parsed.command).inverse?.(parsed.command, done) ?? []) {
          expect(await engine.execute(inverse)).toMatchObject({ ok: true })
        }
        expect(settingsIn(engine.state)).toEqual(settingsIn(before))
        undone.add(parsed.command.type)
        await engine.execute(one)
      }
      await engine.close()
    }),
  )
  const withInverse = Object.entries(TABLE).filter(([, { inverse }]) => inverse !== null)
  expect([...undone].sort()).toEqual(withInverse.map(([type]) => type).sort())
})
