// The way of a selected packet on the graph: lit, followed, and shown again when it is over.
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { sendMessage } from './screen'

const test = appTest({ latencyMs: 400, scope: 'file' })

test('a finished packet lights its way, and shows it again on request, marked as such', async ({
  app: { page },
}) => {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await sendMessage(page, { client: 'Client 2', policy: '111' })
  await page.getByRole('button', { name: /^Client 2,.* last answer correct$/ }).waitFor()
  await selectNewest(page)
  await expect.poll(() => page.locator('.link.is-on-way').count()).toBe(2)
  expect(await page.locator('.ring-on-way').count()).toBe(1)
  expect(await page.locator('.node.client.is-on-way').textContent()).toContain('Client 2')

  await page.getByRole('button', { name: 'Show its way again' }).click()
  const note = page.getByText('again, not live')
  await note.waitFor()
  await page.locator('.ghost').getByText('again').waitFor()
  const inFlight = page.getByText('0 packets in flight')
  expect(await inFlight.count()).toBe(1)
  await note.waitFor({ state: 'detached' })

  await page.keyboard.press('g')
  await note.waitFor()
  await page.keyboard.press('Escape')
  await note.waitFor({ state: 'detached' })
  expect(await page.locator('.is-on-way').count()).toBe(0)
})

test('a packet in flight is followed with its label through its whole exchange, and kept in sight', async ({
  app: { page },
}) => {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.keyboard.press('p')
  await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'where to' })
  await packetList(page).getByText('where to').waitFor()
  await selectNewest(page)
  // So large that the roundabout is out of sight.
  for (let times = 0; times < 8; times++) await page.keyboard.press('+')
  await page.getByRole('button', { name: 'Follow this one' }).click()
  const label = page.locator('.travel-label')
  await label.getByText('message “where to” to the proxy').waitFor()
  // From step to step the label has another packet. To press again for a label that is only late would pass one over.
  for (const words of [
    /^message “where to” to server \d+$/,
    /^answer to the proxy$/,
    /^answer to client 1$/,
  ]) {
    await page.keyboard.press('.')
    await label.getByText(words).waitFor()
    await expect.poll(() => isInSight(page)).toBe(true)
  }
  await page.keyboard.press('p')
  await label.waitFor({ state: 'detached' })
})

async function selectNewest(page: Page): Promise<void> {
  await packetList(page).getByText('proxy').first().click()
}

function packetList(page: Page): Locator {
  return page.getByRole('grid', { name: 'Packets, newest first' })
}

/** Whether the followed packet's label begins within the graph. */
function isInSight(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const label = document.querySelector('.travel-label')?.getBoundingClientRect()
    const graph = document.querySelector('.canvas')?.getBoundingClientRect()
    if (!label || !graph) return false
    const { left, top } = label
    return left >= graph.left && left <= graph.right && top >= graph.top && top <= graph.bottom
  })
}
