// What a step takes together: what happens at one moment, and no more.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

let lab: TestLab

beforeEach(async () => {
  lab = await createTestLab({ latencyMs: 600, scenario: CLASSIC_POOL, seed: 1 })
  lab.rest()
})
afterEach(() => lab.engine.close())

const execute = (command: object) => lab.engine.execute(command)

/** Returns how many packets have been delivered in it. */
async function step(): Promise<number> {
  const before = lab.events.length
  expect(await execute({ type: 'step' })).toEqual({ ok: true })
  return lab.events.slice(before).filter(({ type }) => type === 'packet.delivered').length
}

it('a step takes together what happens at one moment, as looking back does', async () => {
  await execute({ type: 'pause' })
  for (const client of ['client:1', 'client:2']) await execute({ type: 'sendMessage', client })
  for (let hop = 1; hop <= 4; hop++) {
    expect(await step()).toBe(2)
  }
  expect(lab.engine.state.totals.exchanges.answered).toBe(2)
})

it('a step goes no further than one link, also where links take no time', async () => {
  await execute({ type: 'updateLinks', latencyMs: 0 })
  await execute({ type: 'pause' })
  await execute({ type: 'sendMessage', client: 'client:1' })
  const sentAt = lab.clock.now()
  for (let hop = 1; hop <= 4; hop++) {
    expect(lab.engine.state.totals.exchanges.answered).toBe(0)
    await step()
  }
  expect(lab.engine.state.totals.exchanges.answered).toBe(1)
  expect(lab.clock.now()).toBe(sentAt)
})
