// From the files of a lesson to the lesson, or to everything that is wrong with it, with file and line. Never throws.
import { type Lesson, lessonHead } from '../../../shared/lesson/lesson'
import { MAX_LESSON_STEPS, MAX_LESSON_TEXT_BYTES } from '../../../shared/lesson/lesson-limits'
import type { ReadLesson } from '../library'
import { advise } from './advice'
import { checkFields } from './fields'
import type { LessonFiles } from './lesson-files'
import { type LessonLines, lessonLines } from './lines'
import { namedFiles } from './named-files'
import { LESSON_TEXT, LessonProblems } from './problems'
import { readStep } from './step'
import { utf8Text } from './utf8'
import { YamlText } from './yaml-text'

export function readLesson(files: LessonFiles): ReadLesson {
  const problems = new LessonProblems(files.problems)
  const text = lessonText(files, problems)
  if (text === undefined) return { lesson: undefined, problems: problems.list }
  const lines = lessonLines(text, problems)
  const head = readHead(lines, problems)
  for (const { line } of lines.before.slice(0, 1)) {
    problems.add(
      line,
      'What stands before the first step is not shown: begin a step by “## Title”.',
    )
  }
  if (lines.steps.length === 0) {
    problems.add(0, 'The lesson has no step: one begins with “## Title”.')
  }
  if (lines.steps.length > MAX_LESSON_STEPS) {
    problems.add(
      0,
      `A lesson has at most ${MAX_LESSON_STEPS} steps; this one has ${lines.steps.length}.`,
    )
  }
  const steps = lines.steps.slice(0, MAX_LESSON_STEPS).map((step) => readStep(step, problems))
  const named = namedFiles(files, steps, problems)
  if (head === undefined || problems.areMistakes) {
    return { lesson: undefined, problems: problems.list }
  }
  const lesson: Lesson = { ...head, steps: steps.map(({ step }) => step), ...named }
  advise(lesson, steps, files, problems)
  return { lesson, problems: problems.list }
}

function lessonText({ bytes }: LessonFiles, problems: LessonProblems): string | undefined {
  const found = bytes.get(LESSON_TEXT)
  if (found === undefined) {
    // Why it could not be read has been said already.
    if (!problems.areMistakes) problems.add(0, 'There is no lesson.md: it has the lesson’s text.')
    return undefined
  }
  if (found.length > MAX_LESSON_TEXT_BYTES) {
    const kilobytes = MAX_LESSON_TEXT_BYTES / 1024
    problems.add(0, `The text of a lesson has at most ${kilobytes} KB: make two lessons of it.`)
    return undefined
  }
  const text = utf8Text(found)
  if (text === undefined) problems.add(0, 'It is no text in UTF-8.')
  return text
}

function readHead({ head }: LessonLines, problems: LessonProblems) {
  if (head === undefined) return undefined
  const yaml = new YamlText(head.text, head.line)
  for (const { line, problem } of yaml.mistakes) problems.add(line, problem)
  if (yaml.mistakes.length > 0) return undefined
  const { output, mistakes } = checkFields(lessonHead, yaml.value ?? {})
  for (const { path, problem } of mistakes) problems.add(yaml.lineOf(path), problem)
  return output
}
