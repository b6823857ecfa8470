// Undo where outside programs and the places of nodes are concerned.
import { afterEach, expect, it } from 'vitest'
import type { CommandResult } from '../../src/shared/commands'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

let lab: TestLab

afterEach(() => lab.engine.close())

async function labOf(): Promise<TestLab> {
  lab = await createTestLab({ scenario: CLASSIC_POOL })
  lab.rest()
  return lab
}

async function give(command: object): Promise<CommandResult> {
  const result = await lab.engine.execute(command)
  lab.settle()
  return result
}

function register(id: number, policy = '111'): void {
  lab.program().send(`{"type":1,"id":${id},"privPolyId":"${policy}","listenport":${4000 + id}}`)
  lab.settle()
}

/** A client that asks for a policy without a server, and leaves. */
function askAndLeave(id: number): void {
  const program = lab.program()
  program.send(`{"type":0,"srcid":${id},"privPolyId":"9","payloadsize":1,"payload":"x"}`)
  lab.settle()
  program.connection.destroy()
  lab.rest()
}

const outside = () => [...lab.engine.state.nodes.keys()].filter((id) => id.startsWith('outside:'))

it('puts an outside server back into its row, its turn and its place, with its settings', async () => {
  const { engine } = await labOf()
  register(7)
  register(8)
  await give({ type: 'updateServer', node: 'outside:server:7', label: 'Anna' })
  const places = [{ node: 'outside:server:7', x: 5, y: 6 }]
  await give({ type: 'placeNodes', places, forgotten: [] })
  const rows = [...engine.state.rows.values()]
  expect(await give({ type: 'removeNode', node: 'outside:server:7' })).toMatchObject({
    change: { label: 'remove outside server 7' },
  })
  expect(engine.state.rows.has('7')).toBe(false)
  expect(engine.state.places.size).toBe(0)
  expect(await give({ type: 'undo' })).toMatchObject({ ok: true, node: 'outside:server:7' })
  expect([...engine.state.rows.values()].map(({ server }) => server)).toEqual(
    rows.map(({ server }) => server),
  )
  expect(engine.state.rows.get('7')).toMatchObject({
    policy: '111',
    listenPort: 4007,
    health: 'up',
    node: 'outside:server:7',
  })
  expect(engine.state.nodes.get('outside:server:7')).toMatchObject({ label: 'Anna', port: 4007 })
  expect(outside()).toEqual(['outside:server:7', 'outside:server:8'])
  expect([...engine.state.places]).toEqual([['outside:server:7', { x: 5, y: 6 }]])
  await give({ type: 'redo' })
  expect(outside()).toEqual(['outside:server:8'])
})

it('does not put an outside server back that has registered again', async () => {
  const { engine } = await labOf()
  register(7)
  await give({ type: 'removeNode', node: 'outside:server:7' })
  register(7, '222')
  expect(await give({ type: 'undo' })).toEqual({ ok: false, error: 'There is nothing to undo.' })
  expect(engine.state.rows.get('7')).toMatchObject({ policy: '222' })
})

it('brings the cards of cleared clients back', async () => {
  await labOf()
  for (const id of [61, 62, 63]) askAndLeave(id)
  const cards = outside()
  expect(cards).toHaveLength(3)
  expect(await give({ type: 'clearLeftClients' })).toMatchObject({
    change: { label: 'clear 3 clients that have left' },
  })
  expect(outside()).toEqual([])
  await give({ type: 'undo' })
  expect(outside()).toEqual(cards)
  await give({ type: 'redo' })
  expect(outside()).toEqual([])
  // Those that have come back by themselves stay as they are.
  await give({ type: 'undo' })
  expect(await give({ type: 'clearLeftClients' })).toMatchObject({ ok: true })
  askAndLeave(62)
  await give({ type: 'undo' })
  expect(new Set(outside())).toEqual(new Set(cards))
})

it('says how many outside programs have to join again after an undone reset', async () => {
  await labOf()
  register(7)
  register(8)
  await give({ type: 'reset' })
  expect(await give({ type: 'undo' })).toMatchObject({
    note: expect.stringContaining('2 outside programs have to join again.'),
  })
  await give({ type: 'reset' })
  register(7)
  register(8)
  await give({ type: 'reset' })
  register(8)
  expect(await give({ type: 'undo' })).toMatchObject({
    note: expect.stringContaining('1 outside program has to join again.'),
  })
})

it('forgets the places of former ids and of removed nodes, and gives them back', async () => {
  const { engine } = await labOf()
  const place = { x: 10, y: 20 }
  await give({ type: 'placeNodes', places: [{ node: 'client:1', ...place }], forgotten: [] })
  for (let id = 31; id <= 60; id++) {
    const node = id === 31 ? 'client:1' : `client:${id - 1}`
    await give({ type: 'updateClient', node, id: `${id}` })
  }
  expect([...engine.state.places]).toEqual([['client:60', place]])
  await give({ type: 'removeNode', node: 'client:60' })
  expect([...engine.state.places]).toEqual([])
  await give({ type: 'undo' })
  expect([...engine.state.places]).toEqual([['client:60', place]])
  for (let id = 31; id <= 60; id++) await give({ type: 'undo' })
  expect([...engine.state.places]).toEqual([['client:1', place]])
  await give({ type: 'redo' })
  expect([...engine.state.places]).toEqual([['client:31', place]])
})

it('leaves a renamed server alone where its former id was taken meanwhile', async () => {
  const { engine } = await labOf()
  await give({ type: 'updateServer', node: 'server:300', id: '1300' })
  register(300)
  expect(await give({ type: 'undo' })).toMatchObject({
    ok: false,
    error: expect.stringContaining('Can no longer be undone: change the id of server 300.'),
  })
  expect(engine.state.nodes.has('server:1300')).toBe(true)
})
