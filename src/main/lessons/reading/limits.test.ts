// What would take long to read is refused, with its line, before it is read. Everything here took seconds or minutes.
import { describe, expect, it } from 'vitest'
import { asking, problemsOf } from './testing'

/** The line of the first step; HEAD ends before it. */
const STEP = 10
const mistakesOf = (steps: string) =>
  problemsOf(steps).filter((problem) => !/^(?:\S+:)?\d+\? /.test(problem))

describe('a lesson', () => {
  it('has titles of at most 200 characters', () => {
    expect(mistakesOf(`## ${'a'.repeat(200)}\nText.\n`)).toEqual([])
    expect(mistakesOf(`## a${' '.repeat(100_000)}x\nText.\n`)).toEqual([
      `${STEP} The title of a step has at most 200 characters.`,
    ])
    // No line separator ends a line.
    expect(mistakesOf(`## ${' '.repeat(100_000)}\u2028\nText.\n`)).toHaveLength(1)
    expect(mistakesOf(`## a\n\n${'~'.repeat(100_000)}\u2028\n`)).toHaveLength(1)
  })

  it('has at most 500 lines in a step, and 5,000 in all', () => {
    expect(mistakesOf(`## a\n${'- a\n'.repeat(490)}`)).toEqual([])
    for (const text of ['- a\n'.repeat(501), '\n- a\n'.repeat(251), '```\n```\n<\n'.repeat(251)]) {
      expect(mistakesOf(`## a\n${text}`)).toEqual([
        `${STEP} A step has at most 500 lines: make two steps of it.`,
      ])
    }
    expect(mistakesOf(`## a\n${'b\n'.repeat(400)}`.repeat(13))).toEqual([
      '5001 The text of a lesson has at most 5000 lines: make two lessons of it.',
    ])
  })
})

describe('a paragraph', () => {
  const LONG = 'A paragraph has at most 1500 characters: leave a blank line in between.'
  const MARKS =
    'A paragraph has at most 150 of the characters that have a meaning in Markdown (* _ ~ [ ] < and the backtick): leave a blank line in between.'

  it('has at most 1,500 characters', () => {
    const line = `${'b'.repeat(99)}\n`
    expect(mistakesOf(`## a\n\n${line.repeat(15)}\n${line.repeat(15)}`)).toEqual([])
    expect(mistakesOf(`## a\n\n${line.repeat(16)}`)).toEqual([`${STEP + 2} ${LONG}`])
    // Blank for JavaScript, but not for Markdown.
    const notBlank = `${line}\u00a0\n`
    expect(mistakesOf(`## a\n\n${notBlank.repeat(16)}`)).toEqual([`${STEP + 2} ${LONG}`])
  })

  it('has at most 150 marks of Markdown', () => {
    expect(mistakesOf(`## a\n\n${'*a_ '.repeat(75)}`)).toEqual([])
    expect(mistakesOf(`## a\n\n${'*a_ '.repeat(76)}`)).toEqual([`${STEP + 2} ${MARKS}`])
  })

  it('ends where an item of a list begins', () => {
    expect(mistakesOf(`## a\n\n${`- ${'*a_ '.repeat(70)}\n`.repeat(20)}`)).toEqual([])
  })
})

describe('a block', () => {
  it('has at most 100 lines in a field, however they end', () => {
    for (const end of ['\\n', '\\r', '\\r\\n']) {
      const block = (lines: number) =>
        asking(`explain\nexplain: "${`- a${end}`.repeat(lines)}"\nmodel: So.`)
      expect(mistakesOf(block(99))).toEqual([])
      expect(mistakesOf(block(100))).toEqual(['16 The text has at most 100 lines here.'])
    }
  })

  it.each(['a: 1\n', '- a\n', '[a] ', '{}\n', '? a\n'])('has at most 400 fields: %j', (piece) => {
    expect(mistakesOf(asking(`explain\n${piece.repeat(401)}`))).toContain(
      '16 It has at most 400 fields and items of lists.',
    )
  })
})
