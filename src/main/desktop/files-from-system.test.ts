import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_OPENED_BYTES } from '../../shared/limits'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'
import { absolutePaths, FilesFromSystem, MAX_WAITING_FILES } from './files-from-system'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = (name: string) => join(folder, name)

let warnings: string[]
beforeEach(() => {
  warnings = []
})
const givenFiles = () => new FilesFromSystem((text) => warnings.push(text))
const NONE = { ok: true, value: null }

/** Adds one path and returns the file, or the error text. */
async function taken(path: string): Promise<unknown> {
  const given = givenFiles()
  given.add([path])
  const first = await given.next()
  expect(await given.next()).toEqual(NONE)
  return first.ok ? first.value : first.error
}

describe('a file from the system', () => {
  it.each(['lesson.roundabout', 'Übung 3 – “a b”.roundabout-scenario', '-x.ROUNDABOUT'])(
    'called %s is handed over as it is',
    async (name) => {
      await writeFile(at(name), 'content')
      expect(await taken(at(name))).toEqual({ name, bytes: new TextEncoder().encode('content') })
    },
  )

  it('that is empty is passed on: its reader reports what is wrong', async () => {
    await writeFile(at('a.roundabout'), '')
    expect(await taken(at('a.roundabout'))).toEqual({
      name: 'a.roundabout',
      bytes: new Uint8Array(),
    })
  })

  it('that does not exist is refused with a sentence', async () => {
    expect(await taken(at('a.roundabout'))).toBe(
      `a.roundabout was not opened. There is no such file. (${at('a.roundabout')})`,
    )
    expect(warnings).toEqual(['The file "a.roundabout" was not opened: There is no such file.'])
    await writeFile(at('file'), '')
    expect(await taken(at('file/a.roundabout'))).toMatch(/There is no such file/)
    expect(await taken(at(`${'x'.repeat(300)}.roundabout`))).toMatch(/longer than a name can be/)
    expect(await taken(at('nul\0.roundabout'))).toMatch(/was not opened\. It cannot be read/)
    // A folder's name can be a person's.
    expect(warnings).toHaveLength(4)
    expect(warnings.join()).not.toContain(folder)
  })

  it('of another kind is refused, whatever is in it', async () => {
    await writeFile(at('picture.png'), 'content')
    for (const name of ['picture.png', 'a.roundabout.exe', 'roundabout', '.bashrc']) {
      expect(await taken(at(name))).toBe(
        `${name} was not opened. Roundabout opens recordings (.roundabout), scenarios (.roundabout-scenario) and lessons (.roundabout-lesson).`,
      )
    }
  })

  it('that is a folder or a pipe is refused without waiting', async () => {
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
    // Root may read everything, so this runs as nobody.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.('nobody')
    try {
      expect(await taken(at('a.roundabout'))).toMatch(/It may not be read by you/)
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('files from the system', () => {
  it('are returned in order, each once, and the listener is called for each', async () => {
    const names = ['a', 'b', 'c'].map((name) => `${name}.roundabout`)
    await Promise.all(names.map((name) => writeFile(at(name), name)))
    const given = givenFiles()
    let calls = 0
    given.add([at('a.roundabout')])
    given.onAdded(() => calls++)
    given.add([])
    expect(calls).toBe(0)
    given.add([at('b.roundabout')])
    given.add([at('c.roundabout')])
    expect(calls).toBe(2)
    for (const name of names)
      expect(await given.next()).toMatchObject({ ok: true, value: { name } })
    expect(await given.next()).toEqual(NONE)
    expect(warnings).toEqual([])
  })

  it('that are too many are left out, which is reported once', async () => {
    const given = givenFiles()
    const paths = Array.from({ length: MAX_WAITING_FILES + 5 }, (_, index) => at(`${index}.png`))
    given.add(paths, 2)
    for (let index = 0; index < MAX_WAITING_FILES; index++) {
      const error = expect.stringContaining(`${index}.png was not opened`)
      expect(await given.next()).toEqual({ ok: false, error })
    }
    const error = '7 more files were not opened: open them one at a time.'
    expect(await given.next()).toEqual({ ok: false, error })
    expect(warnings.at(-1)).toBe(error)
    expect(await given.next()).toEqual(NONE)
  })
})

describe('words of a command line', () => {
  it('are paths beside the folder that they were written in', () => {
    expect(absolutePaths(['a b.roundabout', './-x.roundabout', '../é', ''], folder)).toEqual([
      at('a b.roundabout'),
      at('-x.roundabout'),
      resolve(folder, '../é'),
    ])
    expect(absolutePaths([at('a')], '/elsewhere')).toEqual([at('a')])
  })

  it('may be URLs of files', () => {
    const { href } = pathToFileURL(at('a b é.roundabout'))
    expect(absolutePaths([href], '/elsewhere')).toEqual([at('a b é.roundabout')])
  })

  it.each([
    'file://other-machine/a.roundabout',
    'file:///%00',
    'file:///%2f.roundabout',
    'http://x',
  ])('that are no such URL are harmless: %s', async (word) => {
    const [path = ''] = absolutePaths([word], folder)
    expect(await taken(path)).toMatch(/was not opened/)
  })
})
