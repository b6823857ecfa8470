import { describe, expect, it } from 'vitest'
import { asking, problemsOf, SETUP, START } from './testing'

describe('a block', () => {
  it.each([
    'ask\nask: server\npolicy: 111\nquestion: Who?\nother: [a]',
    'ask\nask: sever\nquestion: Who?',
    'ask\nask: server\npolicy: "111"\nquestion: Who?\ngate:\n  hold: "type:0"\n  send: "1"\n  foo: 1',
    'ask\nask: server\npolicy: "111"\nquestion: Who?\ngate:\n  send: "1"\n  holds: "typ:0"',
    'ask\nask: server\npolicy: "111"\nquestion: Who: the first?',
    'ask\nask: number\nquestion: How many?\ntruth:\n  counts:\n    event: exchange.finish\nuntil: { afterMs: 0 }',
    'ask\nask: choice\nquestion: Why?\nchoices:\n  - text: One\n  - text: Two\n    rigth: true',
    'ask\n',
    'ask\n- a\n',
    'ask\nask: server\nask: order\n',
    'ask\n\task: server\n',
    'ask\nask: *server\n',
    'ask\nask: !!js server\n',
    'ask\n? [a]\n: b\n',
    'ask now\nask: server\npolicy: "111"\nquestion: Who?',
    'asks\nask: server',
    'quiz\nask: server',
    'task\ntask: Do it.\nhints: [a]\ncheck: { program: proxy, requirements: [turns, nothing-at-all] }',
    'task\ntask: Do it.\nhints: [a]',
    'setup\nscenario: scenarios/start.roundabout-scenario\n',
  ])('%j is refused', (block) => {
    expect(problemsOf(asking(block))).toMatchSnapshot()
  })

  it('has commands that the lab knows, and none that starts a program', () => {
    const setup = `## Step
\`\`\`setup
scenario: ${START}
commands:
  - type: updateServer
    node: server:100
    wieght: 2
  - { type: sendMessage, client: "client:1", count: 0 }
  - type: swapProxy
    by: program
    command: rm -r /
  - node: x
\`\`\`
Text.
`
    expect(problemsOf(setup)).toMatchInlineSnapshot(`
      [
        "16 The command “updateServer” is refused: wieght: There is no such field: remove it, or check its spelling.",
        "17 The command “sendMessage” is refused: count: Send at least one message.",
        "18 The command “swapProxy” is not for lessons. A step puts a program in the proxy’s place by “proxy: programs/…”, so that the person is asked first.",
        "21 commands[3].type: It is missing: add it.",
      ]
    `)
  })
})

describe('prose', () => {
  it('has no HTML, links to https alone, and headings of its own', () => {
    const steps = `## Step
${SETUP}
Some <b>bold</b> words.

<div>
x
</div>

- [one](http://example.org) and <https://example.org>
- [two](javascript:alert) or www.example.org

# A title

> ## A step

Text
---

[a]: https://example.org
See [a].

- \`\`\`ask
  ask: server
  \`\`\`
`
    expect(problemsOf(steps)).toMatchInlineSnapshot(`
      [
        "15 HTML is not shown: write Markdown, and “\\<” for the character.",
        "17 HTML is not shown: write Markdown, and “\\<” for the character.",
        "21 The link to “http://example.org” is not shown: links go to https:// addresses.",
        "22 “www.example.org” would become a link: put it in backticks, or write it with https://.",
        "22 The link to “javascript:alert” is not shown: links go to https:// addresses.",
        "24 The lesson’s title is in its head; a step begins with “##”, a heading in it with “###”.",
        "26 A step begins at the left margin.",
        "28 A line of “-” or “=” makes a heading of the text above it: leave a blank line between.",
        "31 A link or picture has its address beside it: [words](https://…).",
        "32 A link or picture has its address beside it: [words](https://…).",
        "34 The block “ask” begins at the left margin, not within a list or a quote.",
        "36 The block is not closed: a line “\`\`\`” ends it.",
      ]
    `)
  })

  it('is checked in the texts of blocks, at their lines', () => {
    const block = `ask
ask: choice
question: |
  Which?

  See <i>this</i>.
choices:
  - text: One
    right: true
    because: >
      Folded
      [x](http://a.b)
  - text: Two`
    expect(problemsOf(asking(block))).toMatchInlineSnapshot(`
      [
        "20 HTML is not shown: write Markdown, and “\\<” for the character.",
        "25 The link to “http://a.b” is not shown: links go to https:// addresses.",
      ]
    `)
  })

  it('does not stand before the first step', () => {
    expect(problemsOf(`Hello.\n\n${asking('explain\nexplain: Why?\nmodel: So.')}`)).toEqual([
      '10 What stands before the first step is not shown: begin a step by “## Title”.',
    ])
  })

  it('ends its blocks', () => {
    expect(problemsOf(`## Step\n${SETUP}\n\`\`\`text\nabc\n`)).toEqual([
      '15 The block is not closed: a line “```” ends it.',
    ])
  })
})
