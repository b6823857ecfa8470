import { describe, expect, it } from 'vitest'
import { readLesson } from './read-lesson'
import { filesOf, HEAD, SCENARIO } from './testing'

const START = 'scenarios/start.roundabout-scenario'
const SETUP = `\`\`\`setup
scenario: ${START}
\`\`\`
`

/** The problems of a lesson with these steps, each as `line problem`; a warning has a `?` after its line. */
function told(steps: string, files: Record<string, string | Uint8Array> = {}, head = HEAD) {
  const { problems } = readLesson(
    filesOf({ 'lesson.md': head + steps, [START]: SCENARIO, ...files }),
  )
  return problems.map(
    ({ file, line, problem, isWarning }) =>
      `${file === 'lesson.md' ? '' : `${file}:`}${line}${isWarning ? '?' : ''} ${problem}`,
  )
}

/** Lines of a step begin at 10, after the head; those of a block at 16. */
const asking = (block: string, after = 'So it is.') => `## Step
${SETUP}
\`\`\`${block}
\`\`\`
${after}
`

describe('a lesson', () => {
  const { lesson, problems } = readLesson(
    filesOf({
      'lesson.md': `${HEAD}
## Two policies, two turns

Look at **policy 111**.

${SETUP}
## The first message

\`\`\`setup
spotlight: [client 1, ring 111, packet]
lock: [servers, time]
commands:
  - { type: setSpeed, speed: 2 }
\`\`\`

It is held.

\`\`\`python
print(1)
\`\`\`

\`\`\`ask
ask: server
policy: "111"
question: |
  Which server?

  ![The roundabout](pictures/ring.svg)
gate: { holds: "type:0 to:proxy", send: "1" }
others: [It depends]
\`\`\`

The first.

\`\`\`notes
Ask for *reasons*.
\`\`\`

And then the next.
`,
      [START]: SCENARIO,
      'pictures/ring.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }),
  )

  it('has its head, steps and files', () => {
    expect(problems).toEqual([])
    expect(lesson).toMatchObject({ id: 'two-turns', title: 'Two turns', minutes: 10 })
    expect(lesson?.scenarios.get(START)).toMatchObject({ name: 'start', servers: [{}, {}] })
    expect(lesson?.pictures.get('pictures/ring.svg')).toMatch(/^data:image\/svg\+xml;base64,/)
    expect(lesson?.steps.map(({ title, line }) => [title, line])).toEqual([
      ['Two policies, two turns', 11],
      ['The first message', 19],
    ])
  })

  it('shows prose before the question, and the rest after it', () => {
    expect(lesson?.steps[0]).toMatchObject({
      text: 'Look at **policy 111**.',
      asks: { kind: 'nothing' },
      setup: { scenario: START },
    })
    expect(lesson?.steps[1]).toMatchObject({
      text: 'It is held.\n\n```python\nprint(1)\n```',
      afterText: 'The first.\n\n\nAnd then the next.',
      notes: 'Ask for *reasons*.',
      asks: {
        kind: 'ask',
        ask: 'server',
        policy: '111',
        question: 'Which server?\n\n![The roundabout](pictures/ring.svg)',
        gate: { holds: 'type:0 to:proxy', send: '1' },
      },
      setup: { commands: [{ type: 'setSpeed', speed: 2 }], lock: ['servers', 'time'] },
    })
  })

  it('may have the line ends of any system, and a byte order mark', () => {
    const text = `\ufeff${HEAD}${asking('explain\nexplain: Why?\nmodel: So.')}`
    for (const end of ['\n', '\r\n', '\r']) {
      const read = readLesson(
        filesOf({ 'lesson.md': text.replaceAll('\n', end), [START]: SCENARIO }),
      )
      expect(read.problems).toEqual([])
      expect(read.lesson?.steps[0]?.asks).toEqual({
        kind: 'explain',
        explain: 'Why?',
        model: 'So.',
      })
    }
  })
})

describe('the head', () => {
  it.each([
    [
      '',
      [
        '1 A lesson begins with its head: a line “---”, fields such as “title: …”, and a line “---”.',
      ],
    ],
    [
      '---\ntitle: x\n',
      [
        '0 The lesson has no step: one begins with “## Title”.',
        '1 The head is not closed: a line “---” ends it.',
      ],
    ],
  ])('%j is none', (head, problems) => {
    const steps = head === '' ? asking('explain\nexplain: Why?\nmodel: So.') : ''
    expect(told(steps, {}, head).filter((line) => !line.includes('?'))).toEqual(problems)
  })

  it('is checked field by field', () => {
    const head = `---
format: roundabout-lesson
version: 2
id: Two turns
tittle: Two turns
summary: Each: has its own
minutes: "10"
---
`
    expect(told(asking('explain\nexplain: Why?\nmodel: So.'), {}, head)).toMatchInlineSnapshot(`
      [
        "6 A colon and a space within a text: put the whole text in quotes, or begin it on the next line after “|”.",
      ]
    `)
    expect(
      told(asking('explain\nexplain: Why?\nmodel: So.'), {}, head.replace('Each: has', 'Each has')),
    ).toMatchInlineSnapshot(`
      [
        "2 title: It is missing: add it.",
        "3 version: This version of Roundabout plays lessons of version 1.",
        "4 id: An id has lower-case letters, digits and hyphens.",
        "5 tittle: There is no such field: is “title” meant?",
        "7 minutes: It must be a number without quotes; here it is a text.",
      ]
    `)
  })
})

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
    expect(told(asking(block))).toMatchSnapshot()
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
    expect(told(setup)).toMatchInlineSnapshot(`
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
    expect(told(steps)).toMatchInlineSnapshot(`
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
    expect(told(asking(block))).toMatchInlineSnapshot(`
      [
        "20 HTML is not shown: write Markdown, and “\\<” for the character.",
        "25 The link to “http://a.b” is not shown: links go to https:// addresses.",
      ]
    `)
  })

  it('does not stand before the first step', () => {
    expect(told(`Hello.\n\n${asking('explain\nexplain: Why?\nmodel: So.')}`)).toEqual([
      '10 What stands before the first step is not shown: begin a step by “## Title”.',
    ])
  })

  it('ends its blocks', () => {
    expect(told(`## Step\n${SETUP}\n\`\`\`text\nabc\n`)).toEqual([
      '15 The block is not closed: a line “```” ends it.',
    ])
  })
})

describe('files', () => {
  it('are there, and what their names say', () => {
    const steps = `## Step
\`\`\`setup
scenario: scenarios/stat.roundabout-scenario
proxy: programs/idle.rb
\`\`\`
![](pictures/a.png) ![b](https://example.org/b.png) ![c](c.png) ![d](pictures/d.png)
`
    const files = {
      'pictures/a.png': 'no picture',
      'programs/idle.rb': 'puts 1',
      'scenarios/broken.roundabout-scenario': '{\n  "format": }',
    }
    expect(told(steps, files)).toMatchInlineSnapshot(`
      [
        "12 There is no file “scenarios/stat.roundabout-scenario”: is “scenarios/start.roundabout-scenario” meant?",
        "15? The picture has no words for those who cannot see it: ![what it shows](…).",
        "15 There is no file “pictures/d.png”: is “pictures/a.png” meant?",
        "15 “c.png” is not in the lesson: its files are in scenarios/, pictures/, programs/.",
        "15 A picture lies in the lesson’s folder: ![what it shows](pictures/name.png).",
        "pictures/a.png:0 Its bytes are not those of a .png file.",
        "programs/idle.rb:0 A lesson’s program is a .py, .mjs, .cjs or .js file.",
      ]
    `)
  })

  it('of scenarios are checked, too', () => {
    const broken = '{\n  "format": "roundabout-scenario",\n  "version": 1,\n  "servers": 3\n}'
    expect(told(asking('explain\nexplain: Why?\nmodel: So.'), { [START]: broken })).toEqual([
      `${START}:4 servers: It must be a list in square brackets; here it is a number.`,
    ])
    expect(told(asking('explain\nexplain: Why?\nmodel: So.'), { [START]: '{\n"a" 1}' })).toEqual([
      `${START}:2 Column 5: a colon is missing.`,
    ])
  })

  it('need a text', () => {
    const { problems } = readLesson(filesOf({ [START]: SCENARIO }))
    expect(problems.map(({ problem }) => problem)).toEqual([
      'There is no lesson.md: it has the lesson’s text.',
    ])
  })
})

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
      told(steps, { 'pictures/unused.png': '' }, HEAD.replace(/misbelief.*\n/, '')),
    ).toMatchInlineSnapshot(`
      [
        "1? The lesson asks for predictions and names no “misbelief”: say what learners believe before it.",
        "9? The first step opens no scenario: it begins with whatever the lab holds.",
        "15? scenarios/start.roundabout-scenario has no server “300”.",
        "15? scenarios/start.roundabout-scenario has no server of policy “333”.",
        "17? Nothing follows the question: write below it why it happens so, for those who were wrong.",
        "19? scenarios/start.roundabout-scenario has no server of policy “333”.",
        "21? scenarios/start.roundabout-scenario has no client “2”.",
        "31? Without “until”, this choice cannot turn out right: say when none of the others has come true.",
        "32? “right” has no effect beside choices with “when”: what happens decides.",
        "37? The task has no “hints” for those who do not know how to begin.",
        "pictures/unused.png:0? No step uses this file.",
      ]
    `)
  })
})
