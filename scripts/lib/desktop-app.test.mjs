// Tests the launcher's watch over the desktop app, with small programs instead of Electron.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runDesktopApp, windowLimit } from './desktop-app.mjs'

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
const run = (code, { limit = new AbortController().signal, ...options } = {}) =>
  runDesktopApp(process.execPath, ['-e', code, noteFile(), allowedFile()], { limit, ...options })
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
    const limit = new AbortController()
    const ended = run(`${SHOW} ${NOTE} ${END_WHEN_ALLOWED}`, { limit: limit.signal })
    await noted()
    limit.abort()
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
    expect(await runDesktopApp(join(folder, 'electron'), [], { limit: windowLimit() })).toEqual({
      problem: expect.stringMatching(/^it cannot be started \(.*ENOENT\)$/),
    })
  })

  it.each([
    ['listens to signals', ''],
    ['is deaf to them', DEAF],
  ])('ends an app without a window, which %s', async (_, deaf) => {
    const limit = new AbortController()
    const ended = run(`${deaf} ${NOTE} ${HANG}`, { limit: limit.signal, endLimitMs: 50 })
    const pid = Number(await noted())
    limit.abort()
    expect(await ended).toEqual({
      problem: 'its window did not appear within 60 seconds, so it was ended',
    })
    expect(isAlive(pid)).toBe(false)
  })

  it('leaves no folder behind', async () => {
    const code = `fs.writeFileSync(process.argv[1], process.env.ROUNDABOUT_SHOWN_FILE); ${SHOW}`
    expect(await run(code)).toEqual({ code: 0 })
    expect(existsSync(dirname(await noted()))).toBe(false)
  })
})
