// A session as a file: saved, and opened again unchanged; and the recording of a session whose process was killed.

import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { isSending } from '../../src/shared/carried'
import { completeBlocks } from '../../src/shared/recording/format'
import { readRecording } from '../support/recordings'
import { type App, appTest, withBrowserApp, withDesktopApp } from './app'
import { choose, openFile, savedBy } from './files'
import { removeProfile } from './profile-folder'
import { socketsOf } from './programs'
import { everybodyIsAnswered, type Shown, shown } from './screen'

const SETTLED = { timeout: 20_000 }
const test = appTest({ latencyMs: 100 })

describe('a recording', () => {
  test('shows what the session showed, without a socket', async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const end = await everybodyIsAnswered(page)
    await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('region', { name: 'The past' }).waitFor()
    const middle = await shown(page)
    await page.keyboard.press('b')
    await page.getByRole('region', { name: 'The past' }).waitFor({ state: 'detached' })
    const { name, bytes } = await savedBy(app, () => choose(page, 'Save the recording'))
    expect(name).toMatch(/^roundabout-\d{4}-\d\d-\d\d-\d{4}\.roundabout$/)

    // The lab changes: the recording does not show its present state.
    await page.keyboard.press('p')
    await page.keyboard.press('s')
    await node(page, /^Server 1001,.* up$/).waitFor()
    await page.keyboard.press('p')
    const later = await shown(page)
    expect(later).not.toEqual(end)

    const sockets = async () => socketsOf(app.pid, portsIn(end.nodes))
    const before = await sockets()
    await openFile(page, 'lesson 1.roundabout', bytes)
    const band = page.getByRole('region', { name: 'A recording' })
    await band.getByText('lesson 1.roundabout').waitFor()
    const handle = page.getByRole('slider', { name: 'Moment' })
    await handle.press('End')
    await expect.poll(() => shown(page), SETTLED).toEqual(end)
    await page.getByRole('button', { name: 'Step back' }).click()
    await expect.poll(() => shown(page), SETTLED).toEqual(middle)
    await app.screenshot('a-recording')

    await page.keyboard.press('a')
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText('nothing in it is live, and nothing done here can change it')
      .waitFor()
    expect(await shown(page)).toEqual(middle)
    expect(await sockets()).toEqual(before)

    await band.getByRole('button', { name: 'Close' }).click()
    await band.waitFor({ state: 'detached' })
    expect(await shown(page)).toEqual(later)
  })
})

describe('a session whose process was killed', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-crashed-'))
  })
  afterEach(() => removeProfile(profile))

  it('is offered at the next start, up to its end', async () => {
    const runApp = inject('shell') === 'desktop' ? withDesktopApp : withBrowserApp
    const folder = join(profile, 'recordings')
    const options = { latencyMs: 100, profile }
    let last: Shown | undefined
    await runApp(options, async ({ page, crash }: App) => {
      last = await everybodyIsAnswered(page)
      // Within a second all of it is on the disk.
      await expect.poll(() => packetsIn(folder), SETTLED).toBe(last.packets.length)
      await crash()
    })

    await runApp(options, async ({ page, errors, screenshot }: App) => {
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
    await runApp(options, async ({ page }: App) => {
      await page.getByRole('button', { name: 'Discard' }).click()
      await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' })
    })
    await runApp(options, async ({ page }: App) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      expect(await page.getByText('ended unexpectedly').count()).toBe(0)
    })
  })
})

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })

/** Counts of the proxy and the servers, from their names on the graph. */
function portsIn(nodes: readonly string[]): number[] {
  return nodes.flatMap((name) => / port (\d+)/.exec(name)?.[1] ?? []).map(Number)
}

/** Number of packets sent, according to the session's file on disk. */
async function packetsIn(folder: string): Promise<number> {
  const files = await readdir(folder).catch(() => [])
  const name = files.find((file) => file.endsWith('.part'))
  if (name === undefined) return 0
  const bytes = await readFile(join(folder, name))
  const { blocks } = readRecording(bytes.subarray(0, completeBlocks(bytes)))
  return blocks.flatMap(({ events }) => events).filter(isSending).length
}
