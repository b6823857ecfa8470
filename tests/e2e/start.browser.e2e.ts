// `npm start` as a person runs it at the terminal, without npm around it: in the browser, and the
// fallback to it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { start } from './programs'

const TWO_LINES =
  /^Roundabout: http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32,}\nProxy: 127\.0\.0\.1:\d+\n$/
const LIMIT = { timeout: 40_000 }

const npmStart = (args: string[], env: Record<string, string> = {}) =>
  start(process.execPath, ['scripts/start.mjs', '--no-open', '--proxy-port', '0', ...args], env)

/** Its output without the lines about a build of changed sources. */
const linesOf = (err: string) => err.split('\n').filter((line) => !['', 'Building…'].includes(line))

describe('npm start', () => {
  it('prints exactly two lines with --web, and ends on a signal with code 0', async () => {
    const { child, written, ended } = npmStart(['--web'])
    await expect.poll(() => written.out, LIMIT).toMatch(/Proxy: .*\n/)
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(TWO_LINES) })
    expect(linesOf(err)).toEqual([])
  })

  it('says in one line why it serves to the browser where Electron cannot be had', async () => {
    const folder = '/nowhere/electron'
    const { child, written, ended } = npmStart([], {
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      DISPLAY: ':0',
    })
    await expect.poll(() => written.out, LIMIT).toMatch(/Proxy: .*\n/)
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(TWO_LINES) })
    expect(linesOf(err)).toEqual([expect.stringContaining(folder)])
  })

  it('serves to the browser where Electron ends without a window, and says with which code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roundabout-electron-'))
    try {
      await writeFile(join(folder, 'electron'), '#!/bin/sh\nexit 7\n', { mode: 0o755 })
      const { child, written, ended } = npmStart([], {
        ELECTRON_OVERRIDE_DIST_PATH: folder,
        DISPLAY: ':0',
      })
      await expect.poll(() => written.out, LIMIT).toMatch(/Proxy: .*\n/)
      child.kill('SIGTERM')
      const { code, out, err } = await ended
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(TWO_LINES) })
      expect(linesOf(err).at(-1)).toBe(
        'Serving to the browser instead of the desktop app: ' +
          `it ended with code 7 before its window appeared (${join(folder, 'electron')}).`,
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
