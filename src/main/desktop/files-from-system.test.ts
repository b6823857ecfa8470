import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_OPENED_BYTES } from '../../shared/limits'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'
import {
  canBeSent,
  filesHandedOver,
  GivenFiles,
  handOver,
  handOverWords,
  MAX_GIVEN_FILES,
  messageOf,
  wholePaths,
} from './files-from-system'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-given-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = (name: string) => join(folder, name)

let told: string[]
beforeEach(() => {
  told = []
})
const givenFiles = () => new GivenFiles((text) => told.push(text))
const NONE = { ok: true, value: null }

/** What comes of giving one path: its words, where it cannot be read. */
async function taken(path: string): Promise<unknown> {
  const given = givenFiles()
  given.give([path])
  const first = await given.take()
  expect(await given.take()).toEqual(NONE)
  return first.ok ? first.value : first.error
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
    expect(told).toEqual(['The file "a.roundabout" was not opened: There is no such file.'])
    await writeFile(at('file'), '')
    expect(await taken(at('file/a.roundabout'))).toMatch(/There is no such file/)
    expect(await taken(at(`${'x'.repeat(300)}.roundabout`))).toMatch(/longer than a name can be/)
    expect(await taken(at('nul\0.roundabout'))).toMatch(/was not opened\. It cannot be read/)
    // The name of a folder can be a person's.
    expect(told).toHaveLength(4)
    expect(told.join()).not.toContain(folder)
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
      ['a.roundabout', MAX_OPENED_BYTES + 1, /a recording has at most 512 MiB/],
      ['a.roundabout-scenario', MAX_SCENARIO_BYTES + 1, /a scenario has at most 1 MiB/],
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
    const given = givenFiles()
    let calls = 0
    given.give([at('a.roundabout')])
    given.onGiven(() => calls++)
    given.give([])
    expect(calls).toBe(0)
    given.give([at('b.roundabout')])
    given.give([at('c.roundabout')])
    expect(calls).toBe(2)
    for (const name of names)
      expect(await given.take()).toMatchObject({ ok: true, value: { name } })
    expect(await given.take()).toEqual(NONE)
    expect(told).toEqual([])
  })

  it('that are too many are left out, and that is said once', async () => {
    const given = givenFiles()
    const paths = Array.from({ length: MAX_GIVEN_FILES + 5 }, (_, index) => at(`${index}.png`))
    given.give(paths, 2)
    for (let index = 0; index < MAX_GIVEN_FILES; index++) {
      const error = expect.stringContaining(`${index}.png was not opened`)
      expect(await given.take()).toEqual({ ok: false, error })
    }
    const error = '7 more files were not opened: open them one at a time.'
    expect(await given.take()).toEqual({ ok: false, error })
    expect(told.at(-1)).toBe(error)
    expect(await given.take()).toEqual(NONE)
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

describe('what a second start hands over', () => {
  it('is a list of paths or nothing', () => {
    const paths = ['/a', '/Übung 3 – 日本 \n"🎉.roundabout']
    const message = messageOf({ files: paths, others: 3 })
    expect(message.text).toMatch(/^[!-~]+$/)
    expect(filesHandedOver(message)).toEqual({ files: paths, others: 3 })
    const wrong = ['', '{', 'null', '{"files":"/a","others":0}', '{"files":[1],"others":0}']
    for (const text of [...wrong, '{"files":[],"others":-1}', 1])
      expect(filesHandedOver({ text })).toEqual({ files: [], others: 0 })
    for (const data of [undefined, null, 'x', {}])
      expect(filesHandedOver(data)).toEqual({ files: [], others: 0 })
  })

  it('is as many as can wait, and how many others there are', () => {
    const paths = Array.from({ length: 300 }, (_, index) => `/x/${index}`)
    expect(handOver(paths)).toEqual({ files: paths.slice(0, MAX_GIVEN_FILES), others: 290 })
    expect(handOver(['/a'])).toEqual({ files: ['/a'], others: 0 })
  })

  it('is never more than the one that runs can bear, with the command line that goes with it', () => {
    const send = (argv: string[], folder: string, files: string[] = []) =>
      canBeSent(argv, folder, messageOf(handOver(files)))
    expect(send(['roundabout', '/a.roundabout'], '/', ['/a.roundabout'])).toBe(true)
    const limit = 24 * 1024
    expect(send(['x'.repeat(limit - 100)], '/')).toBe(true)
    expect(send(['x'.repeat(limit)], '/')).toBe(false)
    expect(send(['é'.repeat(limit / 2)], '/')).toBe(false)
    expect(send([], 'x'.repeat(limit))).toBe(false)
    expect(send([], '/', ['é'.repeat(limit / 6)])).toBe(false)
    expect(send(Array(4_000).fill(''), '/')).toBe(false)
  })

  it('is told at its end', () => {
    expect(handOverWords([])).toMatch(/^Roundabout is running already: .+ front\.$/)
    expect(handOverWords(['/x/a.roundabout', '/x/b.roundabout'])).toBe(
      'Roundabout is running already: its window opens a.roundabout, b.roundabout.',
    )
    const many = Array.from({ length: MAX_GIVEN_FILES + 2 }, () => '/x/a')
    expect(handOverWords(many)).toMatch(/ It does not open 2 more\.$/)
  })
})
