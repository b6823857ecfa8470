import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Command } from '../../../shared/commands'
import type { EventBody, Node } from '../../../shared/events'
import { CLASSIC_POOL, type Scenario } from '../../../shared/scenario'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { useUi } from '../choices/ui'
import { startLab, useLab } from '../lab/lab'
import { promisesSettled } from '../lab/testing'
import { startPast, usePast } from '../past/past'
import { FakeSession } from '../past/testing'
import { openFile, saveScenario } from './files'
import { beginAsked, offerScenario } from './scenario'

const LESSON: Scenario = {
  name: 'Lesson 3',
  servers: [{ id: '10', policy: '1' }],
  clients: [{ id: '7', policy: '1', payload: 'seven' }],
}

let session = new FakeSession()
let stops: (() => void)[] = []
const asked = () => session.line.commands.filter(({ type }) => type === 'openScenario')
const noPast = async () => {
  throw new Error('There is none.')
}

beforeEach(() => {
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE, connected: false })
  useUi.setState({ notices: [], anewAsked: null })
  session = new FakeSession()
  stops = [
    startLab(
      session.line.bridge,
      () => {},
      () => false,
    ),
    startPast(session.line.bridge, { create: () => session.history(), open: noPast }),
  ]
  begin(CLASSIC_POOL)
})
afterEach(() => {
  for (const stop of stops) stop()
})

/** Sets a lab that began with this scenario. */
function begin({ name, servers, clients }: Scenario): void {
  const removed = [...useLab.getState().live.nodes.keys()]
  const nodes: Node[] = [
    ...servers.map(
      ({ id, policy }): Node => ({
        id: `server:${id}`,
        role: 'server',
        origin: 'inside',
        protocolId: id,
        policy,
      }),
    ),
    ...clients.map(
      ({ id, ...rest }): Node => ({
        id: `client:${id}`,
        role: 'client',
        origin: 'inside',
        protocolId: id,
        ...rest,
      }),
    ),
  ]
  happen(
    ...removed.map((id): EventBody => ({ type: 'node.removed', id })),
    { type: 'scenario.opened', name, seed: 1 },
    ...nodes.map((node): EventBody => ({ type: 'node.added', node })),
  )
}

function happen(...bodies: EventBody[]): void {
  session.happen(...bodies.map((body) => [1, body] as const))
}

it('begins at once where nothing has been done, also after another one', async () => {
  await offerScenario(LESSON)
  expect(asked()).toEqual([{ type: 'openScenario', scenario: LESSON }])
  begin(LESSON)
  await offerScenario(CLASSIC_POOL)
  expect(asked()).toHaveLength(2)
  expect(useUi.getState().anewAsked).toBeNull()
  begin(CLASSIC_POOL)
})

it.each<[string, EventBody]>([
  ['a server was added', added({ id: 'server:500', role: 'server', origin: 'inside' })],
  [
    'an outside program is there',
    added({ id: 'outside:client:1', role: 'client', origin: 'outside' }),
  ],
  ['a client was removed', { type: 'node.removed', id: 'client:1' }],
  [
    'a payload was changed',
    {
      type: 'node.changed',
      node: {
        id: 'client:1',
        role: 'client',
        origin: 'inside',
        protocolId: '1',
        policy: '111',
        payload: 'else',
      },
    },
  ],
  [
    'a message was sent',
    {
      type: 'packet.sent',
      packet: 1,
      exchange: 1,
      kind: 0,
      from: 'client:1',
      to: 'proxy',
      connection: 1,
      dueAt: 9,
      bytes: new Uint8Array(3),
      copyOf: null,
    },
  ],
  ['another scenario was opened elsewhere', { type: 'scenario.opened', name: 'Lesson 1', seed: 1 }],
])('asks first where %s', async (_what, event) => {
  happen(event)
  await offerScenario(LESSON)
  expect(asked()).toEqual([])
  expect(useUi.getState().anewAsked).toEqual(LESSON)
})

it('leaves the past first', async () => {
  usePast.setState({ view: 'past' })
  await offerScenario(LESSON)
  expect(usePast.getState().view).toBe('now')
  expect(asked()).toHaveLength(1)
})

it('says what could not be made, and asks the next time', async () => {
  session.line.answer = async ({ type }: Command) =>
    type === 'openScenario' ? { ok: false, error: 'Server 10 could not be made.' } : { ok: true }
  await offerScenario(LESSON)
  begin({ ...LESSON, servers: [] })
  await promisesSettled()
  expect(useUi.getState().notices).toMatchObject([
    { level: 'error', text: 'Server 10 could not be made.' },
  ])
  await offerScenario(CLASSIC_POOL)
  expect(useUi.getState().anewAsked).toEqual(CLASSIC_POOL)
})

function added(node: Omit<Node, 'protocolId' | 'policy'>): EventBody {
  return { type: 'node.added', node: { ...node, protocolId: '500', policy: '111', payload: 'x' } }
}

it.each([
  [undefined, undefined, /^roundabout-.*\.roundabout-scenario$/],
  ['monday', 'Lesson 3', /^monday\.roundabout-scenario$/],
  ['Lesson 3', undefined, /^Lesson 3\.roundabout-scenario$/],
])(
  'saves a scenario under the name of the file that was opened: %s',
  async (stem, named, saved) => {
    const names: string[] = []
    const link = {
      set download(name: string) {
        names.push(name)
      },
      click() {},
    }
    vi.stubGlobal('document', { createElement: () => link })
    vi.stubGlobal('URL', { createObjectURL: () => '', revokeObjectURL: () => {} })
    if (stem !== undefined) {
      const { servers, clients } = LESSON
      const file = { format: 'roundabout-scenario', version: 2, name: named, servers, clients }
      await openFile(new File([JSON.stringify(file)], `${stem}.roundabout-scenario`))
      begin(LESSON)
    }
    saveScenario()
    vi.unstubAllGlobals()
    expect(names).toEqual([expect.stringMatching(saved)])
  },
)

it('says what was left out of a file of a newer version, and opens the rest', async () => {
  const { name, servers, clients } = LESSON
  const file = { format: 'roundabout-scenario', version: 99, name, servers, clients, lessons: [] }
  await openFile(new File([JSON.stringify(file)], 'lesson.roundabout-scenario'))
  expect(useUi.getState().notices.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^“Lesson 3” opened\. This scenario was made by a newer Roundabout\..*“lessons”\.$/,
    ),
  ])
  expect(asked()).toEqual([{ type: 'openScenario', scenario: LESSON }])
})

it('says what to look at once the scenario is opened, not while it asks', async () => {
  happen({ type: 'node.removed', id: 'client:1' })
  await offerScenario(LESSON, 'Watch the ring.')
  expect(useUi.getState().notices).toEqual([])
  await beginAsked(LESSON)
  expect(useUi.getState().notices.map(({ text }) => text)).toEqual([
    '“Lesson 3” opened. Watch the ring.',
  ])
})
