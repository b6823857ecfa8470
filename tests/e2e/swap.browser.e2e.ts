// Another program in the proxy's place: a student's proxy by its command, one that does not start, and HAProxy with one click.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { appTest } from './app'
import { ROOT } from './app-paths'
import { axeFindings } from './axe'
import { choose, openFile, savedBy } from './files'

const hasPython = spawnSync('python3', ['--version']).status === 0
const hasHaproxy = (process.env.HAPROXY_PATH ?? '') !== ''
const PROXY = join(ROOT, 'tests/check/programs/proxy.py')
const test = appTest({ latencyMs: 50 })

test.skipIf(!hasPython)('a student’s proxy stands in the proxy’s place', async ({ app }) => {
  const { page } = app
  await choose(page, 'Swap the proxy…')
  const dialog = page.getByRole('dialog', { name: 'Swap the proxy' })
  const command = dialog.getByLabel('Command')
  await command.fill(`python3 "${PROXY}" -no-such-option {port}`)
  await dialog.getByRole('button', { name: 'Start it and swap it in' }).click()
  await dialog.getByText(/did not start: exit status 2\. Its last words: “.*unrecognized/).waitFor()
  expect(await axeFindings(page, 'dialog')).toEqual([])

  await dialog.getByText('A proxy that runs').click()
  await dialog.getByLabel('Port').fill('proxy')
  await dialog.getByRole('button', { name: 'Swap it in' }).click()
  await dialog.getByText('Enter the port first').waitFor()
  await dialog.getByText('Your proxy').click()

  await command.fill(`python3 "${PROXY}" -port {port}`)
  await dialog.getByRole('button', { name: 'Start it and swap it in' }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('heading', { name: 'proxy.py' }).waitFor()
  await inspector.getByText('What is not known').waitFor()
  await page.getByRole('group', { name: /^proxy\.py in the proxy’s place, port \d+/ }).waitFor()
  const more = page.getByRole('button', { name: 'More', exact: true })
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true)

  // What is asked before its servers have registered is refused, or goes to those that have: only some choices are in turn.
  const asked = async () => {
    await page.getByRole('button', { name: 'Send all' }).click()
    return inspector.getByText(/^Seen: \d+ choices, [1-9]\d* of \d+ as round-robin would/).count()
  }
  await expect.poll(asked, { interval: 1_000, timeout: 20_000 }).toBe(1)
  await app.screenshot('a-swapped-proxy')
  expect(await axeFindings(page, '.inspector')).toEqual([])

  const saved = await savedBy(app, () => choose(page, 'Save the recording'))
  await inspector.getByRole('button', { name: 'Back to Roundabout’s proxy' }).click()
  await page.getByRole('group', { name: /^Reverse proxy/ }).waitFor()

  await openFile(page, saved.name, saved.bytes)
  await page.getByRole('region', { name: 'A recording' }).getByText(saved.name).waitFor()
  await page.getByRole('slider', { name: 'Moment' }).press('End')
  await page.getByRole('group', { name: /^proxy\.py in the proxy’s place/ }).waitFor()
  await page.getByRole('tab', { name: 'Sequence' }).click()
  await page
    .getByLabel(/in the order of sending/)
    .first()
    .waitFor()
})

test.skipIf(!hasHaproxy)('a pool runs on HAProxy with one click', async ({ app }) => {
  const { page } = app
  await choose(page, 'Export the pools to HAProxy, nginx…')
  await page.getByRole('button', { name: 'Run this pool on HAProxy' }).click()
  await page.getByRole('group', { name: /^HAProxy \d.* in the proxy’s place/ }).waitFor()
  await page.getByRole('button', { name: 'Send all' }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByText('Seen: 6 choices, 6 of 6 as round-robin would.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await page.getByRole('group', { name: /^Reverse proxy/ }).waitFor()
})
