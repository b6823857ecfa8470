// The lesson about one idle client, with its own two programs in the proxy's place and over real sockets: in the first one, a
// client that says nothing holds up everybody, in the second one nobody.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import type { LessonLibrary } from '../../src/main/lessons/library'
import { Progress } from '../../src/main/lessons/progress'
import { folderFiles } from '../../src/main/lessons/reading/folder'
import { readLesson } from '../../src/main/lessons/reading/read-lesson'
import { LessonRunner } from '../../src/main/lessons/runner'
import { proxyPrograms } from '../../src/main/programs'
import type { Lesson } from '../../src/shared/lesson/lesson'
import type { LessonRequest, LessonView } from '../../src/shared/lesson/lesson-line'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('There is no python3 here: the lesson about one idle client is not played.')

const FOLDER = join(import.meta.dirname, '../../resources/lessons/05-one-idle-client')
/** The speed of the lab: the lesson waits for half a minute, and Python answers within the time that is left. */
const SPEED = 2

const send = { type: 'sendMessage', client: 'client:1' }
/** What is right in each question, and what a person does in each task. */
const RIGHT: Readonly<Record<string, number | readonly object[]>> = {
  'One that says nothing': 0,
  'A student’s proxy': [send],
  'Client 2 thinks it over': 1,
  'Free client 1': [{ type: 'releaseAll' }],
  'Which line?': 0,
  'The mended proxy': [send],
  'Client 2 thinks again': 0,
  'Two slow servers': 0,
}

it.skipIf(!hasPython)(
  'one idle client: the lesson is played with its two programs',
  async () => {
    const { lesson, problems } = readLesson(await folderFiles(FOLDER))
    expect(problems).toEqual([])
    if (lesson === undefined) return
    const engine = await createEngine({ proxyPort: 0, isRecorded: false, programs: proxyPrograms })
    const player = await openLesson(engine, lesson)
    for (const [at, { title, asks }] of lesson.steps.entries()) {
      if (at > 0) await player.ask({ kind: 'goTo', step: at })
      await player.until(({ phase }) => phase !== 'preparing' && phase !== 'playing')
      if (player.view.phase === 'programAsked') await player.ask({ kind: 'allowProgram' })
      await player.until(({ phase }) => phase === 'open' || phase === 'done' || phase === 'stuck')
      const right = RIGHT[title]
      if (typeof right === 'number') {
        await player.ask({ kind: 'answer', answer: { kind: 'choice', index: right } })
      } else if (asks.kind === 'explain') await player.ask({ kind: 'explain', text: 'So.' })
      else for (const command of right ?? []) await give(engine, command)
      await player.until(({ phase }) => phase === 'done' || phase === 'stuck')
      const outcome = { ask: 'right', task: 'done', explain: 'done', nothing: null }[asks.kind]
      expect([title, player.view.problem, player.view.steps[at]?.outcome]).toEqual([
        title,
        '',
        outcome,
      ])
    }
    await player.close()
    await engine.close()
  },
  120_000,
)

async function give(engine: Engine, command: object): Promise<void> {
  expect(await engine.execute(command)).toMatchObject({ ok: true })
}

async function openLesson(engine: Engine, lesson: Lesson) {
  const runner = new LessonRunner({
    engine: {
      get state() {
        return engine.state
      },
      get now() {
        return engine.now
      },
      execute: (command) => engine.execute(faster(command)),
      restrict: engine.restrict,
      schedule: engine.schedule,
      subscribe: engine.subscribe,
    },
    library: libraryOf(lesson),
    progress: await Progress.read(undefined, () => {}),
    checks: {
      requirements: () => [],
      start: () => ({ end() {}, stop() {} }),
    },
    warn: (text) => {
      throw new Error(text)
    },
  })
  const refusals: string[] = []
  const ask = (request: LessonRequest) =>
    runner.request(request, (update) => {
      if (update.kind === 'refused') refusals.push(update.error)
    })
  const player = {
    ask,
    get view(): LessonView {
      if (runner.view === null) throw new Error(`No lesson is open. ${refusals.join(' ')}`)
      return runner.view
    },
    /** Resolves once this holds for the page. */
    until(holds: (view: LessonView) => boolean): Promise<void> {
      return new Promise((resolve) => {
        const look = (view: LessonView | null) => {
          if (view === null || !holds(view)) return
          stop()
          resolve()
        }
        const stop = runner.onChange(look)
        look(player.view)
      })
    },
    close: () => runner.close(),
  }
  await ask({ kind: 'open', id: lesson.id })
  expect(refusals).toEqual([])
  return player
}

function faster(command: unknown): unknown {
  if (typeof command !== 'object' || command === null || !('scenario' in command)) return command
  return { ...command, scenario: { ...(command.scenario as object), speed: SPEED } }
}

function libraryOf(lesson: Lesson): LessonLibrary {
  const read = { lesson, problems: [] }
  return {
    list: async () => [{ lesson, isShipped: true }],
    read: async () => read,
    readFile: async () => read,
    onChange: () => () => {},
  }
}
