// The lines of lesson.md: its front matter, its steps, and in them prose and fenced blocks, each with the line where it
// begins. What a line means is decided here alone; Markdown's own rules are for the prose between the blocks.
import { MAX_LESSON_LINES, MAX_TITLE_CHARS } from '../../../shared/lesson/lesson-limits'
import type { LessonProblems } from './problems'

/** A block between two fences. */
export interface Fenced {
  /** What follows the fence: `ask`. Empty if nothing does. */
  readonly info: string
  readonly text: string
  /** With its fences, exactly as written in the file. */
  readonly whole: string
  /** The line of the fence. */
  readonly line: number
}

/** Prose between two blocks. */
interface Prose {
  readonly text: string
  /** The line of its first line. */
  readonly line: number
}

type Part = ({ readonly kind: 'fenced' } & Fenced) | ({ readonly kind: 'prose' } & Prose)

export interface StepLines {
  readonly title: string
  readonly line: number
  readonly parts: readonly Part[]
}

export interface LessonLines {
  /** The YAML between the two lines `---`. Undefined: it has no head. */
  readonly head: Prose | undefined
  /** What stands between the front matter and the first step. */
  readonly before: StepLines['parts']
  readonly steps: readonly StepLines[]
}

// With “s”, “.” matches every character: the end is found at once, whatever a line holds.
const FENCE = /^( {0,3})(?:(`{3,})([^`]*)|(~{3,})(.*))$/s
const STEP = /^ {0,3}##(?:[ \t]+(.*))?$/s
/** For short texts: the time that it takes grows with the square of the spaces. */
const CLOSING_HASHES = /(^|[ \t]+)#+[ \t]*$/

export function lessonLines(source: string, problems: LessonProblems): LessonLines {
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  if (lines.length > MAX_LESSON_LINES) {
    problems.add(
      MAX_LESSON_LINES + 1,
      `The text of a lesson has at most ${MAX_LESSON_LINES} lines: make two lessons of it.`,
    )
    lines.length = MAX_LESSON_LINES
  }
  const head = frontMatter(lines, problems)
  const before: Part[] = []
  const steps: { title: string; line: number; parts: Part[] }[] = []
  let parts = before
  let prose: string[] = []
  const endProse = (end: number) => {
    if (prose.some((line) => line.trim() !== '')) {
      parts.push({ kind: 'prose', text: prose.join('\n'), line: end - prose.length + 1 })
    }
    prose = []
  }
  let index = head.after
  while (index < lines.length) {
    const line = lines[index] ?? ''
    const step = STEP.exec(line)
    const fence = FENCE.exec(line)
    if (step !== null) {
      endProse(index)
      const title = stepTitle(step[1] ?? '', index + 1, problems)
      parts = []
      steps.push({ title, line: index + 1, parts })
      index++
    } else if (fence !== null) {
      endProse(index)
      const { fenced, end } = fencedAt(lines, index, fence, problems)
      parts.push({ kind: 'fenced', ...fenced })
      index = end
    } else {
      prose.push(line)
      index++
    }
  }
  endProse(lines.length)
  return { head: head.text, before, steps }
}

function stepTitle(written: string, line: number, problems: LessonProblems): string {
  if (written.length > MAX_TITLE_CHARS) {
    problems.add(line, `The title of a step has at most ${MAX_TITLE_CHARS} characters.`)
    return written.slice(0, MAX_TITLE_CHARS)
  }
  const title = written.replace(CLOSING_HASHES, '').trim()
  if (title === '') problems.add(line, 'The step has no title: write it after “##”.')
  return title
}

function frontMatter(
  lines: readonly string[],
  problems: LessonProblems,
): { text: Prose | undefined; after: number } {
  if (lines[0]?.trimEnd() !== '---') {
    problems.add(
      1,
      'A lesson begins with its head: a line “---”, fields such as “title: …”, and a line “---”.',
    )
    return { text: undefined, after: 0 }
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---')
  if (end === -1) {
    problems.add(1, 'The head is not closed: a line “---” ends it.')
    return { text: undefined, after: lines.length }
  }
  return { text: { text: lines.slice(1, end).join('\n'), line: 2 }, after: end + 1 }
}

/** `end`: the index of the line after the block. */
function fencedAt(
  lines: readonly string[],
  index: number,
  [, indent = '', ticks, info, tildes, tildeInfo]: RegExpExecArray,
  problems: LessonProblems,
): { fenced: Fenced; end: number } {
  const fence = ticks ?? tildes ?? ''
  const closes = (line: string) => {
    const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
    return closing !== undefined && closing[0] === fence[0] && closing.length >= fence.length
  }
  let found = index + 1
  while (found < lines.length && !closes(lines[found] ?? '')) found++
  const isClosed = found < lines.length
  if (!isClosed) problems.add(index + 1, `The block is not closed: a line “${fence}” ends it.`)
  const without = new RegExp(`^ {0,${indent.length}}`)
  const text = lines
    .slice(index + 1, found)
    .map((line) => line.replace(without, ''))
    .join('\n')
  const after = isClosed ? found + 1 : found
  const whole = lines.slice(index, after).join('\n')
  return {
    fenced: { info: (info ?? tildeInfo ?? '').trim(), text, whole, line: index + 1 },
    end: after,
  }
}
