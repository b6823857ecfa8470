import { describe, expect, it } from 'vitest'
import { readLesson } from './read-lesson'
import { asking, filesOf, HEAD, problemsOf, SCENARIO, SETUP, START } from './testing'

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

  it('needs a text', () => {
    const { problems } = readLesson(filesOf({ [START]: SCENARIO }))
    expect(problems.map(({ problem }) => problem)).toEqual([
      'There is no lesson.md: it has the lesson’s text.',
    ])
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
    expect(problemsOf(steps, {}, head).filter((line) => !line.includes('?'))).toEqual(problems)
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
    expect(
      problemsOf(asking('explain\nexplain: Why?\nmodel: So.'), {}, head),
    ).toMatchInlineSnapshot(`
      [
        "6 A colon and a space within a text: put the whole text in quotes, or begin it on the next line after “|”.",
      ]
    `)
    expect(
      problemsOf(
        asking('explain\nexplain: Why?\nmodel: So.'),
        {},
        head.replace('Each: has', 'Each has'),
      ),
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
