// Pictures of the main states in test-results/, to be looked at: light and dark, on a laptop and on a large screen.
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { appTest } from './app'
import { sendMessage } from './screen'

const test = appTest({ latencyMs: 600 })
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

describe.each(SIZES)('at $width × $height', (size) => {
  test.for(['light', 'dark'] as const)('%s', async (colorScheme, { app }) => {
    const { page } = app
    const picture = (state: string) =>
      app.screenshot(`${state}-${colorScheme}-${size.width}x${size.height}`)
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()

    await page.getByRole('button', { name: 'Add server', exact: true }).click()
    await page.getByRole('button', { name: /^Server 500,.* up$/ }).waitFor()
    await picture('added')

    await page.getByRole('button', { name: 'Send all' }).click()
    await page.getByRole('button', { name: /^Server 100,.*in flight/ }).waitFor()
    await page.keyboard.press('p')
    await page.getByText('held while paused').waitFor()
    await picture('paused')
    await page
      .getByRole('grid', { name: 'Packets, newest first' })
      .getByText('proxy')
      .first()
      .click()
    await picture('packet')
    await page.keyboard.press('j')
    await picture('projector')
    await page.keyboard.press('j')
    await page.keyboard.press('p')
    await page.getByRole('button', { name: /^Client 6,.* 1 answer\b/ }).waitFor()

    await sendMessage(page, { client: 'Client 2', policy: '999' })
    await page.getByRole('button', { name: /^Client 2,.* last answer an error/ }).waitFor()
    await picture('nobody-serves')

    await page.getByRole('tab', { name: 'Terminals' }).click()
    await picture('terminals')
    await openComposer(page)
    await picture('composer')
  })
})

async function openComposer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send message', exact: true }).click()
  await page.getByRole('dialog', { name: 'Message' }).waitFor()
}
