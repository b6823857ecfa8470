import { expect, it } from 'vitest'
import { asking, problemsOf, START } from './testing'

/** What is said of a choice that comes true by this condition; it stands in line 20. */
const of = (condition: string, more = '') =>
  problemsOf(
    asking(
      `ask\nask: choice\nquestion: What?\n${more}choices:\n  - text: One\n    when: ${condition}\n  - text: Other\n    when: { event: node.removed }`,
    ),
  )

it.each([
  '{ event: exchange.finished, with: { outcom: refused } }',
  '{ event: exchange.finished, with: { outcome: rejected } }',
  '{ event: row.set, with: { row.helth: down } }',
  '{ event: row.set, with: { row.health: gone } }',
  '{ event: clock.changed, where: "server:100" }',
  '{ figure: p50, of: all, below: 0 }',
  '{ figure: utilisation, of: server 100, above: 100 }',
  '{ figure: p90, of: policy 111, above: 400, below: 400 }',
  '{ inOrder: [{ afterMs: 55000 }, { figure: p90, of: policy 111, seconds: 10, above: 400 }] }',
  '{ any: [{ afterMs: 70000 }, { figure: p90, of: all, seconds: 61, above: 400 }] }',
  '{ all: [{ event: node.added }, { any: [{ event: node.added, with: { nod: 1 } }] }] }',
])('%s is refused', (condition) => {
  expect(of(condition)).toMatchSnapshot()
})

it.each([
  '{ event: exchange.finished, with: { outcome: lost, server: null, reason: null, nothing: null } }',
  '{ event: row.set, with: { row.health: down, row.server: "100" } }',
  '{ event: node.changed, with: { node.stopped: true, node.behaviour.kind: close } }',
  '{ event: pool.changed, where: "policy:111" }',
  '{ event: packet.sent, with: { kind: 0, at: 5 }, where: "type:0" }',
  '{ figure: utilisation, of: server 100, above: 99 }',
  '{ any: [{ afterMs: 70000 }, { event: node.added }] }',
  '{ all: [{ afterMs: 50000 }, { figure: p90, of: all, seconds: 60, above: 400 }] }',
])('%s is not', (condition) => {
  expect(of(condition)).toEqual([])
})

it('has as much time as the step waits, and a task has all', () => {
  expect(of('{ afterMs: 70000 }', 'atMostMs: 70000\n')).toEqual([])
  const task = 'task\ntask: Wait.\nhints: [a]\ndone: { afterMs: 3600000 }'
  expect(problemsOf(asking(task))).toEqual([])
  const play = `## Step\n\`\`\`setup\nscenario: ${START}\nplay: { until: { afterMs: 9 }, atMostMs: 8 }\n\`\`\`\nText.\n`
  expect(problemsOf(play)).toEqual([
    '13 This takes 9 ms of simulated time at least, and it is not waited for longer than 8 ms: give “play.atMostMs” a larger number.',
  ])
})
