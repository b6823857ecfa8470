// A viewer's window: it connects by the address that an operator makes, follows the lab, looks back
// by itself, and changes nothing.
import { expect } from 'vitest'
import { appTest } from './app'
import { clipboardText } from './clipboard'

const test = appTest({ latencyMs: 0 })

test('a viewer sees the lab and its past, and only the operator changes it', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy the address for viewers' }).click()
  const notice = page.getByRole('region', { name: 'Notices' })
  await notice.getByText(/Viewers open http/).waitFor()
  const address = await clipboardText(app)
  expect(address).not.toBe(page.url())

  const viewer = await page.context().newPage()
  await viewer.goto(address)
  await viewer.getByText('Viewer', { exact: true }).waitFor()
  for (const name of ['Add server', 'Add client', 'Send all', 'Send message', 'Pause', 'Step']) {
    const button = viewer.getByRole('button', { name, exact: true })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
  }
  await viewer.keyboard.press('a')
  await viewer.getByText('You are a viewer of this lab: only an operator can change it.').waitFor()

  const answered = /^Client 1,.* 1 answer, last answer correct$/
  await page.keyboard.press('a')
  await viewer.getByRole('button', { name: answered }).waitFor()
  await app.screenshot('operator-with-viewer')
  await viewer.screenshot({ path: 'test-results/viewer.png' })

  // Other windows say why the lab is paused.
  await page.getByRole('slider', { name: 'Moment' }).press('Home')
  const told = viewer.getByRole('status', { name: 'Paused' })
  await told.getByText('an operator looks back').waitFor()
  await page.getByRole('region', { name: 'The past' }).getByText('until you come back').waitFor()
  await viewer.screenshot({ path: 'test-results/viewer-while-an-operator-looks-back.png' })
  await page.getByRole('button', { name: 'Back to now' }).click()
  await told.waitFor({ state: 'detached' })

  // Looking back concerns one window only.
  await viewer.getByRole('slider', { name: 'Moment' }).press('Home')
  const band = viewer.getByRole('region', { name: 'The past' })
  await band.getByText('the lab runs on').waitFor()
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: /^Client 1,.* 2 answers, last answer correct$/ }).waitFor()
  await viewer.screenshot({ path: 'test-results/viewer-looks-back.png' })
  await band.getByRole('button', { name: 'Back to now' }).click()
  await viewer
    .getByRole('button', { name: /^Client 1,.* 2 answers, last answer correct$/ })
    .waitFor()
})

test('an operator who looks back pauses the lab for that long, or lets it run', async ({ app }) => {
  const { page } = app
  const play = page.getByRole('button', { name: 'Pause', exact: true })
  const band = page.getByRole('region', { name: 'The past' })
  await play.waitFor()
  // It takes the focus as soon as there is a past.
  const moment = page.getByRole('slider', { name: 'Moment' })
  await moment.and(page.locator('[tabindex="0"]')).press('Home')
  await band.getByText('the lab is paused').waitFor()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Pause the lab while looking back' }).click()
  await band.getByText('the lab runs on').waitFor()
  await band.getByRole('button', { name: 'Back to now' }).click()
  await play.waitFor()
})

test('two operators change settings of one server, and neither undoes the other’s', async ({
  app,
}) => {
  const { page } = app
  const other = await page.context().newPage()
  await other.goto(page.url())
  for (const window of [page, other]) {
    await window.getByRole('button', { name: /^Server 100,/ }).click()
    await window.getByRole('textbox', { name: 'Label' }).waitFor()
  }
  await page.getByRole('checkbox', { name: 'Keep the connection from the proxy open' }).check()
  await other.getByRole('textbox', { name: 'Label' }).fill('rack 1')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => page.getByRole('textbox', { name: 'Label' }).inputValue()).toBe('rack 1')
  // A change that is not saved yet outlasts a look at the past.
  await page.getByRole('button', { name: 'Step back' }).click()
  await page.getByRole('button', { name: 'Back to now' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await other
    .getByRole('checkbox', { name: 'Keep the connection from the proxy open', checked: true })
    .waitFor()
  expect(await other.getByRole('textbox', { name: 'Label' }).inputValue()).toBe('rack 1')
})
