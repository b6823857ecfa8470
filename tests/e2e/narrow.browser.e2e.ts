// A window of 320 pixels, as one of 1280 pixels is at a zoom of 400 %: what appears on top of the graph is whole and can be
// clicked.
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { say } from './programs'
import { proxyPort } from './screen'

const test = appTest({ latencyMs: 20 })

test('a notice is within the window, and clients that have left can be cleared', async ({
  app: { page },
}) => {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  const port = await proxyPort(page)
  const ids = [701, 702, 703, 704, 705, 706]
  const message = { type: 0, privPoliId: 222, payloadsize: 1, payload: 'x' }
  await Promise.all(ids.map((srcid) => say(port, { ...message, srcid })))
  await say(port, { type: 1, id: 100, privPoliId: 111, listenport: 9 })
  await page.setViewportSize({ width: 320, height: 640 })

  const notice = page.getByRole('alert').filter({ hasText: 'has registered the id 100' })
  await notice.waitFor()
  const parts = await notice.or(notice.getByRole('button')).all()
  expect(parts).toHaveLength(3)
  for (const part of parts) {
    const { x, width } = (await part.boundingBox()) ?? { x: 0, width: 0 }
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(320)
  }
  await notice.getByRole('button', { name: 'Dismiss' }).click()

  const folded = page.getByText('2 clients have left')
  await folded.getByRole('button', { name: 'Clear', exact: true }).click()
  await folded.waitFor({ state: 'detached' })
})

test('what is wider than the window wraps, and the past is named wherever the page is scrolled to', async ({
  app: { page },
}) => {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.setViewportSize({ width: 320, height: 640 })

  await page.keyboard.press('m')
  const form = page.getByRole('dialog', { name: 'Message' })
  await expectWithinWindow(form.getByRole('textbox', { name: 'Payload' }))
  await page.keyboard.press('Escape')

  await page.getByRole('tab', { name: 'Sequence' }).click()
  await page.getByRole('button', { name: 'Full size' }).click()
  await expectWithinWindow(page.getByRole('button', { name: 'Back to the graph' }))
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Step back' }).click()
  const back = page.getByRole('button', { name: 'Back to now' })
  await page.getByRole('heading', { name: 'Join with your own program' }).scrollIntoViewIfNeeded()
  await expectWithinWindow(back)
  await back.click()
  await back.waitFor({ state: 'detached' })
})

async function expectWithinWindow(element: Locator): Promise<void> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('It is not shown.')
  const { x, y, width, height } = box
  expect([x, y].every((edge) => edge >= 0)).toBe(true)
  expect(x + width).toBeLessThanOrEqual(320)
  expect(y + height).toBeLessThanOrEqual(640)
}
