// The states of the screen in an experiment: servers and links that are not ideal, running traffic, and its numbers.
import type { Page } from 'playwright-core'
import { choose } from './files'
import type { Visit } from './main-states'
import { dismissNotices } from './screen'

export async function walkExperimentStates(page: Page, at: Visit): Promise<void> {
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const misbehaviour = inspector.getByRole('checkbox', { name: 'Misbehaviour' })

  await page.getByRole('button', { name: /^Server 300,/ }).click()
  await misbehaviour.check()
  await inspector.getByLabel('What it does').selectOption({ label: 'answers garbage' })
  await page.getByRole('button', { name: /^Server 300,.*, answers garbage$/ }).waitFor()
  await dismissNotices(page)
  await at('misbehaving-server', '.inspector, .canvas-place')
  await misbehaviour.uncheck()
  await inspector.getByLabel('What it does').waitFor({ state: 'detached' })

  await inspector.getByRole('button', { name: 'Add a fault' }).click()
  await inspector.getByLabel('Fault', { exact: true }).selectOption({ label: 'slicer' })
  await page.locator('.link.is-harmed').waitFor()
  await page.getByText('One send() needs several recv()').waitFor()
  await dismissNotices(page)
  await at('harmed-link', '.inspector, .canvas-place')
  await inspector.getByRole('button', { name: 'Take out the slicer fault' }).click()
  await page.locator('.link.is-harmed').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: /^Client 4,/ }).click()
  await page.getByRole('checkbox', { name: 'Traffic' }).check()
  await page.getByRole('textbox', { name: 'Clients', exact: true }).fill('40')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Client 4,.* a crowd of 40,/ }).waitFor()
  await inspector.getByRole('button', { name: 'Start traffic' }).click()
  await page.getByRole('button', { name: /^Client 4,.*, running,/ }).waitFor()
  await page.getByRole('button', { name: 'Clients of the crowd' }).click()
  await page.getByRole('heading', { name: '40 clients like this one' }).waitFor()
  await dismissNotices(page)
  await at('crowd', '.crowd, .canvas-place, .inspector')
  await page.keyboard.press('Escape')
  await page.locator('.crowd').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: /^Client 4,/ }).focus()
  await page.keyboard.press('5')
  await page.keyboard.press('v')
  await page.getByRole('slider', { name: 'Messages by second' }).waitFor()
  await at('charts', '.dock, .canvas-place')
  await page.keyboard.press('v')
  await inspector.getByRole('button', { name: 'Stop traffic' }).click()
  await page.getByRole('button', { name: /^Client 4,.*, stopped,/ }).waitFor()
  await inspector.getByRole('checkbox', { name: 'Traffic' }).uncheck()
  await page.keyboard.press('1')

  await choose(page, 'Compare…')
  await page.getByRole('dialog', { name: 'Side by side' }).waitFor()
  await at('compare', 'dialog')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
