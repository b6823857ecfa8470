// Labs side by side, from a scenario's file to a report: run, stopped, scrubbed together, told in words and saved.
import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { appTest } from './app'
import { axeFindings } from './axe'
import { choose, openFile, savedBy } from './files'

const EXAMPLE = 'the-same-arrivals-under-two-algorithms.roundabout-scenario'
const test = appTest({ latencyMs: 50 })
const DONE = { timeout: 60_000 }

test('compares the pools of a scenario, and saves a report and the scenario', async ({ app }) => {
  const { page } = app
  await openFile(page, EXAMPLE, await readFile(`examples/${EXAMPLE}`))
  await page.getByRole('button', { name: /^Server 500/ }).waitFor()
  await choose(page, 'Compare…')
  const view = page.getByRole('dialog', { name: 'Side by side' })
  expect(await view.getByLabel('Name of lab 1').inputValue()).toBe('In turn')
  expect(await view.getByLabel('Name of lab 2').inputValue()).toBe('Fewest in flight')

  // An hour takes a while: stopped, it shows the part until then, and says how far that is.
  await view.getByRole('spinbutton').fill('3600')
  await view.getByRole('button', { name: 'Compare', exact: true }).click()
  await view.getByRole('progressbar').waitFor()
  await view.getByRole('button', { name: 'Stop' }).click()
  const partial = view.getByText(/Partial: stopped at .+ of 60 min \(\d+ %\)/)
  await partial.waitFor(DONE)
  await view.getByRole('row', { name: /^Messages/ }).waitFor()

  await view.getByRole('spinbutton').fill('30')
  await view.getByRole('button', { name: 'Compare', exact: true }).click()
  await partial.waitFor({ state: 'detached', ...DONE })
  const difference = view.getByRole('status')
  await difference.waitFor(DONE)
  expect(await difference.textContent()).toMatch(
    /^The first difference is message \d+ of client 1, .*“In turn” chose server .*“Fewest in flight” chose server /,
  )
  const slow = view.getByRole('row', { name: /^Share of server 500 \(slow\), due 33\.3 %/ })
  expect(await slow.textContent()).toMatch(/33\.\d %/)

  expect(await view.getByRole('img', { name: /^The lab “/ }).count()).toBe(2)
  expect(await view.locator('.compared-chart').count()).toBeGreaterThan(2)

  const time = view.getByRole('slider', { name: 'Time' })
  await view.getByRole('button', { name: 'Go there' }).click()
  const first = Number(await time.inputValue())
  expect(first).toBeGreaterThan(0)
  await view.getByRole('button', { name: 'Step' }).click()
  expect(Number(await time.inputValue())).toBeGreaterThan(first)
  await view.getByRole('button', { name: 'Play' }).click()
  await view.getByRole('button', { name: 'Pause' }).click()

  const old = view.getByText('Result of the settings before. Compare again.')
  expect(await old.count()).toBe(0)
  // Enter takes what is typed, and does not compare.
  await view.getByText('Weights and limits').first().click()
  const weight = view.getByLabel(/^Weight of server /).first()
  await weight.fill('2')
  await weight.press('Enter')
  await old.waitFor()
  expect(await view.getByRole('button', { name: 'Stop' }).count()).toBe(0)
  await weight.fill('1')
  await weight.press('Enter')
  await old.waitFor({ state: 'detached' })
  await view.getByRole('button', { name: 'Add another' }).click()
  await old.waitFor()

  expect(await axeFindings(page, 'dialog.compare')).toEqual([])

  const report = await savedBy(app, () =>
    view.getByRole('button', { name: 'Save as a report' }).click(),
  )
  expect(report.name).toMatch(/\.html$/)
  expect(report.bytes.toString()).toContain('The first difference is message')

  // The lab itself has sent messages meanwhile: each of the three labs gets the same ones.
  await view.getByText('This recording’s messages', { exact: true }).click()
  await view.getByRole('button', { name: 'Compare', exact: true }).click()
  await old.waitFor({ state: 'detached', ...DONE })
  const messages = view.getByRole('row', { name: /^Messages/ }).locator('td')
  await expect.poll(() => messages.count(), DONE).toBe(3)
  const counts = (await messages.allTextContents()).map((text) => Number.parseInt(text, 10))
  expect(counts[0]).toBeGreaterThan(0)
  expect(counts).toEqual([counts[0], counts[0], counts[0]])

  // A press beside the controls leaves the focus in the view: its keys are its own.
  await view.getByRole('heading', { name: 'Side by side' }).click()
  await page.keyboard.press('Space')
  await view.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Escape')
  await view.waitFor({ state: 'detached' })
  const saved = await savedBy(app, () => choose(page, 'Save the scenario'))
  expect(JSON.parse(saved.bytes.toString())).toMatchObject({
    compare: [{ name: 'In turn' }, { name: 'Fewest in flight' }, { name: 'Weighted round-robin' }],
  })
})
