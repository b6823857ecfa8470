// `roundabout lesson`: the lessons that come with the app, and what an author needs to write one.
import { stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LESSON_EXTENSION } from '../../../shared/file-kinds'
import { counted } from '../../../shared/format'
import type { Lesson } from '../../../shared/lesson/lesson'
import {
  lessonFilesAt,
  lessonsIn,
  type ReadLesson,
  readLessonAt,
  writeTemplate,
  zipOf,
} from '../../lessons/index'
import { flagOption, type GivenOptions, portOption } from '../../options/option'
import { defineCommand } from '../command'
import { readFault, writeFault } from '../file-fault'
import type { Io } from '../io'
import { devLesson } from '../lessons/dev'
import { goodWords, problemLine } from '../lessons/problem-line'

const ACTIONS = ['list', 'new', 'lint', 'dev', 'pack'] as const
type Action = (typeof ACTIONS)[number]

const MOST_LESSONS = 1_000
const MISTAKES = 1

const OPTIONS = {
  json: flagOption('list, lint: print a line of JSON for each lesson'),
  screenPort: portOption('dev: the port of the page (any free one)', 'N'),
}
type Given = GivenOptions<typeof OPTIONS>

export const lessonCommand = defineCommand({
  name: 'lesson',
  summary: 'Lists lessons, and helps to write one',
  details: [
    'list: the lessons that come with the app, or those in a folder, a line each. new: writes a lesson to begin with into a folder. lint: names the mistakes in lessons, each with its file and line. dev: opens the app’s page with the lesson, and reads it again at each save. pack: makes one .roundabout-lesson file of a folder.',
    'docs/lessons.md says how a lesson is written.',
    'The exit status of lint is 1 if there are mistakes, 0 if there are none; warnings are no mistakes.',
  ],
  words: {
    shown: 'list|new|lint|dev|pack [PATH…]',
    min: 1,
    max: MOST_LESSONS,
    choices: ACTIONS,
    isThenFiles: true,
  },
  options: OPTIONS,
  examples: [
    ['roundabout lesson list', 'The lessons that come with the app.'],
    ['roundabout lesson new turns', 'A lesson to begin with, in a new folder “turns”.'],
    ['roundabout lesson lint turns', 'What is wrong with it: turns/lesson.md:12: …'],
    ['roundabout lesson dev turns', 'The page shows it, as it is after each save.'],
    ['roundabout lesson pack turns', 'Makes turns.roundabout-lesson beside it, to be handed out.'],
  ],
  async run({ given, words: [word = '', ...paths] }, io) {
    const action = ACTIONS.find((one) => one === word)
    if (action === undefined) {
      throw new Error(`There is no "lesson ${word}". There are: ${ACTIONS.join(', ')}.`)
    }
    refuseOptions(action, given)
    return RUN[action](paths, given, io)
  },
})

const RUN: Readonly<
  Record<Action, (paths: readonly string[], given: Given, io: Io) => Promise<number>>
> = {
  async list(paths, { json }, io) {
    const [folder = join(io.builtFolder, '../../resources/lessons')] = atMostOne('list', paths)
    const lessons = []
    for (const path of await lessonsIn(folder)) {
      const { lesson } = await readLessonAt(path)
      if (lesson === undefined) io.tell(`${path} has mistakes: roundabout lesson lint names them.`)
      else lessons.push(lesson)
    }
    const width = Math.max(0, ...lessons.map(({ id }) => id.length))
    for (const lesson of lessons) {
      io.print(json ? JSON.stringify(infoOf(lesson)) : listLine(lesson, width))
    }
    if (lessons.length === 0) io.tell('There are no lessons here.')
    return 0
  },

  async new(paths, _given, io) {
    const folder = theOne('new', paths, 'FOLDER')
    const template = join(io.builtFolder, '../../resources/lesson-template')
    await writeTemplate(template, folder).catch((error: unknown) => {
      throw new Error(`${folder} cannot be written: ${writeFault(error)}`)
    })
    io.print(`${join(folder, 'lesson.md')} is there, with a scenario.`)
    io.print(`roundabout lesson dev ${folder} shows it, as it is after each save.`)
    return 0
  },

  async lint(paths, { json }, io) {
    if (paths.length === 0) throw new Error('roundabout lesson lint needs a FOLDER or FILE.')
    let isWrong = false
    for (const path of paths.map(lessonPath)) {
      const { lesson, problems } = await lessonAt(path)
      isWrong ||= lesson === undefined
      if (json) io.print(JSON.stringify({ path, id: lesson?.id ?? null, problems }))
      else {
        for (const problem of problems) io.print(problemLine(path, problem))
        if (lesson !== undefined) io.tell(goodWords(path, lesson, problems.length))
      }
    }
    return isWrong ? MISTAKES : 0
  },

  async dev(paths, { screenPort }, io) {
    const folder = lessonPath(theOne('dev', paths, 'FOLDER'))
    await lessonAt(folder)
    if (!(await stat(folder)).isDirectory()) {
      throw new Error(`${folder} is no folder: only one is watched while it is written.`)
    }
    await devLesson({ folder, screenPort }, io)
    return 0
  },

  async pack(paths, _given, io) {
    const folder = lessonPath(theOne('pack', paths, 'FOLDER'))
    const { lesson, problems } = await lessonAt(folder)
    if (lesson === undefined) {
      for (const problem of problems) io.tell(problemLine(folder, problem))
      throw new Error(`${folder} has mistakes, and is not packed.`)
    }
    const file = `${folder.replace(/[\\/]+$/, '')}.${LESSON_EXTENSION}`
    await writeFile(file, zipOf(await lessonFilesAt(folder)), { flag: 'wx' }).catch(
      (error: unknown) => {
        throw new Error(`${file} cannot be written: ${writeFault(error)}`)
      },
    )
    io.print(file)
    return 0
  },
}

function refuseOptions(action: Action, { json, screenPort }: Given): void {
  if (json && action !== 'list' && action !== 'lint') {
    throw new Error(`--json is for list and lint, not for ${action}.`)
  }
  if (screenPort !== undefined && action !== 'dev') {
    throw new Error(`--screen-port is for dev, not for ${action}.`)
  }
}

function atMostOne(action: Action, paths: readonly string[]): readonly string[] {
  const [, extra] = paths
  if (extra !== undefined) throw new Error(`"${extra}" is too much for lesson ${action}.`)
  return paths
}

function theOne(action: Action, paths: readonly string[], shown: string): string {
  const [path] = atMostOne(action, paths)
  if (path === undefined) throw new Error(`roundabout lesson ${action} needs a ${shown}.`)
  return path
}

/** The lesson of a lesson.md is its folder. */
function lessonPath(path: string): string {
  return basename(path) === 'lesson.md' ? dirname(path) : path
}

async function lessonAt(path: string): Promise<ReadLesson> {
  return readLessonAt(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${readFault(error)}`)
  })
}

function infoOf({ id, title, summary, minutes, misbelief, steps }: Lesson) {
  return { id, title, summary, minutes, misbelief: misbelief ?? null, steps: steps.length }
}

function listLine({ id, title, minutes, steps }: Lesson, width: number): string {
  return `${id.padEnd(width)}  ${title} (${minutes} min, ${counted(steps.length, 'step')})`
}
