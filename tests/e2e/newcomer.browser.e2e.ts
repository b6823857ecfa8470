// What a newcomer tries next: a label, everybody's messages, another algorithm, a policy that nobody serves.
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { packets, sendMessage, servedByServer, switchingTable } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })
const SETTLED = { timeout: 20_000 }

interface Point {
  x: number
  y: number
}

describe('a newcomer', () => {
  test('gives a server a label, which stands on its card', async ({ app }) => {
    const { page } = app
    const server = page.getByRole('button', { name: /^Server 300,.* up$/ })
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    // The hand trembles, and the card moves away before the button is up: the click is the server's.
    const at = await pressOn(page, server)
    await page.keyboard.press('s')
    await page.getByRole('button', { name: /^Server 1001,.* up$/ }).waitFor()
    await expect.poll(() => isAt(server, at)).toBe(false)
    await page.mouse.up()
    const label = inspector.getByLabel('Label', { exact: true })
    await label.fill('x'.repeat(41))
    await inspector.getByRole('button', { name: 'Save' }).click()
    await inspector.getByText('A label has at most 40 characters; this one has 41.').waitFor()
    await label.fill('The old machine')
    await inspector.getByRole('button', { name: 'Save' }).click()
    const card = page.getByRole('button', { name: /^Server 300, The old machine,/ })
    await card.getByText('The old machine', { exact: true }).waitFor()
    // Saving leaves the focus on the button, where keys are shortcuts.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save')
    await page.keyboard.press('Escape')
    await inspector.getByRole('heading', { name: 'Nothing selected' }).waitFor()
  })

  test('lets everybody send, and every hash is correct', async ({ app }) => {
    const { page } = app
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    await page.getByRole('button', { name: 'Send all' }).click()
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 2, 200: 2, 300: 1, 400: 1 })
    const answers = async () =>
      (await packets(page)).filter((row) => row.Type === 'answer' && row.From === 'proxy')
    await expect.poll(answers, SETTLED).toHaveLength(6)
    for (let id = 1; id <= 6; id++) {
      const name = new RegExp(`^Client ${id},.* 1 answer, last answer correct$`)
      await page.getByRole('button', { name }).waitFor()
    }
    await app.screenshot('everybody')
  })

  test('chooses another algorithm for a policy, and sees no turn any more', async ({ app }) => {
    const { page } = app
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    await page.getByRole('group', { name: /^Reverse proxy, round-robin, port/ }).click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const pool = inspector.getByRole('group', { name: 'Pool of policy 111' })
    await pool.getByLabel('Algorithm').selectOption({ label: 'Random' })
    await page
      .getByRole('group', { name: /round-robin.*, random for 111, next for 222: \d00/ })
      .waitFor()
    await sendMessage(page, { client: 'Client 1', policy: '111' })
    await inspector.getByText(/^random: number [12] of 2 was drawn/).waitFor()
    await app.screenshot('random')
    await pool.getByLabel('Algorithm').selectOption({ label: 'Round-robin' })
    await page.getByRole('group', { name: /, next for 111: \d00/ }).waitFor()
  })

  test('is told when nobody serves a policy', async ({ app }) => {
    const { page } = app
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    await sendMessage(page, { client: 'Client 2', policy: '333' })
    const errors = async () => (await packets(page)).filter((row) => row.Type === 'error')
    await expect.poll(errors, SETTLED).toHaveLength(1)
    expect((await errors())[0]).toMatchObject({ From: 'proxy', To: 'client 2' })
    await app.screenshot('nobody-serves')
  })
})

/** Presses the mouse's button near the lower edge of the element, and moves it by a little. Returns where it is. */
async function pressOn(page: Page, element: Locator): Promise<Point> {
  await element.hover()
  const { x, y, width, height } = (await element.boundingBox()) ?? NOWHERE
  const at = { x: x + width / 2, y: y + height * 0.9 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 2, at.y + 1)
  return at
}

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 }

function isAt(element: Locator, at: Point): Promise<boolean> {
  return element.evaluate((node, { x, y }) => node.contains(document.elementFromPoint(x, y)), at)
}
