// Files from the system in the desktop app: on the command line of this start or a later one, and
// by macOS' event.

import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appTest, desktopArguments, logFile, withDesktopApp } from './app'
import { electronPath, ROOT } from './app-paths'
import { withElectron } from './electron'
import { choose, savedBy } from './files'
import { packetsKeptIn } from './kept-packets'
import { removeProfile } from './profile-folder'
import { start } from './programs'
import { everybodyIsAnswered } from './screen'

const OPTIONS = { latencyMs: 100 }
const SCENARIO = 'one-server-per-policy.roundabout-scenario'

/** The profile of the app that already runs, which later starts find. */
const RUNNING = join(tmpdir(), `roundabout-running-${process.pid}`)
const running = appTest({ ...OPTIONS, profile: RUNNING, scope: 'file' })
afterAll(() => removeProfile(RUNNING))

describe('a file that the system gives', () => {
  let profile: string
  let folder: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-profile-'))
    folder = await mkdtemp(join(tmpdir(), 'roundabout-given-'))
    await copyFile(join(ROOT, 'examples', SCENARIO), join(folder, SCENARIO))
  })
  afterEach(async () => {
    await removeProfile(profile)
    await rm(folder, { recursive: true })
  })

  /** Starts the app with files, as a double click does. */
  async function withFiles(files: readonly string[], use: (page: Page) => Promise<void>) {
    const args = [...desktopArguments(profile, OPTIONS), ...files]
    await withElectron({ args, cwd: folder }, async (electron) => use(await electron.firstWindow()))
  }

  /** Starts the app with files and a profile, and waits for its end. */
  const startAgain = (files: readonly string[], usedProfile = profile) =>
    start(electronPath(), [...desktopArguments(usedProfile, OPTIONS), ...files]).ended

  it('is open when the app has started: a recording, in front of what was recovered', async () => {
    const recording = join(folder, 'Übung 3 – a b.roundabout')
    const kept = () => packetsKeptIn(join(profile, 'recordings'))
    await withDesktopApp({ ...OPTIONS, profile }, async (app) => {
      // A crashed session in which nothing happened is not offered.
      const all = (await everybodyIsAnswered(app.page)).packets
      await expect.poll(kept).toBe(all.length)
      const { bytes } = await savedBy(app, () => choose(app.page, 'Save the recording'))
      await writeFile(recording, bytes)
      await app.crash()
    })
    await withFiles([pathToFileURL(recording).href], async (page) => {
      const band = page.getByRole('region', { name: 'A recording' })
      await band.getByText('Übung 3 – a b.roundabout').waitFor()
      const offer = page.getByRole('alert').filter({ hasText: 'ended unexpectedly' })
      expect(await offer.count()).toBe(0)
      await band.getByRole('button', { name: 'Close' }).click()
      await offer.getByRole('button', { name: 'Open' }).click()
      await band.getByText(/\d\d\.\d\d$/).waitFor()
      await page.getByRole('slider', { name: 'Moment' }).press('End')
      await node(page, /^Client 6,.* 1 answer, last answer correct$/).waitFor()
      // It is offered until a person discards it.
      await page.reload()
      await offer.getByRole('button', { name: 'Discard' }).click()
      await offer.waitFor({ state: 'detached' })
    })
    expect(await kept()).toBe(0)
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
    const log = await readFile(logFile(profile), 'utf8')
    expect(log).toContain('The file "missing.roundabout" was not opened: There is no such file.')
    expect(log).not.toContain(folder)
    expect(log).not.toContain('refused')
  })

  running(
    'among many is opened as long as ten; the app that runs is told how many more there are',
    async ({ app }) => {
      const { page, log } = app
      await node(page, /^Server 400,.* up$/).waitFor()
      const files = Array.from({ length: 300 }, (_, index) => `/nowhere/日本${index}.roundabout`)
      const { code, err } = await startAgain(files, RUNNING)
      expect(code).toBe(0)
      expect(err).toContain('It does not open 290 more.')
      await expect.poll(log).toContain('290 more files were not opened')
      expect(log().match(/The file "日本\d\.roundabout" was not opened/g)).toHaveLength(10)
      await expectToAnswer(page)
    },
  )

  running(
    'among more than can be handed over is not opened, in words, and the app that runs goes on',
    async ({ app }) => {
      const { page, log } = app
      const long = 'x'.repeat(100)
      const files = Array.from({ length: 300 }, (_, index) => `/nowhere/${long}${index}.roundabout`)
      await node(page, /^Server 400,.* up$/).waitFor()
      const before = log()
      const refused = { code: 1, err: expect.stringMatching(TOO_MANY) }
      expect(await startAgain(files, RUNNING)).toMatchObject(refused)
      await expectToAnswer(page)
      expect(log()).toBe(before)
      // The running app cannot be asked, so the result is the same without one.
      expect(await startAgain(files)).toMatchObject(refused)
    },
  )

  running('may have a name that steers a terminal, which it then does not', async ({ app }) => {
    const { page } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    const { err } = await startAgain(['/nowhere/\u001b[31mred\n.roundabout'], RUNNING)
    expect(err).toContain('its window opens \\u{1b}[31mred\\n.roundabout.')
    expect(err).not.toContain('\u001b[31m')
  })

  running('to a second start is opened by the first one', async ({ app }) => {
    const { page, electron } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    const name = `日本 a b ${SCENARIO}`
    await copyFile(join(folder, SCENARIO), join(folder, name))
    const { code, err } = await startAgain([join(folder, name)], RUNNING)
    expect(code).toBe(0)
    expect(err).toContain(`Roundabout is running already: its window opens ${name}.`)
    await node(page, /^Client 4, policy 444/).waitFor()
    expect(electron?.windows()).toHaveLength(1)
  })

  running('the way of macOS is opened too', async ({ app }) => {
    const { page, electron } = app
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

  running('is the only one that the page gets: it can name none', async ({ app }) => {
    const { page, errors } = app
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

const TOO_MANY = /^Too many files at once: none was opened\. Open at most 10 at a time\.$/m

/** Carries out a request in the process behind the page. */
async function expectToAnswer(page: Page): Promise<void> {
  const answer = await page.evaluate(() =>
    Reflect.get(window, 'roundabout').execute({ type: 'setSpeed', speed: 1 }),
  )
  expect(answer).toMatchObject({ ok: true })
}

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })
