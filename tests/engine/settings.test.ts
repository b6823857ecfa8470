// Every setting that is declared goes the whole way: from a command to events, state, frames, a scenario file, another
// lab, and a form. A value that a setting refuses is refused in words.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { draftOf, valuesOf } from '../../src/renderer/src/forms/setting-values'
import { decodeFrame, encodeSnapshot } from '../../src/shared/feed/frame'
import type { Scenario } from '../../src/shared/scenario'
import { checkScenario, pathText, scenarioOf, writeScenario } from '../../src/shared/scenario-file'
import { inWords, type Settings } from '../../src/shared/settings/derive'
import { SETTINGS } from '../../src/shared/settings/registry'
import type { Setting, Value } from '../../src/shared/settings/setting'
import { poolIn } from '../../src/shared/state/pool'
import type { State } from '../../src/shared/state/state'
import { badValues, goodValues } from '../support/settings'
import { createTestLab, type TestLab } from '../support/test-lab'

type Values = Readonly<Record<string, unknown>>

/** How the settings of each kind are set, and where they are seen. */
interface Way {
  /** The command that sets them. */
  command: (values: Values) => Values
  /** The event that tells them. */
  inEvents: (lab: TestLab) => unknown
  inState: (state: State) => object | undefined
  inScenario: (scenario: Omit<Scenario, 'name'>) => object | undefined
  /** A scenario file with them. */
  file: (values: Values) => Values
}

const NAMED = { id: '1', policy: '111' }
const EMPTY = { format: 'roundabout-scenario', version: 1, servers: [], clients: [] }

const WAYS: Readonly<Record<keyof typeof SETTINGS, Way>> = {
  server: {
    command: (values) => ({ type: 'addServer', ...NAMED, ...values }),
    inEvents: ({ events }) => events.findLast(({ type }) => type === 'node.added'),
    inState: ({ nodes }) => nodes.get('server:1'),
    inScenario: ({ servers }) => servers[0],
    file: (values) => ({ ...EMPTY, servers: [{ ...NAMED, ...values }] }),
  },
  client: {
    command: (values) => ({ type: 'addClient', ...NAMED, ...values }),
    inEvents: ({ events }) => events.findLast(({ type }) => type === 'node.added'),
    inState: ({ nodes }) => nodes.get('client:1'),
    inScenario: ({ clients }) => clients[0],
    file: (values) => ({ ...EMPTY, clients: [{ ...NAMED, payload: '', ...values }] }),
  },
  link: {
    command: (values) => ({ type: 'updateLinks', ...values }),
    inEvents: ({ events }) => events.findLast(({ type }) => type === 'links.changed'),
    inState: (state) => state,
    inScenario: (scenario) => scenario,
    file: (values) => ({ ...EMPTY, ...values }),
  },
  pool: {
    command: (values) => ({ type: 'updatePool', policy: '111', ...values }),
    inEvents: ({ events }) => events.findLast(({ type }) => type === 'pool.changed'),
    inState: (state) => poolIn(state, '111'),
    inScenario: ({ pools }) => pools?.[0],
    file: (values) => ({ ...EMPTY, pools: [{ policy: '111', ...values }] }),
  },
}

const ALL = Object.entries(WAYS).flatMap(([kind, way]) => {
  const settings: Settings = SETTINGS[kind as keyof typeof SETTINGS]
  return Object.entries(settings).map(([name, setting]) => ({ kind, way, name, setting }))
})

/** Finds a value in an event, wherever it stands there. */
const told = (event: unknown): string => JSON.stringify(event)

async function done(lab: TestLab, command: unknown): Promise<void> {
  expect(await lab.engine.execute(command)).toMatchObject({ ok: true })
}

it.each(ALL)('the $name of a $kind goes the whole way', async ({ way, name, setting }) => {
  const roundTrip = async (value: Value) => {
    const lab = await createTestLab()
    await done(lab, way.command({ [name]: value }))
    const { state } = lab.engine
    expect(told(way.inEvents(lab) ?? { [name]: setting.default })).toContain(
      told({ [name]: value }).slice(1, -1),
    )
    expect(way.inState(state)).toMatchObject({ [name]: value })

    const frame = decodeFrame(encodeSnapshot(1, 0, state, 0))
    if (frame.kind !== 'snapshot') throw new Error('It is no snapshot.')
    expect(way.inState(frame.state)).toMatchObject({ [name]: value })

    const opened = checkScenario(JSON.parse(writeScenario(scenarioOf(state).contents)), 'Lab')
    if (!opened.ok) throw new Error(opened.error)
    const { scenario } = opened
    expectSaved(setting, name, value, way.inScenario(scenario))
    const other = await createTestLab()
    await done(other, { type: 'openScenario', scenario })
    if (setting.inScenario !== 'unsaved') {
      const again = way.inState(other.engine.state) ?? { [name]: setting.default }
      expect(again).toMatchObject({ [name]: value })
    }

    if (setting.kind !== 'feature') {
      const only = { [name]: setting }
      const shown = draftOf(only, way.inState(state) ?? {})
      expect(valuesOf(only, shown)).toEqual({ [name]: value })
    }
    expect(inWords({ [name]: setting }, { [name]: value })).toEqual([
      [setting.label, expect.stringMatching(/./)],
    ])
    await lab.engine.close()
    await other.engine.close()
  }
  await fc.assert(fc.asyncProperty(goodValues(setting), roundTrip), { numRuns: 12 })
})

/** A file leaves out what is the default of a node or a pool, and what means nothing on another machine. */
function expectSaved(setting: Setting, name: string, value: Value, inFile: object | undefined) {
  if (setting.inScenario === 'unsaved') expect(inFile).not.toHaveProperty(name)
  else if (value === setting.default) expect(inFile ?? {}).not.toMatchObject({ [name]: !value })
  else expect(inFile).toMatchObject({ [name]: value })
}

it.each(ALL)('the $name of a $kind refuses in words what it cannot be', async (one) => {
  const { way, name, setting } = one
  const { engine } = await createTestLab()
  const { values, allowed } = badValues(setting)
  for (const value of values) {
    const result = await engine.execute(way.command({ [name]: value }))
    const error = result.ok ? 'It was taken.' : result.error
    expect(error).toMatch(new RegExp(`^${name}: .+\\.$`))
    // What it is, without quoting a text of the person's.
    expect(error).toMatch(/; here it is .+\.$|this one has \d+\.$|put it in quotes\.$/)
    for (const words of allowed) expect(error).toContain(words)

    const checked = checkScenario(way.file({ [name]: value }), 'Lab')
    if (checked.ok) throw new Error(`A file with ${name}: ${value} was taken.`)
    expect(pathText(checked.path)).toMatch(new RegExp(`(^|\\.)${name}$`))
    for (const words of allowed) expect(checked.error).toContain(words)
  }
})

it('an option that only recordings have is no value of a live lab', async () => {
  const { engine } = await createTestLab()
  const [command, file] = [WAYS.pool.command, WAYS.pool.file]
  expect(await engine.execute(command({ algorithm: 'unknown' }))).toMatchObject({ ok: false })
  expect(checkScenario(file({ algorithm: 'unknown' }), 'Lab')).toMatchObject({ ok: false })
})
