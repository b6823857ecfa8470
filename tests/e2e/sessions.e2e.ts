// Sessions from one start to the next: what was done is kept and can be opened again, and the lab begins as it was left.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { type App, withBrowserApp, withDesktopApp } from './app'
import { choose } from './files'
import { removeProfile } from './profile-folder'
import { packets, shown } from './screen'

const SETTLED = { timeout: 20_000 }
const runApp = inject('shell') === 'desktop' ? withDesktopApp : withBrowserApp

/** The server that the test adds. */
const ADDED = /^Server 1001,.* up$/

describe('a session', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-sessions-'))
  })
  afterEach(() => removeProfile(profile))

  it('is kept when it ends, by closing the app or by a new session, and the lab goes on as it was left', async () => {
    const options = { latencyMs: 100, profile }
    let last: Awaited<ReturnType<typeof shown>> | undefined
    await runApp(options, async (app: App) => {
      const { page } = app
      await node(page, /^Server 400,.* up$/).waitFor()
      await page.keyboard.press('s')
      await node(page, ADDED).waitFor()
      await answered(page)
      last = await shown(page)

      await choose(page, 'New session')
      const question = page.getByRole('dialog', { name: 'Begin a new session?' })
      await question.getByRole('radio', { name: 'as they are now' }).waitFor()
      await app.screenshot('new-session')
      await question.getByRole('button', { name: 'New session' }).click()
      await page.getByText('A new session has begun').waitFor()
      await node(page, ADDED).waitFor()
      await expect.poll(() => packets(page), SETTLED).toHaveLength(5)
      // Time begins at 0: what the servers registered with at first was sent in the first second.
      for (const { Time } of await packets(page)) expect(Number(Time)).toBeLessThan(1)
      await answered(page)
      await choose(page, 'Open recent')
      const recent = page.getByRole('dialog', { name: 'Open recent' })
      await recent.getByText('6 messages · Classic pool').waitFor()
      await app.screenshot('open-recent')
      await page.keyboard.press('Escape')
    })

    await runApp(options, async (app: App) => {
      const { page, errors, electron } = app
      await node(page, ADDED).waitFor()
      expect(await page.getByText('ended unexpectedly').count()).toBe(0)
      await choose(page, 'Open recent')
      const recent = page.getByRole('dialog', { name: 'Open recent' })
      const sessions = recent.getByRole('button', { name: /6 messages/ })
      await expect.poll(() => sessions.count()).toBe(2)
      await app.screenshot('open-recent-later')
      if (electron === undefined) {
        await sessions.last().click()
      } else {
        await page.keyboard.press('Escape')
        await electron.evaluate(({ Menu }) => {
          const items = Menu.getApplicationMenu()?.items.flatMap(
            ({ submenu }) => submenu?.items ?? [],
          )
          const sessions = items?.find(({ label }) => label === 'Open recent')?.submenu?.items ?? []
          sessions
            .filter(({ label }) => label.includes('6 messages'))
            .at(-1)
            ?.click()
        })
      }
      const band = page.getByRole('region', { name: 'A recording' })
      await band.getByText(/\d\d\.\d\d$/).waitFor()
      await page.getByRole('slider', { name: 'Moment' }).press('End')
      await expect.poll(async () => (await shown(page)).nodes, SETTLED).toEqual(last?.nodes)
      await app.screenshot('recent-opened')
      await band.getByRole('button', { name: 'Close' }).click()

      await choose(page, 'Open recent')
      await recent
        .getByRole('button', { name: /^Discard/ })
        .first()
        .click()
      await expect.poll(() => sessions.count()).toBe(1)
      await page.keyboard.press('Escape')
      expect(errors).toEqual([])
    })

    // Nothing happened in the second run. The third begins afresh.
    await runApp({ ...options, args: ['--fresh'] }, async ({ page }: App) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      expect(await node(page, ADDED).count()).toBe(0)
      await choose(page, 'Open recent')
      const recent = page.getByRole('dialog', { name: 'Open recent' })
      await expect.poll(() => recent.getByRole('button', { name: /6 messages/ }).count()).toBe(1)
    })
  }, 90_000)
})

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })

/** Every client sends and is answered. */
async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send all' }).click()
  await node(page, /^Client 6,.* 1 answer, last answer correct$/).waitFor()
}
