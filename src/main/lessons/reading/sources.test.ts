import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LESSON_FILE_BYTES, MAX_LESSON_FILES } from '../../../shared/lesson/lesson-limits'
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

const LOCAL = { signature: 'PK\u0003\u0004', name: 30 }
const CENTRAL = { signature: 'PK\u0001\u0002', name: 46 }

/** Where the header of an entry begins. */
function at(zip: Uint8Array, name: string, header: typeof LOCAL): number {
  const bytes = Buffer.from(zip)
  for (let found = bytes.indexOf(name); found !== -1; found = bytes.indexOf(name, found + 1)) {
    const from = found - header.name
    if (from >= 0 && bytes.toString('latin1', from, from + 4) === header.signature) return from
  }
  throw new Error(`There is no ${name}.`)
}

/** The zip with other numbers in its directory for an entry. */
function declaring(
  name: string,
  numbers: { readonly size?: number; readonly packedSize?: number; readonly from?: number },
  zip: Uint8Array,
): Uint8Array {
  const copy = zip.slice()
  const view = new DataView(copy.buffer)
  const header = at(zip, name, CENTRAL)
  const write = (offset: number, value: number | undefined) => {
    if (value !== undefined) view.setUint32(header + offset, value, true)
  }
  write(20, numbers.packedSize)
  write(24, numbers.size)
  write(42, numbers.from)
  return copy
}

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
    for (const size of [HEAD.length * 50 + 1, HEAD.length * 50 - 1]) {
      expect(told(zipFiles(declaring('lesson.md', { size }, zip)))).toEqual([
        'lesson.md: “lesson.md” is damaged.',
      ])
    }
  })

  it('is unpacked no further than it was counted', () => {
    const zip = packed({ ...FILES, 'pictures/bomb.png': new Uint8Array(50 * 1024 * 1024) })
    for (const size of [0, 1, 1024 * 1024]) {
      const files = zipFiles(declaring('pictures/bomb.png', { size }, zip))
      expect(told(files)).toEqual(['lesson.md: “pictures/bomb.png” is damaged.'])
      expect(files.bytes.size).toBe(0)
    }
  })

  it('whose entries share bytes is refused', () => {
    const zip = packed({ 'lesson.md': HEAD, 'pictures/a.png': 'a', 'pictures/b.png': 'b' })
    const second = at(zip, 'pictures/a.png', LOCAL)
    for (const from of [second, 0]) {
      expect(told(zipFiles(declaring('pictures/b.png', { from }, zip)))).toEqual([
        'lesson.md: Two of its entries share bytes.',
      ])
    }
    // The bytes of the first go on until the directory begins.
    const directory = at(zip, 'lesson.md', CENTRAL)
    const long = declaring('lesson.md', { packedSize: directory - 100 }, zip)
    expect(told(zipFiles(long))).toEqual(['lesson.md: Two of its entries share bytes.'])
    const longer = declaring('lesson.md', { packedSize: directory }, zip)
    expect(told(zipFiles(longer))).toEqual(['lesson.md: “lesson.md” is damaged.'])
  })

  it('has names of at most 200 characters', () => {
    const name = (length: number) => `pictures/${'a'.repeat(length - 'pictures/.png'.length)}.png`
    const files = zipFiles(packed({ ...FILES, [name(200)]: 'a', [name(201)]: 'a' }))
    expect([...files.bytes.keys()]).toEqual(['lesson.md', START, name(200)])
    expect(told(files)).toEqual([
      `${name(201).slice(0, 200)}: It is left out: a file’s name has at most 200 characters.`,
    ])
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
