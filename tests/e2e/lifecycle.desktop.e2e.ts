// The desktop app from start to end: one window, its place remembered, and nothing left behind.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopArguments, electronPath, withDesktopApp } from './app'
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
    const { child, ended } = start(electronPath(), desktopArguments(profile, {}))
    await expect.poll(() => exists(join(profile, 'Local Storage')), { timeout: 30_000 }).toBe(true)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it('says so when the port asked for is taken', async () => {
    const port = await takePort()
    const args = [...desktopArguments(profile, {}).slice(0, -2), '--proxy-port', String(port)]
    const { written } = start(electronPath(), args)
    // An error box stays open until somebody has read it; the terminal has the same sentence at once.
    await expect.poll(() => written.err, { timeout: 30_000 }).toContain(`Port ${port} is in use`)
  })
})

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
