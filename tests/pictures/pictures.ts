// Pictures of the main states in test-results/, to be looked at: light and dark, on a laptop and on a large screen.
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { appTest } from '../e2e/app'
import { choose, openFile, savedBy } from '../e2e/files'
import { sendMessage } from '../e2e/screen'

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
    await page.getByRole('button', { name: /^Server 1001,.* up$/ }).waitFor()
    await picture('added')
    await page.getByRole('button', { name: /^Server 1001,/ }).click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByLabel('Label').fill('Frankfurt, the old machine')
    await inspector.getByLabel('Keep the connection').check()
    await inspector.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /^Server 1001, Frankfurt, the old machine,/ }).waitFor()
    await picture('settings')

    await page.getByRole('button', { name: 'Send all' }).click()
    await page.getByRole('button', { name: /^Server 100,.*in flight/ }).waitFor()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
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

describe('time and insight', () => {
  test.for(['light', 'dark'] as const)('%s', async (colorScheme, { app }) => {
    const { page } = app
    const picture = (state: string) => app.screenshot(`${state}-${colorScheme}`)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()

    await page.getByRole('button', { name: 'Breakpoints: 0' }).click()
    const list = page.getByRole('dialog', { name: 'Breakpoints' })
    await list.getByLabel('Hold packets that match').fill('type:0 policy:222 to:proxy')
    await list.getByRole('button', { name: 'Add', exact: true }).click()
    await list.getByRole('checkbox').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Send all' }).click()
    await page.getByRole('button', { name: 'Breakpoints: 1, 3 packets held' }).waitFor()
    await page.getByRole('button', { name: /^Client 4,.* last answer correct$/ }).waitFor()
    await page.getByRole('button', { name: 'held: “xyz5”' }).click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByRole('button', { name: 'Edit' }).waitFor()
    await picture('held')
    await page.getByRole('button', { name: 'Breakpoints: 1, 3 packets held' }).click()
    await list.getByRole('button', { name: 'Release all' }).waitFor()
    await picture('breakpoints')
    await page.keyboard.press('Escape')

    await inspector.getByRole('button', { name: 'Edit' }).click()
    await inspector.getByLabel('Value of payload', { exact: true }).fill('"changed"')
    await inspector.getByText('Set payloadsize to 7').waitFor()
    await picture('edit')
    await inspector.getByRole('button', { name: 'Change', exact: true }).click()
    await inspector.getByText('Edited on its way').waitFor()
    await page.keyboard.press('p')
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Breakpoints: 1, 2 packets held' }).waitFor()
    await page.keyboard.press('n')
    await page.getByText('222: turn of').waitFor()
    await picture('decision')

    await page.keyboard.press('e')
    await page.getByRole('button', { name: /^Client 5,.* last answer wrong$/ }).waitFor()
    await picture('exchange')
    await page.keyboard.press('2')
    await page.getByRole('button', { name: 'This exchange' }).click()
    await page.getByRole('option').nth(3).waitFor()
    await picture('sequence-exchange')
    await page.getByRole('button', { name: 'Live', exact: true }).click()
    await picture('sequence-live')
    await page.keyboard.press('1')

    const box = page.getByRole('combobox', { name: 'Filter the packets' })
    await box.fill('client:5')
    await page.getByText(/^4 of \d+$/).waitFor()
    await box.press('Enter')
    await picture('filter')
    await box.fill('client:5 ')
    await page.getByRole('listbox', { name: 'Completions' }).waitFor()
    await picture('completion')
    await box.fill('client:5 tipe:1')
    await box.press('Enter')
    await picture('filter-mistake')
    await box.fill('')
    await box.press('Escape')

    await page.getByRole('slider', { name: 'Moment' }).press('PageDown')
    await page.getByRole('region', { name: 'The past' }).waitFor()
    await picture('past')
    const { bytes } = await savedBy(app, () => choose(page, 'Save the recording'))
    await openFile(page, 'What we did on Tuesday.roundabout', bytes)
    await page.getByRole('region', { name: 'A recording' }).waitFor()
    await page.getByRole('slider', { name: 'Moment' }).press('End')
    await page.getByRole('button', { name: /^Client 5,.* last answer wrong$/ }).waitFor()
    await page.keyboard.press(',')
    await page.getByRole('button', { name: /^Client 5,.* 0 answers/ }).waitFor()
    await page.getByRole('row').filter({ hasText: 'in flight' }).first().waitFor()
    await picture('recording')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await picture('more')
  })
})

async function openComposer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send message', exact: true }).click()
  await page.getByRole('dialog', { name: 'Message' }).waitFor()
}
