import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lessonLibrary } from './shelf'
import { type LessonSource, readSource } from './source'
import { filesOf, HEAD, SCENARIO } from './testing'
import { zipOf } from './zip'

const START = 'scenarios/start.roundabout-scenario'
const read = async (source: LessonSource) => readSource(source)
const lessonText = (id: string, title: string) =>
  `${HEAD.replace('two-turns', id).replace('Two turns', title)}## Step\n\`\`\`setup\nscenario: ${START}\n\`\`\`\nText.\n`

let folder = ''
const stops: (() => void)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-lessons-'))
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await rm(folder, { recursive: true, force: true })
})

async function writeLesson(at: string, id: string, title: string) {
  await mkdir(join(folder, at, 'scenarios'), { recursive: true })
  await writeFile(join(folder, at, START), SCENARIO)
  await writeFile(join(folder, at, 'lesson.md'), lessonText(id, title))
}

describe('the lessons of this machine', () => {
  it('are those of the app by their folders, then a person’s own folders and files', async () => {
    await writeLesson('shipped/02-b', 'b', 'B')
    await writeLesson('shipped/01-a', 'a', 'A')
    await writeLesson('own/c', 'c', 'C')
    await writeLesson('own/broken', 'Broken!', 'X')
    const packed = filesOf({ 'lesson.md': lessonText('d', 'D'), [START]: SCENARIO })
    await writeFile(join(folder, 'own/d.roundabout-lesson'), zipOf(packed))
    await writeFile(join(folder, 'own/notes.txt'), 'x')
    const warnings: string[] = []
    const library = lessonLibrary({
      shipped: join(folder, 'shipped'),
      own: join(folder, 'own'),
      read,
      warn: (text) => warnings.push(text),
    })
    const listed = async () =>
      (await library.list()).map(({ lesson, isShipped }) => [lesson.id, isShipped])
    expect(await listed()).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
      ['d', false],
    ])
    expect(await listed()).toHaveLength(4)
    expect(warnings).toEqual([
      `The lesson ${join(folder, 'own/broken')} has mistakes and is left out; “roundabout lesson lint” names them.`,
    ])
    expect(await library.read('d')).toMatchObject({ lesson: { title: 'D' }, problems: [] })
    expect((await library.read('d'))?.lesson).toBe((await library.read('d'))?.lesson)
    expect(await library.read('e')).toBeUndefined()
    expect(await library.readFile('x', zipOf(packed))).toMatchObject({ lesson: { id: 'd' } })
  })

  it('begin with the one that is written, which may be one of the others', async () => {
    await writeLesson('shipped/01-a', 'a', 'A')
    await writeLesson('mine', 'a', 'A, changed')
    const written = join(folder, 'mine')
    const library = lessonLibrary({
      shipped: join(folder, 'shipped'),
      written,
      read,
      warn: () => {},
    })
    expect(
      (await library.list()).map(({ lesson, isShipped }) => [lesson.title, isShipped]),
    ).toEqual([['A, changed', false]])
    await writeFile(join(written, 'lesson.md'), `${lessonText('a', 'A')}\n<b>`)
    expect(await library.read('a')).toMatchObject({
      lesson: undefined,
      problems: [{ file: 'lesson.md', problem: expect.stringContaining('HTML') }],
    })
  })

  it('are none where there are no folders', async () => {
    const shipped = join(folder, 'none')
    expect(await lessonLibrary({ shipped, own: shipped, read, warn: () => {} }).list()).toEqual([])
  })
})

describe('a lesson that is written', () => {
  it('is told of when its text or a file of it changes, however it is saved', async () => {
    await writeLesson('mine', 'a', 'First')
    const written = join(folder, 'mine')
    const library = lessonLibrary({
      shipped: join(folder, 'none'),
      written,
      read,
      warn: expect.fail,
    })
    let heard: () => void = () => {}
    stops.push(library.onChange(() => heard()))
    /** Resolves once the lesson has this title, and reads it only after a change was reported. */
    const titled = async (title: string, act: () => Promise<unknown>) => {
      let told = nextTold()
      await act()
      for (;;) {
        await told
        told = nextTold()
        if ((await library.read('a'))?.lesson?.title === title) return
      }
    }
    const nextTold = () =>
      new Promise<void>((resolve) => {
        heard = resolve
      })
    const text = join(written, 'lesson.md')

    await library.list()
    await titled('Second', () => writeFile(text, lessonText('a', 'Second')))
    // Many editors write another file and give it the name.
    await titled('Third', async () => {
      await writeFile(`${text}.new`, lessonText('a', 'Third'))
      await rename(`${text}.new`, text)
    })
    await rm(join(written, 'scenarios'), { recursive: true })
    await titled('Fourth', () => writeLesson('mine', 'a', 'Fourth'))
    await titled('Fourth', () => writeFile(join(written, START), `${SCENARIO}\n`))
  })
})
