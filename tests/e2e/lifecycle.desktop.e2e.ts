// The desktop app from start to end: one window, its place remembered, and nothing left behind.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopArguments, electronPath, ROOT, withDesktopApp } from './app'
import { start, takePort } from './programs'

describe('the desktop app', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-lifecycle-'))
  })
  afterEach(() => rm(profile, { recursive: true, force: true }))

  const place = async () => JSON.parse(await readFile(join(profile, 'window.json'), 'utf8'))

  it('remembers its size and place', async () => {
    await withDesktopApp({ profile }, async ({ electron }) => {
      await electron?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 1000, height: 700 }),
      )
      await expect
        .poll(() =>
          electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize()),
        )
        .toEqual([1000, 700])
    })
    const saved = await place()
    expect(saved).toMatchObject({ width: 1000, height: 700, maximized: false })

    await withDesktopApp({ profile }, async ({ electron }) => {
      const size = await electron?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getSize(),
      )
      expect(size).toEqual([1000, 700])
    })
  })

  it('is one: a second start ends at once and says why', async () => {
    await withDesktopApp({ profile }, async ({ electron }) => {
      const { code, err } = await start(electronPath(), desktopArguments(profile, {})).ended
      expect(code).toBe(0)
      expect(err).toContain('Roundabout is running already')
      expect(electron?.windows()).toHaveLength(1)
    })
  })

  it('ends on a signal with code 0', async () => {
    await withDesktopApp({ profile }, async ({ electron, page }) => {
      await page.getByRole('button', { name: 'Add server', exact: true }).waitFor()
      const child = electron?.process()
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill('SIGTERM')
      expect(await ended).toBe(0)
    })
  })

  it('brings a page that crashed back, asking the second time, and the engine goes on', async () => {
    const { child, written, ended } = start(electronPath(), [
      '--require',
      join(ROOT, 'tests/e2e/crash-pages.cjs'),
      ...desktopArguments(profile, {}),
    ])
    await expect.poll(() => written.out, { timeout: 40_000 }).toContain('shown 3')
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect(out.trim().split('\n')).toEqual(['shown 1', 'shown 2', 'asked', 'shown 3'])
    expect(err.match(/The window's page ended/g)).toHaveLength(2)
    expect(code).toBe(0)
  })

  it('says so when the port asked for is taken', async () => {
    const port = await takePort()
    const args = [...desktopArguments(profile, {}).slice(0, -2), '--proxy-port', String(port)]
    const { written } = start(electronPath(), args)
    // An error box stays open until somebody has read it; the terminal has the same sentence at once.
    await expect.poll(() => written.err, { timeout: 30_000 }).toContain(`Port ${port} is in use`)
  })
})
