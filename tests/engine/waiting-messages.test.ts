// The messages that wait for Play, over the whole engine: the state of the lab tells them to every screen alike.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { composeClientMessage } from '../../src/shared/protocol/compose'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { waitingMessages } from '../../src/shared/state/waiting-messages'
import { createTestLab, type TestLab } from '../support/test-lab'

let lab: TestLab

beforeEach(async () => {
  lab = await createTestLab({ latencyMs: 600, scenario: CLASSIC_POOL })
  lab.rest()
})
afterEach(() => lab.engine.close())

async function execute(command: object): Promise<void> {
  expect(await lab.engine.execute(command)).toMatchObject({ ok: true })
  lab.settle()
}
const waiting = () => waitingMessages(lab.engine.state)

it('are those that are sent while time is paused, less each that a step moves', async () => {
  await execute({ type: 'pause' })
  await execute({ type: 'sendAll' })
  expect(waiting()).toBe(6)
  // The first message arrives when the sixth is sent.
  for (const left of [5, 4, 3, 2, 1]) {
    await execute({ type: 'step' })
    expect(waiting()).toBe(left)
  }
  await execute({ type: 'sendMessage', client: 'client:2', count: 3 })
  expect(waiting()).toBe(4)
  await execute({ type: 'resume' })
  expect(waiting()).toBe(0)
  lab.rest()
  await execute({ type: 'pause' })
  expect(waiting()).toBe(0)
  expect(lab.engine.state.totals.verdicts.correct).toBe(9)
})

it('are also those that were sent before the pause and have not left', async () => {
  await execute({ type: 'sendMessage', client: 'client:1', count: 5 })
  await execute({ type: 'sendMessage', client: 'client:1' })
  lab.pass(1)
  expect(waiting()).toBe(0)
  await execute({ type: 'pause' })
  expect(waiting()).toBe(4)
})

it('leave with their clients, and do not return with them', async () => {
  await execute({ type: 'pause' })
  await execute({ type: 'sendAll' })
  for (const id of [1, 2, 3, 4, 5, 6]) await execute({ type: 'removeNode', node: `client:${id}` })
  expect(waiting()).toBe(0)
  for (let count = 0; count < 6; count++) await execute({ type: 'undo' })
  expect(lab.engine.state.nodes.has('client:6')).toBe(true)
  expect(waiting()).toBe(0)
  await execute({ type: 'sendAll' })
  expect(waiting()).toBe(6)
})

it('are not those that a breakpoint holds', async () => {
  await execute({ type: 'setBreakpoint', filter: 'type:0 from:client' })
  await execute({ type: 'pause' })
  await execute({ type: 'sendMessage', client: 'client:1' })
  expect(waiting()).toBe(1)
  await execute({ type: 'step' })
  expect([...lab.engine.state.inFlight.values()].map(({ held }) => held !== undefined)).toEqual([
    true,
  ])
  expect(waiting()).toBe(0)
})

it('are an outside client’s too', async () => {
  await execute({ type: 'pause' })
  lab.program().send(composeClientMessage('50', '111', 'hello'))
  lab.settle()
  expect(waiting()).toBe(1)
  await execute({ type: 'step' })
  expect(waiting()).toBe(0)
})
