// Tests the launcher's watch over the desktop app, with small programs instead of Electron.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runDesktopApp, windowLimit } from './desktop-app.mjs'
import { TRY_AGAIN } from './failure-note.mjs'

// Programs for `node -e`; their arguments are a file for a note and one that they wait for.
const SHOW = "fs.writeFileSync(process.env.ROUNDABOUT_SHOWN_FILE, '');"
const NOTE = 'fs.writeFileSync(process.argv[1], String(process.pid));'
const HANG = 'setInterval(() => {}, 1_000_000);'
const DEAF = "process.on('SIGTERM', () => {});"
const END_WHEN_ALLOWED = 'setInterval(() => fs.existsSync(process.argv[2]) && process.exit(5), 10);'

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-desktop-app-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const noteFile = () => join(folder, 'note')
const allowedFile = () => join(folder, 'allowed')
const hangNote = () => join(folder, 'cache', 'hung.json')
const run = (code, { command = process.execPath, ...options } = {}) =>
  runDesktopApp(command, ['-e', code, noteFile(), allowedFile()], {
    hangNote: hangNote(),
    ...options,
  })
/** A limit of 7 seconds that the test ends itself. */
const limitOfTest = () => {
  const controller = new AbortController()
  return { signal: controller.signal, seconds: 7, end: () => controller.abort() }
}
/** Resolves with the note, which the program writes at the point that the test needs. */
const noted = () => vi.waitFor(() => readFileSync(noteFile(), 'utf8'), { timeout: 9_000 })
const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('runDesktopApp', () => {
  it('gives the exit code of an app that was seen', async () => {
    expect(await run(`${SHOW} process.exit(0)`)).toEqual({ code: 0 })
    expect(await run(`${SHOW} process.exit(3)`)).toEqual({ code: 3 })
  })

  it('lets an app that was seen run past the limit', async () => {
    const limit = limitOfTest()
    const ended = run(`${SHOW} ${NOTE} ${END_WHEN_ALLOWED}`, { limit })
    await noted()
    limit.end()
    writeFileSync(allowedFile(), '')
    expect(await ended).toEqual({ code: 5 })
  })

  it.each([
    ['process.exit(0)', 'it ended with code 0 before its window appeared'],
    ['process.exit(1)', 'it ended with code 1 before its window appeared'],
    ["process.kill(process.pid, 'SIGKILL')", 'it ended with code 137 before its window appeared'],
  ])('names the end of an app that nobody saw: %s', async (code, problem) => {
    expect(await run(code)).toEqual({ problem })
  })

  it('names a program that cannot be started', async () => {
    expect(await run('', { command: join(folder, 'electron'), limit: windowLimit() })).toEqual({
      problem: expect.stringMatching(/^it cannot be started \(.*ENOENT\)$/),
    })
  })

  it.each([
    ['listens to signals', ''],
    ['is deaf to them', DEAF],
  ])('ends an app without a window, which %s', async (_, deaf) => {
    const limit = limitOfTest()
    const ended = run(`${deaf} ${NOTE} ${HANG}`, { limit, endLimitMs: 50 })
    const pid = Number(await noted())
    limit.end()
    expect(await ended).toEqual({
      problem: 'its window did not appear within 7 seconds, so it was ended',
    })
    expect(isAlive(pid)).toBe(false)
  })

  it('gives the exit code of an app that was told to end after the limit', async () => {
    const limit = limitOfTest()
    const ended = run(`${DEAF} ${NOTE} ${HANG}`, { limit })
    await noted()
    limit.end()
    // What Ctrl+C raises, without reaching the process that runs the tests.
    process.emit('SIGINT', 'SIGINT')
    expect(await ended).toEqual({ code: 128 + constants.signals.SIGINT })
    expect(existsSync(hangNote())).toBe(false)
  })

  it('does not start again an Electron that has hung, until that is another one', async () => {
    const command = join(folder, 'electron')
    copyFileSync(process.execPath, command)
    const hanging = limitOfTest()
    const hung = run(`${NOTE} ${HANG}`, { command, limit: hanging })
    await noted()
    hanging.end()
    await hung
    expect(await run('process.exit(3)', { command, limit: limitOfTest() })).toEqual({
      problem: `its window did not appear at an earlier start (${TRY_AGAIN})`,
    })
    utimesSync(command, 1, 1)
    expect(await run(`${SHOW} process.exit(3)`, { command, limit: limitOfTest() })).toEqual({
      code: 3,
    })
  })

  it('starts an Electron that has hung if there is no limit, and forgets that once it is shown', async () => {
    const limit = limitOfTest()
    const hung = run(`${NOTE} ${HANG}`, { limit })
    await noted()
    limit.end()
    await hung
    const problem = 'it ended with code 3 before its window appeared'
    expect(await run('process.exit(3)')).toEqual({ problem })
    expect(existsSync(hangNote())).toBe(true)
    expect(await run(`${SHOW} process.exit(0)`)).toEqual({ code: 0 })
    expect(await run(`${SHOW} process.exit(0)`, { limit: limitOfTest() })).toEqual({ code: 0 })
  })

  it('leaves no folder behind', async () => {
    const code = `fs.writeFileSync(process.argv[1], process.env.ROUNDABOUT_SHOWN_FILE); ${SHOW}`
    expect(await run(code)).toEqual({ code: 0 })
    expect(existsSync(dirname(await noted()))).toBe(false)
  })
})
