// What a condition's filter is about, for each kind of event, in a lab that runs.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Condition } from '../../src/shared/lesson/condition'
import { EventFacts } from '../../src/shared/lesson/event-facts'
import { Tally } from '../../src/shared/lesson/watch'
import { createTestLab, type TestLab } from '../support/test-lab'
import { TWO_POLICIES } from './sample'

let lab: TestLab
beforeEach(async () => {
  lab = await createTestLab({ scenario: TWO_POLICIES, latencyMs: 10, inOrder: true })
})
afterEach(() => lab.engine.close())

/** Plays a short story; returns how often each condition came true in it. */
async function counted(conditions: readonly Condition[]): Promise<number[]> {
  const { engine } = lab
  const facts = new EventFacts(() => engine.state)
  const tallies = conditions.map((condition) => new Tally(condition, engine.now))
  engine.subscribe((event) => {
    facts.learn(event)
    for (const tally of tallies) tally.apply(event, facts)
  })
  lab.rest()
  await engine.execute({ type: 'sendMessage', client: 'client:1', count: 2 })
  lab.rest()
  await engine.execute({ type: 'sendMessage', client: 'client:3' })
  lab.rest()
  await engine.execute({ type: 'updateServer', node: 'server:100', stopped: true })
  await engine.execute({ type: 'sendMessage', client: 'client:2' })
  lab.rest()
  await engine.execute({ type: 'removeNode', node: 'server:400' })
  await engine.execute({ type: 'removeNode', node: 'client:6' })
  lab.rest()
  return tallies.map(({ count }) => count)
}

it('packets, exchanges, decisions, nodes and rows are found by the same keys', async () => {
  const cases: readonly (readonly [Condition, number])[] = [
    [{ event: 'row.set', where: 'server:100', with: { 'row.health': 'up' } }, 1],
    [{ event: 'row.removed', where: 'server:400' }, 1],
    [{ event: 'node.removed', where: 'server:400' }, 1],
    [{ event: 'node.removed', where: 'client:6' }, 1],
    [{ event: 'node.removed', where: 'node:"client 6"' }, 1],
    [{ event: 'node.removed', where: 'policy:111' }, 0],
    [{ event: 'packet.delivered', where: 'type:0 to:proxy client:1' }, 2],
    [{ event: 'packet.delivered', where: 'type:1 policy:222' }, 2],
    [{ event: 'decision.made', where: 'policy:111 client:1' }, 2],
    [{ event: 'decision.made', where: 'server:100' }, 2],
    [{ event: 'upstream.failed', where: 'server:100 client:2' }, 1],
    [{ event: 'exchange.finished', where: 'client:1', with: { outcome: 'answered' } }, 2],
    [{ event: 'exchange.finished', where: 'server:300' }, 2],
    [{ event: 'exchange.finished', where: 'policy:222' }, 1],
    [{ event: 'answer.verified', where: 'client:3 policy:222', with: { verdict: 'correct' } }, 1],
    [{ event: 'answer.verified', where: 'hash:correct' }, 4],
    [{ event: 'policy.next', where: 'policy:333' }, 0],
    [{ event: 'clock.changed', where: 'type:0' }, 0],
  ]
  const conditions = cases.map(([condition]) => condition)
  const counts = await counted(conditions)
  expect(conditions.map((condition, at) => [condition, counts[at]])).toEqual(cases)
})
