import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { launchPageFolders, writeLaunchPage } from './launch-page'

const ADDRESS = 'http://127.0.0.1:1234/?token=abc'
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

let home: string
/** Resolves when the test is over: until then nobody has used it. */
let unused: Promise<void>
let endTest: () => void

beforeEach(async () => {
  unused = new Promise((resolve) => {
    endTest = resolve
  })
  home = await mkdtemp(join(tmpdir(), 'roundabout-home-'))
})

afterEach(async () => {
  vi.useRealTimers()
  endTest()
  await expect.poll(() => readdir(home)).toEqual([])
  await rm(home, { recursive: true })
})

it('leads to the address, by itself or by a link, and runs nothing', async () => {
  const text = await readFile(await writeLaunchPage(ADDRESS, [home], unused), 'utf8')
  expect(text).toContain(`content="0; url=${ADDRESS}"`)
  expect(text).toContain(`<a href="${ADDRESS}">`)
  expect(text).not.toContain('<script')
})

it.skipIf(process.platform === 'win32')('is for nobody else to read', async () => {
  const path = await writeLaunchPage(ADDRESS, [home], unused)
  expect(await modeOf(path)).toBe(0o600)
  expect(await modeOf(dirname(path))).toBe(0o700)
})

it('is gone with its folder once it has been used', async () => {
  let use = () => {}
  await writeLaunchPage(ADDRESS, [home], new Promise<void>((resolve) => (use = resolve)))
  expect(await readdir(home)).toHaveLength(1)
  use()
  await expect.poll(() => readdir(home)).toEqual([])
})

it('is gone after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await writeLaunchPage(ADDRESS, [home], unused)
  vi.advanceTimersByTime(59_999)
  expect(await readdir(home)).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(await readdir(home)).toEqual([])
})

it('is elsewhere where nothing can be written at home', async () => {
  const path = await writeLaunchPage(ADDRESS, [join(home, 'missing'), home], unused)
  expect(dirname(dirname(path))).toBe(home)
  await expect(writeLaunchPage(ADDRESS, [join(home, 'missing')], unused)).rejects.toThrow(
    'no folder',
  )
})

it('is where browsers of every kind can read it', () => {
  expect(launchPageFolders('linux', '/home/ada')[0]).toBe('/home/ada')
  expect(launchPageFolders('win32', 'C:\\Users\\ada')).toEqual([tmpdir()])
})
