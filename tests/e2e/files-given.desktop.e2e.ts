// Files that the system gives to the desktop app: on the command line of this start or a later one, and the way of macOS.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { _electron } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopArguments, electronPath, ROOT, withDesktopApp } from './app'
import { choose, savedBy } from './files'
import { start } from './programs'

const OPTIONS = { latencyMs: 100 }
const SCENARIO = 'one-server-per-policy.roundabout-scenario'

describe('a file that the system gives', () => {
  let profile: string
  let folder: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-profile-'))
    folder = await mkdtemp(join(tmpdir(), 'roundabout-given-'))
    await copyFile(join(ROOT, 'examples', SCENARIO), join(folder, SCENARIO))
  })
  afterEach(async () => {
    await rm(profile, { recursive: true, force: true })
    await rm(folder, { recursive: true })
  })

  /** Starts the app with files, as a double click does. */
  async function withFiles(files: readonly string[], use: (page: Page) => Promise<void>) {
    const electron = await _electron.launch({
      executablePath: electronPath(),
      args: [...desktopArguments(profile, OPTIONS), ...files],
      cwd: folder,
    })
    try {
      const page = await electron.firstWindow()
      await use(page)
    } finally {
      await electron.close()
    }
  }

  it('is open when the app has started: a recording, in front of what was recovered', async () => {
    const recording = join(folder, 'Übung 3 – a b.roundabout')
    await withDesktopApp({ ...OPTIONS, profile }, async (app) => {
      await node(app.page, /^Server 400,.* up$/).waitFor()
      const { bytes } = await savedBy(app, () => choose(app.page, 'Save the recording'))
      await writeFile(recording, bytes)
      await app.crash()
    })
    await withFiles([pathToFileURL(recording).href], async (page) => {
      const band = page.getByRole('region', { name: 'A recording' })
      await band.getByText('Übung 3 – a b.roundabout').waitFor()
      const offer = page.getByText('ended unexpectedly')
      expect(await offer.count()).toBe(0)
      await band.getByRole('button', { name: 'Close' }).click()
      await offer.waitFor()
    })
  })

  it('is open when the app has started: a scenario, by a path beside the folder', async () => {
    await withFiles([`./${SCENARIO}`], async (page) => {
      await node(page, /^Client 4, policy 444/).waitFor()
      await node(page, /^Server 300, policy 333,.* up$/).waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
    })
  })

  it('that cannot be opened is told in the window, each by its name', async () => {
    await mkdir(join(folder, 'folder.roundabout'))
    await withFiles(['missing.roundabout', 'folder.roundabout', 'a.png'], async (page) => {
      const notices = page.getByRole('region', { name: 'Notices' })
      await notices
        .getByText(/missing\.roundabout was not opened\. There is no such file/)
        .waitFor()
      await notices.getByText(/folder\.roundabout was not opened\. It is a folder/).waitFor()
      await notices.getByText(/a\.png was not opened\. Roundabout opens recordings/).waitFor()
      await node(page, /^Server 400,.* up$/).waitFor()
    })
  })

  it('to a second start is opened by the first one', async () => {
    await withDesktopApp({ ...OPTIONS, profile }, async ({ page, electron }) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      const second = start(electronPath(), [
        ...desktopArguments(profile, OPTIONS),
        join(folder, SCENARIO),
      ])
      const { code, err } = await second.ended
      expect(code).toBe(0)
      expect(err).toContain(`Roundabout is running already: its window opens ${SCENARIO}.`)
      await node(page, /^Client 4, policy 444/).waitFor()
      expect(electron?.windows()).toHaveLength(1)
    })
  })

  it('the way of macOS is opened too', async () => {
    await withDesktopApp({ ...OPTIONS, profile }, async ({ page, electron }) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      const prevented = await electron?.evaluate(
        ({ app }, path) => {
          let isPrevented = false
          const preventDefault = () => {
            isPrevented = true
          }
          app.emit('open-file', { preventDefault }, path)
          return isPrevented
        },
        join(folder, SCENARIO),
      )
      expect(prevented).toBe(true)
      await node(page, /^Client 4, policy 444/).waitFor()
    })
  })

  it('is the only one that the page gets: it can name none', async () => {
    await withDesktopApp({ ...OPTIONS, profile }, async ({ page, errors }) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      const taken = await page.evaluate(
        async (path) => {
          const { takeFile } = Reflect.get(window, 'roundabout')
          return [await takeFile(path), await takeFile({ path })]
        },
        join(folder, SCENARIO),
      )
      expect(taken).toEqual([null, null])
      expect(errors).toEqual([])
    })
  })
})

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })
