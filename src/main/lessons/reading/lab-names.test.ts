import { describe, expect, it } from 'vitest'
import { problemsOf, START } from './testing'

const LOCKED = 'lock: [servers, clients, links, sending, packets]'

interface Asked {
  readonly when: string
  readonly setup?: string
  readonly ask?: string
  readonly after?: string
}

/** The scenario has servers 100 and 200 of policies 111 and 222, and client 1. The condition stands in line 21. */
const of = ({ when, setup = LOCKED, ask = 'commands: []', after = '' }: Asked) =>
  problemsOf(`## Step
\`\`\`setup
scenario: ${START}
${setup}
\`\`\`
\`\`\`ask
ask: choice
question: What?
${ask}
choices:
  - text: One
    when: ${when}
  - text: Other
    when: { event: clock.changed }
\`\`\`
So.
${after}`)

const SEND = 'commands: [{ type: sendMessage, client: "client:1", count: 3 }]'

describe('a condition that never comes true in this lab', () => {
  it.each([
    { when: '{ event: exchange.finished, with: { server: "300" } }' },
    { when: '{ event: connection.opened, with: { from: "client:2", to: proxy } }' },
    { when: '{ event: decision.made, where: "type:0 policy:333" }' },
    { when: '{ inOrder: [{ afterMs: 5 }, { figure: p50, of: server 400, above: 9 }] }' },
    { when: '{ event: exchange.finished, count: 4 }', ask: SEND },
    { when: '{ event: answer.verified }' },
  ])('warns of $when', (asked) => {
    expect(of(asked)).toMatchSnapshot()
  })
})

describe('nothing is told', () => {
  it.each([
    { when: '{ event: exchange.finished, with: { server: "200" }, count: 3 }', ask: SEND },
    { when: '{ event: exchange.finished, where: "server:300,200 -policy:333" }', ask: SEND },
    { when: '{ event: decision.made, count: 9 }', ask: SEND },
    // Added by a command, of the question or before it.
    {
      when: '{ event: row.set, with: { row.server: "300" }, where: "policy:333" }',
      ask: 'commands: [{ type: addServer, id: "300", policy: "333" }]',
    },
    {
      when: '{ event: row.removed, with: { server: "300" } }',
      setup: `commands: [{ type: addServer, id: "300", policy: "111" }]\n${LOCKED}`,
    },
    // The engine chooses its id.
    {
      when: '{ event: node.removed, with: { id: "server:300" } }',
      ask: 'commands: [{ type: addServer, policy: "111" }]',
    },
    // A person may add it, or send.
    { when: '{ event: exchange.finished, with: { server: "300" } }', setup: 'lock: [sending]' },
    {
      when: '{ event: exchange.finished, count: 9 }',
      setup: 'lock: [servers, clients, links, packets]',
    },
    // Traffic has no end.
    {
      when: '{ event: exchange.finished, count: 9 }',
      ask: 'commands: [{ type: startTraffic, client: "client:1" }]',
    },
  ])('of $when with $ask and $setup', (asked) => {
    expect(of(asked)).toEqual([])
  })

  it('of a lesson in which one writes a program, which has an id of its own', () => {
    const after =
      '## Write one\n```task\ntask: Do it.\nhints: [a]\ncheck: { program: server, requirements: [registers] }\n```\n'
    expect(of({ when: '{ event: row.set, with: { row.server: "300" } }', after })).toEqual([])
  })

  it('of what follows a step in which a person may add something', () => {
    const after = `## Add one
\`\`\`task
task: Add server 300.
done: { event: row.set, with: { row.server: "300" } }
hints: [a]
\`\`\`

## Next
\`\`\`setup
${LOCKED}
spotlight: [server 300]
\`\`\`
\`\`\`ask
ask: server
policy: "333"
question: Who?
gate: { holds: "type:0", send: "2" }
\`\`\`
So.
`
    expect(of({ when: '{ event: node.removed }', after })).toEqual([])
  })
})
