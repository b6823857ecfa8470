// The settings that an outside server has in the lab, beside what it says of itself.
import { expect, it } from 'vitest'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { createTestLab, type TestLab } from '../support/test-lab'

const PORT = 7_000
const NODE = 'outside:server:7'

/** A lab with a server of this kind; `dialled` counts the connections that the proxy has opened to it. */
async function labWithServer(): Promise<{ lab: TestLab; dialled: () => number }> {
  const lab = await createTestLab()
  let connections = 0
  await lab.network.listen({
    host: lab.engine.proxy.host,
    port: PORT,
    accept(connection) {
      connections++
      connection.setHandlers({
        data(bytes) {
          // A message may come in several reads: this one is whole with its last bracket.
          if (bytes.at(-1) === '}'.charCodeAt(0)) connection.write(composeAnswer('7', '50', 'x'))
        },
        ended: () => connection.end(),
        closed() {},
      })
    },
  })
  register(lab, '222')
  return { lab, dialled: () => connections }
}

function register(lab: TestLab, policy: string): void {
  lab.program().send(composeRegistration('7', policy, PORT))
  lab.rest()
}

function ask(lab: TestLab, policy: string): void {
  lab.program().send(composeClientMessage('50', policy, 'x'))
  lab.rest()
}

it('its connection is kept once that is set, and closed when it is unset', async () => {
  const { lab, dialled } = await labWithServer()
  ask(lab, '222')
  ask(lab, '222')
  expect(dialled()).toBe(2)
  await lab.engine.execute({ type: 'updateServer', node: NODE, keepConnection: true })
  ask(lab, '222')
  ask(lab, '222')
  expect(dialled()).toBe(3)
  await lab.engine.execute({ type: 'updateServer', node: NODE, keepConnection: false })
  ask(lab, '222')
  expect(dialled()).toBe(4)
})

it('stay when it registers again, for another policy', async () => {
  const { lab } = await labWithServer()
  await lab.engine.execute({
    type: 'updateServer',
    node: NODE,
    label: 'Anna',
    keepConnection: true,
  })
  register(lab, '333')
  const node = lab.engine.state.nodes.get(NODE)
  expect(node).toMatchObject({ policy: '333', label: 'Anna', keepConnection: true })
})

it.each([
  ['is removed', { type: 'removeNode', node: NODE }],
  ['is gone with the reset of the lab', { type: 'reset' }],
])('end when it %s, though another server has taken its id', async (_, command) => {
  const { lab, dialled } = await labWithServer()
  const { engine } = lab
  await engine.execute({ type: 'removeNode', node: NODE })
  expect(await engine.execute({ type: 'addServer', id: '7', policy: '222' })).toMatchObject({
    ok: true,
  })
  lab.rest()
  // A registration that was sent earlier arrives later.
  await engine.execute({ type: 'updateLinks', latencyMs: 1000 })
  await engine.execute({ type: 'updateServer', node: 'server:7', policy: '333' })
  lab.settle()
  await engine.execute({ type: 'updateLinks', latencyMs: 0 })
  lab.program().send(composeRegistration('7', '222', PORT))
  lab.settle()
  await engine.execute({ type: 'updateServer', node: NODE, keepConnection: true })
  expect([...engine.state.rows.values()]).toMatchObject([{ server: '7', node: NODE }])
  lab.rest()
  expect([...engine.state.rows.values()]).toMatchObject([{ server: '7', node: 'server:7' }])
  expect(await engine.execute(command)).toMatchObject({ ok: true })
  await engine.execute({ type: 'removeNode', node: 'server:7' })
  lab.rest()
  register(lab, '222')
  expect(engine.state.nodes.get(NODE)?.keepConnection).toBeUndefined()
  ask(lab, '222')
  ask(lab, '222')
  expect(dialled()).toBe(2)
})

it('are not its id and policy, which it says itself', async () => {
  const { lab } = await labWithServer()
  const { engine } = lab
  const before = engine.state
  expect(await engine.execute({ type: 'updateServer', node: NODE, policy: '1' })).toEqual({
    ok: false,
    error: `policy: ${NODE} is an outside program, which sets this itself.`,
  })
  expect(engine.state).toBe(before)
})

it('are those of servers: an outside client has none', async () => {
  const { lab } = await labWithServer()
  ask(lab, '222')
  const before = lab.engine.state
  const node = 'outside:client:50'
  expect(await lab.engine.execute({ type: 'updateServer', node, label: 'Anna' })).toEqual({
    ok: false,
    error: `There is no server ${node}.`,
  })
  expect(lab.engine.state).toBe(before)
})
