import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LESSON_FILE_BYTES, MAX_LESSON_FILES } from '../../../shared/limits'
import { folderFiles } from './folder'
import { filesOf, HEAD, SCENARIO } from './testing'
import { zipFiles, zipOf } from './zip'

const START = 'scenarios/start.roundabout-scenario'
const FILES = { 'lesson.md': HEAD, [START]: SCENARIO }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-lesson-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

const told = ({ problems }: { problems: readonly { file: string; problem: string }[] }) =>
  problems.map(({ file, problem }) => `${file}: ${problem}`)

describe('a folder', () => {
  it('gives its text and the files of its folders, and nothing else that lies there', async () => {
    await write({
      ...FILES,
      'pictures/deep/in/it.svg': '<svg/>',
      'notes.txt': 'private',
      'other/x.txt': 'private',
      'pictures/.DS_Store': 'x',
    })
    const files = await folderFiles(folder)
    expect([...files.bytes.keys()]).toEqual(['lesson.md', START, 'pictures/deep/in/it.svg'])
    expect(Buffer.from(files.bytes.get(START) ?? []).toString()).toBe(SCENARIO)
    expect(files.problems).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('follows no links', async () => {
    await write({ 'lesson.md': HEAD })
    await symlink('/etc', join(folder, 'pictures'))
    await mkdir(join(folder, 'programs'))
    await symlink('/etc/hostname', join(folder, 'programs/a.py'))
    const files = await folderFiles(folder)
    expect([...files.bytes.keys()]).toEqual(['lesson.md'])
    expect(told(files)).toEqual([
      'pictures: It is a link: copy what it leads to into the lesson’s folder.',
      'programs/a.py: It is a link: copy what it leads to into the lesson’s folder.',
    ])
  })

  it('that is not there is said', async () => {
    expect(told(await folderFiles(join(folder, 'none')))).toEqual([
      'lesson.md: The folder cannot be read: it is not there.',
    ])
  })

  it('has limits', async () => {
    const names = Array.from(
      { length: MAX_LESSON_FILES + 5 },
      (_, at) => `pictures/${1000 + at}.png`,
    )
    await write(Object.fromEntries(names.map((name) => [name, ''])))
    await write({
      'programs/big.py': new Uint8Array(MAX_LESSON_FILE_BYTES + 1),
      'pictures/ä.png': '',
    })
    const files = await folderFiles(folder)
    expect(files.bytes.size).toBe(MAX_LESSON_FILES)
    expect(told(files)).toEqual([
      'pictures/1100.png: A lesson has at most 100 files; from this one on they are left out.',
      'pictures/ä.png: It is left out: a file’s name has letters from a to z, digits, spaces, “-”, “_” and “.”.',
      'programs/big.py: A file of a lesson has at most 1 MB.',
    ])
  })
})

describe('a .roundabout-lesson file', () => {
  const packed = (files: Readonly<Record<string, string | Uint8Array>>) =>
    zipSync(Object.fromEntries(filesOf(files).bytes))

  it('gives back what was packed, with the same bytes each time', () => {
    const files = filesOf(FILES)
    const zip = zipOf(files)
    expect(zipFiles(zip)).toMatchObject({ problems: [], bytes: files.bytes })
    expect(zipOf(files)).toEqual(zip)
  })

  it('may hold a folder with everything in it, and what systems add', () => {
    const zip = packed({
      'turns/lesson.md': HEAD,
      'turns\\scenarios\\start.roundabout-scenario': SCENARIO,
      'turns/.DS_Store': 'x',
      '__MACOSX/turns/._lesson.md': 'x',
      'turns/README.txt': 'x',
    })
    const files = zipFiles(zip)
    expect(files.problems).toEqual([])
    expect([...files.bytes.keys()]).toEqual(['lesson.md', START])
  })

  it.each(['../lesson.md', 'a/../../b', '/etc/passwd', 'C:\\x', '..\\x'])(
    'with the name %j is refused',
    (name) => {
      const files = zipFiles(packed({ ...FILES, [name]: 'x' }))
      expect(files.bytes.size).toBe(0)
      expect(told(files)).toEqual([
        expect.stringMatching(/^lesson\.md: “.*” leads out of the lesson’s folder\.$/),
      ])
    },
  )

  it('is counted before it is unpacked', () => {
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`x/${at}`, '']))
    expect(told(zipFiles(packed(many)))).toEqual([
      'lesson.md: A lesson’s file has at most 1000 entries.',
    ])
    const bomb = packed({ ...FILES, 'pictures/bomb.png': new Uint8Array(50 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    const files = zipFiles(bomb)
    expect(told(files)).toEqual(['pictures/bomb.png: A file of a lesson has at most 1 MB.'])
    const swarm = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`pictures/${at}.png`, new Uint8Array(1024 * 1024)]),
    )
    expect(told(zipFiles(packed(swarm)))).toEqual([
      'pictures/6.png: The files of a lesson have at most 6 MB together; from this one on they are left out.',
    ])
  })

  it('that lies about its sizes is damaged', () => {
    const zip = packed({ 'lesson.md': HEAD.repeat(50) })
    // The size in the central directory, 24 bytes from the beginning of its only entry.
    const central = Buffer.from(zip).lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'))
    const longer = zip.slice()
    new DataView(longer.buffer).setUint32(central + 24, HEAD.length * 50 + 1, true)
    expect(told(zipFiles(longer))).toEqual(['lesson.md: “lesson.md” is damaged.'])
  })

  it('that is none is said, wherever it is cut', () => {
    const zip = zipOf(filesOf(FILES))
    for (const bytes of [
      new Uint8Array(),
      Buffer.from('PK'),
      zip.subarray(0, 100),
      zip.subarray(0, -1),
    ]) {
      expect(told(zipFiles(bytes))).toEqual(['lesson.md: It is no zip file, or is damaged.'])
    }
  })
})
