// Whatever a lesson's bytes are, reading them ends, with a lesson or with what is wrong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLesson } from './read-lesson'
import { filesOf, HEAD, SCENARIO } from './testing'
import { zipFiles, zipOf } from './zip'

const START = 'scenarios/start.roundabout-scenario'
const LESSON = `${HEAD}
## Step

Some *prose*, [a link](https://example.org), ![a picture](pictures/a.svg).

\`\`\`setup
scenario: ${START}
commands: [{ type: pause }]
play: { until: { all: [{ event: packet.sent, where: "type:0" }, { afterMs: 5 }] } }
\`\`\`
\`\`\`ask
ask: choice
question: |
  Which **one**?
until: { event: exchange.finished }
choices:
  - text: One
    when: { figure: p99, of: "policy 111", above: 3 }
  - { text: Two, because: "So." }
\`\`\`
After it.
`
const FILES = { 'lesson.md': LESSON, [START]: SCENARIO, 'pictures/a.svg': '<svg/>' }
const PIECES = [
  ...[
    '---\n',
    '## ',
    '```',
    '```ask\n',
    '~~~',
    '\n',
    '\r',
    '\t',
    '  ',
    '- ',
    '> ',
    '? ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '|\n',
    '>-\n',
  ],
  ...[
    '*',
    '**',
    '_',
    '`',
    '&a ',
    '*a ',
    '!t ',
    '%',
    '"',
    "'",
    '<b>',
    '<!--',
    '![](',
    '](',
    'null',
    '1e999',
    '\u0000',
    '\ud800',
    '__proto__: 1\n',
  ],
  ...['ask: server\n', 'until: ', 'all: [', 'event: node.added', 'commands: [', 'type: pause'],
]

/** A text with pieces put in at some places, and runs cut out at others. */
const changed = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(20), fc.constantFrom(...PIECES), fc.nat(3)), {
      maxLength: 6,
    })
    .map((changes) =>
      changes.reduce(
        (all, [at, cut, piece, times]) =>
          all.slice(0, at) + piece.repeat(times) + all.slice(at + cut),
        text,
      ),
    )

function expectTold({ lesson, problems }: ReturnType<typeof readLesson>) {
  expect(lesson === undefined).toBe(problems.some(({ isWarning }) => !isWarning))
  for (const { problem, line } of problems) {
    expect(problem).toMatch(/[.?…]$/)
    expect(line).toBeGreaterThanOrEqual(0)
  }
}

const OPTIONS = { seed: 15, numRuns: 100 }

describe('reading', () => {
  it('is without mistakes to begin with', () => {
    expect(readLesson(filesOf(FILES)).problems).toEqual([])
  })

  it('ends whatever was changed in the text', () => {
    fc.assert(
      fc.property(changed(LESSON), (text) => {
        expectTold(readLesson(filesOf({ ...FILES, 'lesson.md': text })))
      }),
      OPTIONS,
    )
  })

  it('ends whatever the text is', () => {
    const texts = fc.array(fc.constantFrom(...PIECES, 'a', LESSON), { maxLength: 40 })
    fc.assert(
      fc.property(texts, (parts) => {
        expectTold(readLesson(filesOf({ ...FILES, 'lesson.md': parts.join('') })))
      }),
      OPTIONS,
    )
  })

  it('ends whatever bytes were changed in the zip', () => {
    const zip = zipOf(filesOf(FILES))
    const changes = fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 5 })
    fc.assert(
      fc.property(changes, (bytes) => {
        const copy = zip.slice()
        for (const [at, byte] of bytes) copy[at] = byte
        expectTold(readLesson(zipFiles(copy)))
      }),
      OPTIONS,
    )
  })

  // Each of these takes minutes, or ends the process, where nesting and paragraphs have no limits.
  it.each([
    '? ',
    '- ',
    '[',
    '{',
    '{? ',
    '? - ',
    'a: ',
    '> ',
    '1. ',
    '*a_ ',
    '_a*',
    '[a]: b\n',
    'a\n',
  ])('does not take long for many %j', (piece) => {
    const many = piece.repeat(60_000 / piece.length)
    expectTold(readLesson(filesOf({ ...FILES, 'lesson.md': `${LESSON}\n\n${many}` })))
    const block = `${HEAD}## Step\n\`\`\`ask\n${many.slice(0, 15_000)}\n\`\`\`\n`
    expectTold(readLesson(filesOf({ ...FILES, 'lesson.md': block })))
  })
})
