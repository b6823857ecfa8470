// The list, the files and the pages: what is asked of a lesson beside its steps.
import { afterEach, expect, it } from 'vitest'
import { createMemoryLab, type MemoryLab } from '../../src/main/engine/index'
import { createLessons, type Lessons, type ReadLesson } from '../../src/main/lessons/index'
import type { Lesson } from '../../src/shared/lesson/lesson'
import type { LessonScreen, LessonUpdate, LessonView } from '../../src/shared/lesson/lesson-line'
import { lessonOf, SCENARIO, stepOf } from './sample'

const READ = stepOf({ title: 'Read', text: 'Before.', setup: { scenario: SCENARIO } })
const EXPLAIN = stepOf({
  title: 'Why?',
  asks: { kind: 'explain', explain: 'Why?', model: 'Because.' },
})
const LESSON = lessonOf([READ, EXPLAIN])
const MISTAKE = { file: 'lesson.md', line: 3, problem: 'There is no such thing.', isWarning: false }

let lab: MemoryLab
let lessons: Lessons
let page: LessonScreen
let told: LessonUpdate[]
let change: () => void
let now: ReadLesson

async function begin(lesson: Lesson = LESSON): Promise<void> {
  now = { lesson, problems: [] }
  told = []
  lab = await createMemoryLab({ inOrder: true, isRecorded: false })
  lessons = await createLessons({
    engine: lab.engine,
    library: {
      list: async () => (now.lesson ? [{ lesson: now.lesson, isShipped: true }] : []),
      read: async (id) => (id === lesson.id ? now : undefined),
      readFile: async (_, bytes) =>
        bytes.length > 0 ? now : { lesson: undefined, problems: [MISTAKE] },
      onChange(listener) {
        change = listener
        return () => {}
      },
    },
    progressFile: undefined,
    checks: {
      start: () => ({ end() {}, stop() {} }),
      requirements: () => [],
    },
    warn: (text) => expect.unreachable(text),
  })
  page = lessons.serve((update) => told.push(update))
}

afterEach(async () => {
  page.stop()
  await lessons.close()
  await lab.engine.close()
})

async function shown(holds: (view: LessonView) => boolean): Promise<LessonView> {
  for (;;) {
    const { view } = lessons.runner
    if (view !== null && holds(view)) return view
    await new Promise((resolve) => setImmediate(resolve))
    lab.pass(100)
  }
}

async function answered<K extends LessonUpdate['kind']>(
  kind: K,
  request: object,
): Promise<Extract<LessonUpdate, { kind: K }>> {
  told = []
  page.request(request)
  for (;;) {
    const update = told.find((each) => each.kind === kind)
    if (update !== undefined) return update as Extract<LessonUpdate, { kind: K }>
    await new Promise((resolve) => setImmediate(resolve))
    lab.pass(100)
  }
}

const isDone = ({ phase }: LessonView) => phase === 'done'

it('the list says how far each lesson is', async () => {
  await begin()
  const first = await answered('lessons', { kind: 'list' })
  expect(first.lessons).toEqual([
    expect.objectContaining({ id: 'sample', steps: 2, reached: 0, isFinished: false }),
  ])
  page.request({ kind: 'open', id: 'sample' })
  await shown(isDone)
  page.request({ kind: 'goTo', step: 1 })
  await shown(({ phase }) => phase === 'open')
  page.request({ kind: 'explain', text: 'So.' })
  await shown(isDone)
  const last = await answered('lessons', { kind: 'list' })
  expect(last.lessons).toEqual([expect.objectContaining({ reached: 2, isFinished: true })])
})

it('goes on where the person stopped, or begins anew', async () => {
  await begin()
  page.request({ kind: 'open', id: 'sample' })
  await shown(isDone)
  page.request({ kind: 'goTo', step: 1 })
  await shown(({ phase }) => phase === 'open')
  page.request({ kind: 'close' })
  page.request({ kind: 'open', id: 'sample' })
  expect(await shown(({ phase }) => phase === 'open')).toMatchObject({ at: 1, reached: 1 })
  page.request({ kind: 'open', id: 'sample', anew: true })
  expect(await shown(({ at, phase }) => at === 0 && phase === 'done')).toMatchObject({ at: 0 })
})

it.each([
  [{ kind: 'open', id: 'other' }, 'There is no lesson “other”.'],
  [{ kind: 'goTo', step: 0 }, 'No lesson is open.'],
  [{ kind: 'skip' }, 'No lesson is open.'],
  [{ kind: 'goTo', step: -1 }, /^step: /],
  [{ kind: 'dance' }, /^kind: /],
  [
    { kind: 'openFile', name: 'x.roundabout-lesson', base64: '' },
    'The lesson cannot be played. lesson.md, line 3: There is no such thing.',
  ],
])('what cannot be done is refused with a sentence: %o', async (request, sentence) => {
  await begin()
  const { error } = await answered('refused', request)
  if (typeof sentence === 'string') expect(error).toBe(sentence)
  else expect(error).toMatch(sentence)
})

it('a page that is connected later sees the lesson that is open, and one that has gone hears nothing', async () => {
  await begin()
  page.request({ kind: 'open', id: 'sample' })
  await shown(isDone)
  const heard: LessonUpdate[] = []
  lessons.serve((update) => heard.push(update)).stop()
  expect(heard).toEqual([{ kind: 'lesson', view: lessons.runner.view }])
  page.request({ kind: 'close' })
  await answered('lessons', { kind: 'list' })
  expect(heard).toHaveLength(1)
})

it('a lesson that is being written begins its step again at a save, and stays while it has mistakes', async () => {
  await begin()
  page.request({ kind: 'open', id: 'sample' })
  await shown(isDone)
  now = { lesson: lessonOf([{ ...READ, text: 'After.' }, EXPLAIN]), problems: [] }
  change()
  expect(await shown(({ text }) => text === 'After.')).toMatchObject({ at: 0, mistakes: [] })
  now = { lesson: undefined, problems: [MISTAKE] }
  change()
  expect(await shown(({ mistakes }) => mistakes.length > 0)).toMatchObject({
    text: 'After.',
    mistakes: [MISTAKE],
  })
})

it('only the pictures that a step names are sent with it', async () => {
  const pictures = new Map([
    ['pictures/one.png', 'data:image/png;base64,AA=='],
    ['pictures/two.png', 'data:image/png;base64,BB=='],
  ])
  await begin(lessonOf([{ ...READ, text: '![One](pictures/one.png)' }, EXPLAIN], { pictures }))
  page.request({ kind: 'open', id: 'sample' })
  expect(Object.keys((await shown(isDone)).pictures)).toEqual(['pictures/one.png'])
})
