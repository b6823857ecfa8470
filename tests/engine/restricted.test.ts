// A rule binds the commands of screens, undo and redo among them, and not those of the engine's own process.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Screen } from '../../src/main/engine/index'
import { lockRefusal } from '../../src/shared/lesson/locks'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

const SERVERS_KEPT = 'The lesson keeps the servers as they are in this step.'

let lab: TestLab
let screen: Screen

beforeEach(async () => {
  lab = await createTestLab({ scenario: CLASSIC_POOL })
  screen = lab.engine.openScreen('operator')
  lab.rest()
})
afterEach(() => lab.engine.close())

it('a screen is told why, until the rule is lifted', async () => {
  const lift = lab.engine.restrict((intent) => lockRefusal(['servers'], intent))
  const remove = { type: 'removeNode', node: 'server:100' }
  expect(await screen.execute(remove)).toEqual({ ok: false, error: SERVERS_KEPT })
  expect(await screen.execute({ type: 'removeNode', node: 'client:1' })).toMatchObject({ ok: true })
  lift()
  expect(await screen.execute(remove)).toMatchObject({ ok: true })
})

it('the engine’s own process is not bound', async () => {
  lab.engine.restrict(() => 'Nothing may be done.')
  expect(await lab.engine.execute({ type: 'removeNode', node: 'server:100' })).toMatchObject({
    ok: true,
  })
})

it('undo and redo do not get around it', async () => {
  await screen.execute({ type: 'addServer', id: '500', policy: '111' })
  await screen.execute({ type: 'updateLinks', latencyMs: 5 })
  lab.engine.restrict((intent) => lockRefusal(['servers'], intent))
  expect(await screen.execute({ type: 'undo' })).toMatchObject({ ok: true })
  expect(await screen.execute({ type: 'undo' })).toEqual({ ok: false, error: SERVERS_KEPT })
  expect(await screen.execute({ type: 'redo' })).toMatchObject({ ok: true })
  await lab.engine.execute({ type: 'undo' })
  await lab.engine.execute({ type: 'undo' })
  expect(await screen.execute({ type: 'redo' })).toEqual({ ok: false, error: SERVERS_KEPT })
})

it('what brings a node or a lab back is bound like what adds it or opens it', async () => {
  await screen.execute({ type: 'removeNode', node: 'server:100' })
  const refuse = (type: string) =>
    lab.engine.restrict((intent) => (intent.type === type ? 'Not now.' : undefined))
  refuse('addServer')
  expect(await screen.execute({ type: 'undo' })).toEqual({ ok: false, error: 'Not now.' })
  await screen.execute({ type: 'openScenario', scenario: CLASSIC_POOL })
  refuse('openScenario')
  expect(await screen.execute({ type: 'undo' })).toEqual({ ok: false, error: 'Not now.' })
})

it('time is told to whoever asks, once it has passed, and not after the session', async () => {
  const heard: string[] = []
  lab.engine.schedule(100, () => heard.push(`at ${lab.engine.now}`))
  lab.engine.schedule(50, () => heard.push('cancelled'))()
  lab.pass(99)
  expect(heard).toEqual([])
  lab.pass(1)
  expect(heard).toEqual(['at 100'])
  lab.engine.schedule(100, () => heard.push('another session'))
  await lab.engine.execute({ type: 'newSession', pool: 'asItIs' })
  lab.pass(1_000)
  expect(heard).toEqual(['at 100'])
})
