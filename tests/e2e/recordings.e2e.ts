// A session as a file: saved, and opened again unchanged.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { choose, openFile, savedBy } from './files'
import { socketsOf } from './programs'
import { everybodyIsAnswered, shown } from './screen'

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

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })

/** Counts of the proxy and the servers, from their names on the graph. */
function portsIn(nodes: readonly string[]): number[] {
  return nodes.flatMap((name) => / port (\d+)/.exec(name)?.[1] ?? []).map(Number)
}
