import { describe, expect, it } from 'vitest'
import { HEAD, problemsOf, START } from './testing'

describe('advice', () => {
  it('is given where an author may have overlooked something', () => {
    const steps = `## First
Text.

## Second
\`\`\`setup
scenario: ${START}
spotlight: [server 300, ring 333, client 1]
\`\`\`
\`\`\`ask
ask: server
policy: "333"
question: Who?
gate: { holds: "type:0", send: "2" }
\`\`\`

## Third
\`\`\`ask
ask: choice
question: What?
choices:
  - text: One
    when: { event: node.added }
  - text: Neither
    right: true
\`\`\`
So.

## Fourth
\`\`\`task
task: Do it.
done: { event: node.added }
\`\`\`
`
    expect(
      problemsOf(steps, { 'pictures/unused.png': '' }, HEAD.replace(/misbelief.*\n/, '')),
    ).toMatchInlineSnapshot(`
      [
        "1? The lesson asks for predictions and names no “misbelief”: say what learners believe before it.",
        "9? The first step opens no scenario: it begins with whatever the lab holds.",
        "15? scenarios/start.roundabout-scenario has no server “300”, and no command adds it. Name one that it has (100 and 200), or add it in “commands”.",
        "15? scenarios/start.roundabout-scenario has no server of policy “333”, and no command adds it. Name one that it has (111 and 222), or add it in “commands”.",
        "17? Nothing follows the question: write below it why it happens so, for those who were wrong.",
        "19? scenarios/start.roundabout-scenario has no server of policy “333”, and no command adds it. Name one that it has (111 and 222), or add it in “commands”.",
        "21? scenarios/start.roundabout-scenario has no client “2”, and no command adds it. Name one that it has (1), or add it in “commands”.",
        "31? Without “until”, this choice cannot turn out right: say when none of the others has come true.",
        "32? “right” has no effect beside choices with “when”: what happens decides.",
        "37? The task has no “hints” for those who do not know how to begin.",
        "pictures/unused.png:0? No step uses this file.",
      ]
    `)
  })
})
