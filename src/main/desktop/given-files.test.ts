import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  filesHandedOver,
  GivenFiles,
  handOverWords,
  MAX_GIVEN_FILES,
  wholePaths,
} from './given-files'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-given-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = (name: string) => join(folder, name)

/** What comes of giving one path: its words, where it cannot be read. */
async function taken(path: string): Promise<unknown> {
  const given = new GivenFiles()
  given.give([path])
  const first = await given.take().catch((error: Error) => error.message)
  expect(await given.take()).toBeNull()
  return first
}

describe('a given file', () => {
  it.each(['lesson.roundabout', 'Übung 3 – “a b”.roundabout-scenario', '-x.ROUNDABOUT'])(
    'called %s is handed over as it is',
    async (name) => {
      await writeFile(at(name), 'content')
      expect(await taken(at(name))).toEqual({ name, bytes: new TextEncoder().encode('content') })
    },
  )

  it('that is empty is handed over too: what is wrong with it says whoever opens it', async () => {
    await writeFile(at('a.roundabout'), '')
    expect(await taken(at('a.roundabout'))).toEqual({
      name: 'a.roundabout',
      bytes: new Uint8Array(),
    })
  })

  it('that is not there is refused in words', async () => {
    expect(await taken(at('a.roundabout'))).toBe(
      `a.roundabout was not opened. There is no such file. (${at('a.roundabout')})`,
    )
    await writeFile(at('file'), '')
    expect(await taken(at('file/a.roundabout'))).toMatch(/There is no such file/)
    expect(await taken(at(`${'x'.repeat(300)}.roundabout`))).toMatch(/longer than a name can be/)
    expect(await taken(at('nul\0.roundabout'))).toMatch(/was not opened\. It cannot be read/)
  })

  it('of another kind is refused, whatever is in it', async () => {
    await writeFile(at('picture.png'), 'content')
    for (const name of ['picture.png', 'a.roundabout.exe', 'roundabout', '.bashrc']) {
      expect(await taken(at(name))).toBe(
        `${name} was not opened. Roundabout opens recordings (.roundabout) and scenarios (.roundabout-scenario).`,
      )
    }
  })

  it('that is no file is refused, and nobody waits for it', async () => {
    await mkdir(at('a.roundabout'))
    expect(await taken(at('a.roundabout'))).toBe('a.roundabout was not opened. It is a folder.')
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [at('b.roundabout')])
    expect(await taken(at('b.roundabout'))).toMatch(/no file but a device or a pipe/)
  })

  it('that is too large is refused unread', async () => {
    for (const [name, size, words] of [
      ['a.roundabout', 512 * 1024 * 1024 + 1, /a recording has at most 512 MiB/],
      ['a.roundabout-scenario', 1024 * 1024 + 1, /a scenario has at most 1 MiB/],
    ] as const) {
      await writeFile(at(name), '')
      await truncate(at(name), size)
      expect(await taken(at(name))).toMatch(words)
    }
  })

  it.skipIf(process.platform === 'win32')('that may not be read is refused', async () => {
    await writeFile(at('a.roundabout'), '')
    await chmod(at('a.roundabout'), 0)
    await chmod(at('.'), 0o755)
    // To root nothing is forbidden: this is tried as nobody.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.('nobody')
    try {
      expect(await taken(at('a.roundabout'))).toMatch(/It may not be read by you/)
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('given files', () => {
  it('are handed over in order, each once, and each is told', async () => {
    const names = ['a', 'b', 'c'].map((name) => `${name}.roundabout`)
    await Promise.all(names.map((name) => writeFile(at(name), name)))
    const given = new GivenFiles()
    let told = 0
    given.give([at('a.roundabout')])
    given.onGiven(() => told++)
    given.give([])
    expect(told).toBe(0)
    given.give([at('b.roundabout')])
    given.give([at('c.roundabout')])
    expect(told).toBe(2)
    for (const name of names) expect(await given.take()).toMatchObject({ name })
    expect(await given.take()).toBeNull()
  })

  it('that are too many are left out, and that is said once', async () => {
    const given = new GivenFiles()
    given.give(Array.from({ length: MAX_GIVEN_FILES + 5 }, (_, index) => at(`${index}.png`)))
    for (let index = 0; index < MAX_GIVEN_FILES; index++)
      await expect(given.take()).rejects.toThrow(`${index}.png was not opened`)
    await expect(given.take()).rejects.toThrow('5 more files were not opened')
    expect(await given.take()).toBeNull()
  })
})

describe('words of a command line', () => {
  it('are paths beside the folder that they were written in', () => {
    expect(wholePaths(['a b.roundabout', './-x.roundabout', '../é', ''], folder)).toEqual([
      at('a b.roundabout'),
      at('-x.roundabout'),
      resolve(folder, '../é'),
    ])
    expect(wholePaths([at('a')], '/elsewhere')).toEqual([at('a')])
  })

  it('may be URLs of files', () => {
    const { href } = pathToFileURL(at('a b é.roundabout'))
    expect(wholePaths([href], '/elsewhere')).toEqual([at('a b é.roundabout')])
  })

  it.each([
    'file://other-machine/a.roundabout',
    'file:///%00',
    'file:///%2f.roundabout',
    'http://x',
  ])('that are no such URL are harmless: %s', async (word) => {
    const [path = ''] = wholePaths([word], folder)
    expect(await taken(path)).toMatch(/was not opened/)
  })
})

it('what a second start hands over is a list of paths or nothing', () => {
  expect(filesHandedOver({ files: ['/a', '/b'] })).toEqual(['/a', '/b'])
  for (const data of [undefined, null, 'x', {}, { files: '/a' }, { files: [1] }])
    expect(filesHandedOver(data)).toEqual([])
  expect(handOverWords([])).toMatch(/^Roundabout is running already: .+ front\.$/)
  expect(handOverWords(['/x/a.roundabout', '/x/b.roundabout'])).toBe(
    'Roundabout is running already: its window opens a.roundabout, b.roundabout.',
  )
})
