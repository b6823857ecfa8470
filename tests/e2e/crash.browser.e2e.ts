// The recording of a session whose process was killed.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, withBrowserApp } from './app'
import { packetsKeptIn } from './kept-packets'
import { removeProfile } from './profile-folder'
import { everybodyIsAnswered, type Shown, shown } from './screen'

const SETTLED = { timeout: 20_000 }

describe('a session whose process was killed', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-crashed-'))
  })
  afterEach(() => removeProfile(profile))

  it('is offered at the next start, up to its end', async () => {
    const folder = join(profile, 'recordings')
    const options = { latencyMs: 100, profile }
    let last: Shown | undefined
    await withBrowserApp(options, async ({ page, crash }: App) => {
      last = await everybodyIsAnswered(page)
      // Within a second all of it is on the disk.
      await expect.poll(() => packetsKeptIn(folder), SETTLED).toBe(last.packets.length)
      await crash()
    })

    await withBrowserApp(options, async ({ page, errors, screenshot }: App) => {
      const offer = page.getByRole('alert').filter({ hasText: 'ended unexpectedly' })
      await offer.waitFor()
      await screenshot('recovered')
      await offer.getByRole('button', { name: 'Open' }).click()
      const band = page.getByRole('region', { name: 'A recording' })
      await band.getByText(/\d\d\.\d\d$/).waitFor()
      await page.getByRole('slider', { name: 'Moment' }).press('End')
      await expect.poll(() => shown(page), SETTLED).toMatchObject({ packets: last?.packets })
      expect(await shown(page)).toEqual(last)
      await band.getByRole('button', { name: 'Close' }).click()
      await band.waitFor({ state: 'detached' })
      expect(errors).toEqual([])
    })

    // It is kept until a person discards it.
    await withBrowserApp(options, async ({ page }: App) => {
      await page.getByRole('button', { name: 'Discard' }).click()
      await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' })
    })
    await withBrowserApp(options, async ({ page }: App) => {
      await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
      expect(await page.getByText('ended unexpectedly').count()).toBe(0)
    })
  })
})
