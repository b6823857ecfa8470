import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLessonAt } from '../../lessons/index'
import { ran, startedWith } from '../testing'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-lessons-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('lesson new', () => {
  it('writes a lesson without mistakes, with the folder’s name', async () => {
    const path = join(folder, '03 Who is next?')
    expect(await ran(['lesson', 'new', path])).toMatchObject({
      status: 0,
      out: `${join(path, 'lesson.md')} is there, with a scenario.\nroundabout lesson dev ${path} shows it, as it is after each save.`,
    })
    expect(await readLessonAt(path)).toMatchObject({
      lesson: { id: '03-who-is-next', title: 'Who is next' },
      problems: [],
    })
    expect(await ran(['lesson', 'lint', path])).toMatchObject({
      status: 0,
      out: '',
      told: `${path}: no mistakes; 5 steps, 10 min.`,
    })
  })

  it('writes over nothing', async () => {
    await writeFile(join(folder, 'lesson.md'), 'mine')
    expect(await ran(['lesson', 'new', folder])).toMatchObject({
      status: 2,
      told: `${folder} cannot be written: a file or folder of that name is there already.`,
    })
    expect(await readFile(join(folder, 'lesson.md'), 'utf8')).toBe('mine')
  })
})

describe('lesson lint', () => {
  it('names each mistake with its file and line', async () => {
    await ran(['lesson', 'new', folder])
    const text = join(folder, 'lesson.md')
    const written = await readFile(text, 'utf8')
    await writeFile(
      text,
      written.replace('length: 3', 'length: many').replace('minutes:', 'minuets:'),
    )
    await writeFile(join(folder, 'scenarios/start.roundabout-scenario'), '{')
    const lines = [
      `${text}:2: minutes: It is missing: add it.`,
      `${text}:7: minuets: There is no such field: is “minutes” meant?`,
      `${text}:60: length: It must be a number without quotes; here it is a text.`,
      `${join(folder, 'scenarios/start.roundabout-scenario')}:1: Column 2: a closing brace is missing: }.`,
    ]
    expect(await ran(['lesson', 'lint', folder])).toMatchObject({ status: 1, told: '' })
    expect((await ran(['lesson', 'lint', folder])).out.split('\n')).toEqual(lines)
    expect((await ran(['lesson', 'lint', text])).out.split('\n')).toEqual(lines)
    const { status, out } = await ran(['lesson', 'lint', folder, '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      path: folder,
      id: null,
      problems: [{ file: 'lesson.md', line: 2, isWarning: false }, {}, {}, {}],
    })
  })

  it('counts warnings as no mistakes', async () => {
    await ran(['lesson', 'new', folder])
    await mkdir(join(folder, 'pictures'))
    await writeFile(join(folder, 'pictures/unused.png'), '')
    expect(await ran(['lesson', 'lint', folder])).toMatchObject({
      status: 0,
      out: `${join(folder, 'pictures/unused.png')}: warning: No step uses this file.`,
      told: `${folder}: no mistakes, 1 warning; 5 steps, 10 min.`,
    })
  })
})

describe('lesson pack', () => {
  it('makes one file, which is the lesson as well', async () => {
    const path = join(folder, 'turns')
    await ran(['lesson', 'new', path])
    const file = `${path}.roundabout-lesson`
    expect(await ran(['lesson', 'pack', path])).toMatchObject({ status: 0, out: file })
    expect(await readLessonAt(file)).toEqual(await readLessonAt(path))
    expect(await ran(['lesson', 'dev', file])).toMatchObject({
      status: 2,
      told: `${file} is no folder: only one is watched while it is written.`,
    })
    expect(await ran(['lesson', 'pack', path])).toMatchObject({
      status: 2,
      told: `${file} cannot be written: a file or folder of that name is there already.`,
    })
  })
})

describe('lesson list', () => {
  it('prints a line a lesson, of those in a folder', async () => {
    await ran(['lesson', 'new', join(folder, 'b')])
    await ran(['lesson', 'new', join(folder, 'another')])
    await mkdir(join(folder, 'none'))
    expect(await ran(['lesson', 'list', folder])).toMatchObject({
      status: 0,
      out: 'another  Another (10 min, 5 steps)\nb        B (10 min, 5 steps)',
      told: `${join(folder, 'none')} has mistakes: roundabout lesson lint names them.`,
    })
    const { out } = await ran(['lesson', 'list', folder, '--json'])
    expect(out.split('\n').map((line) => JSON.parse(line).id)).toEqual(['another', 'b'])
  })

  it('is of those that come with the app, where no folder is given', async () => {
    const { status, told } = await ran(['lesson', 'list'])
    expect({ status, told }).toEqual({ status: 0, told: '' })
  })
})

describe('lesson dev', () => {
  it('serves the page, and tells of mistakes at each save', async () => {
    await mkdir(join(folder, 'renderer'))
    await writeFile(join(folder, 'renderer/index.html'), '<title>The page')
    const path = join(folder, 'turns')
    const text = join(path, 'lesson.md')
    await ran(['lesson', 'new', path])
    const written = await readFile(text, 'utf8')
    await writeFile(text, 'nothing yet')
    const dev = startedWith(join(folder, 'main'), 'lesson', 'dev', path)
    const [, screen = ''] = await dev.says(/^Screen: (http:\S+)$/)
    expect(await (await fetch(screen)).text()).toContain('The page')
    await dev.says(/lesson\.md:1: A lesson begins with its head/)
    await writeFile(text, written)
    await dev.says(/turns: no mistakes; 5 steps, 10 min\.$/)
    await writeFile(text, written.replace('length: 3', 'length: many'))
    await dev.says(/lesson\.md:60: length: It must be a number/)
    expect(await dev.stop()).toBe(0)
  })
})

it.each([
  ['lesson', 'Something is missing: roundabout lesson list|new|lint|dev|pack [PATH…] [OPTIONS].'],
  ['lesson play', 'There is no "lesson play". There are: list, new, lint, dev, pack.'],
  ['lesson new', 'roundabout lesson new needs a FOLDER.'],
  ['lesson lint', 'roundabout lesson lint needs a FOLDER or FILE.'],
  ['lesson dev a b', '"b" is too much for lesson dev.'],
  ['lesson dev nowhere', 'nowhere cannot be read: there is no such file.'],
  ['lesson new x --json', '--json is for list and lint, not for new.'],
  ['lesson lint x --screen-port 1', '--screen-port is for dev, not for lint.'],
])('%s is refused in one sentence', async (line, told) => {
  expect(await ran(line.split(' '))).toMatchObject({ status: 2, out: '', told })
})
