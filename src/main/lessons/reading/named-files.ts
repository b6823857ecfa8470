// The files that a lesson names: reads its scenarios, pictures and programs, and reports files that nothing names.

import { SCENARIO_EXTENSION, withoutExtension } from '../../../shared/file-kinds'
import { nearest } from '../../../shared/filter/spelling'
import type { Lesson } from '../../../shared/lesson/lesson'
import type { Scenario } from '../../../shared/scenario'
import { readScenario } from '../../../shared/scenario-text'
import { isLessonFile, LESSON_FOLDERS, type LessonFiles } from './lesson-files'
import { readPicture } from './pictures'
import type { LessonProblems } from './problems'
import type { ReadStep } from './step'
import { utf8Text } from './utf8'

type NamedFiles = Pick<Lesson, 'scenarios' | 'pictures' | 'programs'>

/** How many unknown names get a suggestion. Looking for the name that is meant takes time for each. */
const MOST_SUGGESTIONS = 20

const PROGRAM = /\.(py|mjs|cjs|js)$/i

export function namedFiles(
  files: LessonFiles,
  steps: readonly ReadStep[],
  problems: LessonProblems,
): NamedFiles {
  const scenarios = new Map<string, Scenario>()
  const pictures = new Map<string, string>()
  const programs = new Map<string, string>()
  const named = new Set<string>()
  let missing = 0
  /** Calls `read` with a file's bytes the first time that it is named. */
  const name = (file: string, line: number, read: (bytes: Uint8Array) => void) => {
    const bytes = files.bytes.get(file)
    if (bytes === undefined)
      problems.add(line, missingWords(file, files, ++missing <= MOST_SUGGESTIONS))
    else if (!named.has(file)) {
      named.add(file)
      read(bytes)
    }
  }
  for (const { step, setup, pictures: shown } of steps) {
    const { scenario, proxy } = step.setup
    const lineOf = (field: string) => setup?.lineOf([field]) ?? step.line
    if (scenario !== undefined) {
      name(scenario, lineOf('scenario'), (bytes) => {
        const read = scenarioIn(scenario, bytes, problems)
        if (read !== undefined) scenarios.set(scenario, read)
      })
    }
    if (proxy !== undefined) {
      name(proxy, lineOf('proxy'), (bytes) => {
        const text = programIn(proxy, bytes, problems)
        if (text !== undefined) programs.set(proxy, text)
      })
    }
    for (const { name: picture, line } of shown) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(picture)) {
        problems.add(
          line,
          'A picture lies in the lesson’s folder: ![what it shows](pictures/name.png).',
        )
        continue
      }
      name(picture, line, (bytes) => {
        const read = readPicture(picture, bytes)
        if (read.ok) pictures.set(picture, read.url)
        else problems.add(0, read.problem, picture)
      })
    }
  }
  return { scenarios, pictures, programs }
}

function missingWords(file: string, { bytes, problems }: LessonFiles, suggests: boolean): string {
  const shown = file.slice(0, 100)
  if (problems.some((problem) => problem.file === file)) return `“${shown}” is left out.`
  if (!isLessonFile(file)) {
    return `“${shown}” is not in the lesson: its files are in ${LESSON_FOLDERS.map((name) => `${name}/`).join(', ')}.`
  }
  const near = suggests ? nearest(file, [...bytes.keys()]) : undefined
  return `There is no file “${shown}”${near === undefined ? '.' : `: is “${near}” meant?`}`
}

function scenarioIn(
  file: string,
  bytes: Uint8Array,
  problems: LessonProblems,
): Scenario | undefined {
  if (!file.toLowerCase().endsWith(`.${SCENARIO_EXTENSION}`)) {
    problems.add(0, `The name of a scenario’s file ends with .${SCENARIO_EXTENSION}.`, file)
    return undefined
  }
  const text = utf8Text(bytes)
  if (text === undefined) {
    problems.add(0, 'It is no text in UTF-8.', file)
    return undefined
  }
  const read = readScenario(text, withoutExtension(file.split('/').at(-1) ?? file))
  if (!read.ok) {
    problems.add(read.line ?? 0, read.problem, file)
    return undefined
  }
  if (read.notice !== undefined) problems.warn(0, read.notice, file)
  return read.scenario
}

function programIn(file: string, bytes: Uint8Array, problems: LessonProblems): string | undefined {
  if (!PROGRAM.test(file)) {
    problems.add(0, 'A lesson’s program is a .py, .mjs, .cjs or .js file.', file)
    return undefined
  }
  const text = utf8Text(bytes)
  if (text === undefined) problems.add(0, 'It is no text in UTF-8.', file)
  return text
}
