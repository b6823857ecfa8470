// Undo and redo, as people at one or two windows meet them.
import { afterEach, expect, it } from 'vitest'
import type { CommandResult } from '../../src/shared/commands'
import { CLASSIC_POOL, EMPTY_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

let lab: TestLab

afterEach(() => lab.engine.close())

async function labOf(options: Parameters<typeof createTestLab>[0] = {}): Promise<TestLab> {
  lab = await createTestLab({ scenario: CLASSIC_POOL, ...options })
  lab.rest()
  return lab
}

async function give(command: object): Promise<CommandResult> {
  const result = await lab.engine.execute(command)
  lab.settle()
  return result
}

/** The servers that the next messages for policy 111 are given to. */
async function turns(count: number): Promise<(string | null)[]> {
  const before = lab.events.length
  await give({ type: 'sendMessage', client: 'client:1', policy: '111', count })
  lab.rest()
  return lab.events
    .slice(before)
    .flatMap((event) => (event.type === 'decision.made' ? [event.server] : []))
}

const history = () => lab.engine.state.history

it('brings a removed server back, with its id, policy, port, settings and turn', async () => {
  await labOf()
  await give({ type: 'updateServer', node: 'server:100', label: 'rack 1', keepConnection: true })
  const before = lab.engine.state.nodes.get('server:100')
  const rows = [...lab.engine.state.rows.keys()]
  expect(await turns(3)).toEqual(['100', '300', '100'])
  await give({ type: 'removeNode', node: 'server:100' })
  expect(await turns(2)).toEqual(['300', '300'])
  expect(await give({ type: 'undo' })).toMatchObject({ ok: true, node: 'server:100' })
  lab.rest()
  const { protocolId, policy, port, label, keepConnection } = before ?? {}
  expect(lab.engine.state.nodes.get('server:100')).toMatchObject({
    protocolId,
    policy,
    port,
    label,
    keepConnection,
  })
  expect([...lab.engine.state.rows.keys()]).toEqual(rows)
  expect(await turns(4)).toEqual(['100', '300', '100', '300'])
})

it('gives a server that went to another policy its old turn again', async () => {
  await labOf()
  await give({ type: 'updateServer', node: 'server:100', policy: '222' })
  lab.rest()
  expect(history().undo?.label).toBe('change the policy of server 100')
  await give({ type: 'undo' })
  lab.rest()
  expect(await turns(4)).toEqual(['100', '300', '100', '300'])
})

it('says so where the port is taken meanwhile, and takes another one', async () => {
  const { engine, network } = await labOf()
  const port = engine.state.nodes.get('server:100')?.port ?? 0
  await give({ type: 'removeNode', node: 'server:100' })
  const taken = await network.listen({ host: '127.0.0.1', port, accept: () => {} })
  const result = await give({ type: 'undo' })
  const now = engine.state.nodes.get('server:100')?.port
  expect(now).not.toBe(port)
  expect(result).toMatchObject({
    note: `Port ${port} is taken: server 100 listens on port ${now}.`,
  })
  await taken.close()
})

it('does not bring lost messages back, and says so', async () => {
  await labOf({ latencyMs: 100 })
  await give({ type: 'sendMessage', client: 'client:1', count: 1 })
  lab.pass(150)
  expect(await give({ type: 'removeNode', node: 'server:100' })).toMatchObject({
    note: '1 packet in flight was lost.',
    change: { label: 'remove server 100' },
  })
  expect(await give({ type: 'undo' })).toMatchObject({
    note: 'The packet that was lost does not come back.',
  })
})

it('brings back the set-up from before a reset, with what was opened then', async () => {
  const { engine } = await labOf()
  await give({ type: 'setBreakpoint', filter: 'type:2', enabled: false })
  await give({ type: 'removeNode', node: 'client:2' })
  await give({ type: 'openScenario', scenario: EMPTY_POOL })
  expect(history().undo?.label).toBe('open “Empty”')
  await turns(1)
  const nodes = [...engine.state.nodes.keys()]
  expect(nodes).toEqual(['proxy'])
  await give({ type: 'undo' })
  lab.rest()
  expect(engine.state.scenario).toBe(CLASSIC_POOL.name)
  expect(engine.state.breakpoints.get(1)).toMatchObject({ filter: 'type:2', enabled: false })
  expect(engine.state.nodes.has('client:2')).toBe(false)
  expect(await turns(2)).toEqual(['100', '300'])
  // `reset` goes back to the scenario of that time too.
  await give({ type: 'reset' })
  expect(engine.state.nodes.size).toBe(11)
})

it('leaves what is the same, and outside programs, alone', async () => {
  const { engine } = await labOf({ latencyMs: 100 })
  await give({ type: 'addServer', id: '500', policy: '111' })
  await give({ type: 'sendAll' })
  lab.rest()
  expect((await give({ type: 'reset' })).ok).toBe(true)
  const program = lab.program()
  program.send('{"type":1,"id":7,"privPolyId":"111","listenport":4000}')
  lab.settle()
  await give({ type: 'sendMessage', client: 'client:1', policy: '222' })
  const result = await give({ type: 'undo' })
  expect(result).toMatchObject({
    note: 'The messages and counters from before do not come back; the timeline still has them.',
  })
  lab.rest()
  expect(engine.state.nodes.has('outside:server:7')).toBe(true)
  expect(engine.state.nodes.get('client:1')).toMatchObject({ served: 1 })
  expect([...engine.state.rows.keys()]).toContain('500')
})

it('is one history for all operators; a viewer has none', async () => {
  const { engine } = await labOf()
  const [one, other, viewer] = [
    engine.openScreen('operator'),
    engine.openScreen('operator'),
    engine.openScreen('viewer'),
  ]
  const removed = await one.execute({ type: 'removeNode', node: 'server:300' })
  await other.execute({ type: 'addClient', id: '7' })
  expect(history()).toMatchObject({ undo: { label: 'add client 7' }, redo: null })
  // A toast undoes what it is about, or nothing.
  const change = removed.ok ? removed.change?.number : undefined
  expect(await one.execute({ type: 'undo', change })).toEqual({
    ok: false,
    error: 'The lab was changed again since. First undo: add client 7.',
  })
  expect(await viewer.execute({ type: 'undo' })).toMatchObject({ ok: false })
  await other.execute({ type: 'undo' })
  await other.execute({ type: 'undo' })
  expect(history()).toMatchObject({ undo: null, redo: { label: 'remove server 300' } })
  expect(await one.execute({ type: 'undo' })).toEqual({
    ok: false,
    error: 'There is nothing to undo.',
  })
})

it('is not possible while the window shows the past', async () => {
  const { engine } = await labOf()
  const screen = engine.openScreen('operator')
  await screen.execute({ type: 'addClient', id: '7' })
  await screen.execute({ type: 'lookBack', pausesLab: false })
  expect(await screen.execute({ type: 'undo' })).toEqual({
    ok: false,
    error: 'This window shows the past. Go back to live first.',
  })
})

it('forgets what was undone with the next change, and what has changed nothing is no change', async () => {
  await labOf()
  await give({ type: 'addClient', id: '7' })
  await give({ type: 'undo' })
  await give({ type: 'updateLinks', latencyMs: lab.engine.state.latencyMs })
  await give({ type: 'updateServer', node: 'server:100', policy: '111' })
  await give({ type: 'setSpeed', speed: 2 })
  expect(history().redo?.label).toBe('add client 7')
  await give({ type: 'updatePool', policy: '111', algorithm: 'random' })
  expect(history()).toMatchObject({
    undo: { label: 'change the algorithm of policy 111' },
    redo: null,
  })
})

it('takes the commands of one gesture back at once', async () => {
  const { engine } = await labOf()
  const before = [...engine.state.nodes.keys()]
  const first = await give({ type: 'updateServer', node: 'server:100', id: '1100' })
  const joins = first.ok ? first.change?.number : undefined
  await give({ type: 'updateServer', node: 'server:300', id: '1300', joins })
  await give({ type: 'removeNode', node: 'server:400', joins })
  expect(history().undo?.label).toBe('change the id of server 100 and 2 more')
  const after = [...engine.state.nodes.keys()]
  await give({ type: 'undo' })
  expect([...engine.state.nodes.keys()]).toEqual(before)
  expect(history().undo).toBeNull()
  await give({ type: 'redo' })
  expect([...engine.state.nodes.keys()]).toEqual(after)
  // A command that comes later than another change stands for itself.
  await give({ type: 'addClient', id: '7' })
  await give({ type: 'removeNode', node: 'server:200', joins })
  expect(history().undo?.label).toBe('remove server 200')
})

it('does not offer to remove a breakpoint that was used up', async () => {
  await labOf()
  await give({ type: 'addClient', id: '7' })
  await give({ type: 'setBreakpoint', filter: 'type:0', once: true })
  expect(history().undo?.label).toBe('set the breakpoint type:0')
  await give({ type: 'sendMessage', client: 'client:1' })
  expect(history().undo?.label).toBe('add client 7')
})

it('drops a change that can no longer be undone, says why, and undoes the one before it next', async () => {
  const { engine } = await labOf()
  await give({ type: 'addClient', id: '7' })
  await give({ type: 'removeNode', node: 'server:100' })
  const program = lab.program()
  program.send('{"type":1,"id":100,"privPolyId":"111","listenport":4000}')
  lab.settle()
  expect(await give({ type: 'undo' })).toEqual({
    ok: false,
    error:
      'Can no longer be undone: remove server 100. Id 100 is taken by an outside program; 1001 is free.',
  })
  expect(history()).toMatchObject({ undo: { label: 'add client 7' }, redo: null })
  expect(await give({ type: 'undo' })).toMatchObject({ ok: true })
  expect(engine.state.nodes.has('client:7')).toBe(false)
})

it('leaves the row to the outside program that has registered the id, whatever is done to the server', async () => {
  const { engine } = await labOf()
  lab.program().send('{"type":1,"id":100,"privPolyId":"111","listenport":4000}')
  lab.settle()
  const error = 'id: Id 100 is taken by an outside program; 1001 is free.'
  const refused = { ok: false, error }
  expect(await give({ type: 'updateServer', node: 'server:100', policy: '222' })).toEqual(refused)
  lab.rest()
  expect(engine.state.nodes.get('server:100')).toMatchObject({ policy: '111' })
  expect(engine.state.rows.get('100')).toMatchObject({ node: 'outside:server:100', policy: '111' })
  // Its other settings are still its own, and another id ends the conflict.
  expect(await give({ type: 'updateServer', node: 'server:100', label: 'x' })).toMatchObject({
    ok: true,
  })
  await give({ type: 'removeNode', node: 'server:300' })
  expect(await give({ type: 'addServer', id: '100' })).toMatchObject({ ok: false })
  expect(
    await give({ type: 'updateServer', node: 'server:100', id: '1001', policy: '222' }),
  ).toMatchObject({ ok: true, node: 'server:1001' })
})

it('remembers the last hundred changes', async () => {
  await labOf()
  for (let index = 0; index < 105; index++) await give({ type: 'addClient' })
  let undone = 0
  while ((await give({ type: 'undo' })).ok) undone++
  expect(undone).toBe(100)
  expect(lab.engine.state.nodes.size).toBe(16)
})
