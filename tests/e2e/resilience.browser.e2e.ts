// A pool that is made resilient in its inspector, with the keyboard where that is the shorter way: a limit and a queue, a
// server that drains, a bad value, and undo.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { switchingTable } from './screen'

const test = appTest({ latencyMs: 400 })

test('servers are full and drain, and messages wait in a queue', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const notices = page.getByRole('region', { name: 'Notices' })
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.getByRole('group', { name: /^policy 111, / }).press('Enter')

  // What is off stands beside its closed heading; each default is visible with whose it is.
  const full = inspector.getByRole('button', { name: /^When servers are full/ })
  await expect.poll(() => full.textContent()).toBe('When servers are fulloff')
  await full.press('Enter')
  await inspector.getByLabel('Queue', { exact: true }).check()
  await notices.getByText('Policy 111: queue on.').waitFor()
  await inspector.getByText('Default 1024: Envoy’s max_pending_requests').waitFor()
  const places = inspector.getByLabel('Places')
  await places.fill('0')
  await keyboard.press('Enter')
  await inspector.getByText('It must be a whole number from 1 to 10000; here it is 0.').waitFor()
  await places.fill('2')
  await keyboard.press('Enter')
  await expect.poll(() => inspector.getByText('It must be a whole number').count()).toBe(0)

  // The servers carry little, which is set where they are listed.
  await changed(page, 'Limit of server 100', '1')
  await changed(page, 'Limit of server 300', '1')
  await inspector.getByLabel('Longest wait, ms').fill('60000')
  await keyboard.press('Enter')
  await expect.poll(() => stateOf(page, '300')).toBe('up')

  // Three clients ask at once: two servers, and one message that waits, for less than a second at normal speed.
  for (let press = 0; press < 4; press++) await keyboard.press('[')
  await page.getByRole('button', { name: 'Send all' }).click()
  const queue = page.getByRole('list', { name: 'Policy 111: 1 waiting of 2' })
  await queue.getByRole('button').waitFor()
  await keyboard.press('p')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.getByRole('group', { name: /^policy 111, .*1 waiting of 2/ }).waitFor()
  await page.getByRole('button', { name: /^Server 100,.* full: 1 of 1/ }).waitFor()
  await inspector.getByRole('heading', { name: 'In the queue: 1 waiting of 2' }).waitFor()
  await expect.poll(() => stateOf(page, '300')).toBe('full: 1 of 1')
  await queue.getByRole('button', { name: /^1: “xyz\d”, waiting$/ }).press('Enter')
  await inspector.getByText(/^waits in the queue of policy 111: number 1 of 1/).waitFor()

  // It gets its server once one is free, and its receipt says how long it waited.
  await keyboard.press('=')
  await keyboard.press('p')
  await queue.waitFor({ state: 'detached' })
  await inspector.getByText(/^it came out of the queue after /).waitFor()
  for (const id of [1, 2, 4]) {
    const name = new RegExp(`^Client ${id},.* 1 answer, last answer correct$`)
    await page.getByRole('button', { name }).waitFor()
  }

  // A server drains from its tools, says so everywhere, and gets nothing more.
  await page.getByRole('button', { name: /^Server 100,/ }).click()
  const drain = page
    .getByRole('toolbar', { name: 'Server 100' })
    .getByRole('button', { name: 'Drain' })
  await drain.click()
  await notices.getByText('Server 100 drains.').waitFor()
  await page.getByRole('button', { name: /^Server 100,.* drained/ }).waitFor()
  await inspector.getByText(/^It is drained: it has no messages any more/).waitFor()
  await expect.poll(() => stateOf(page, '100')).toBe('drained')
  await page.locator('.ring-exits.is-draining').waitFor()
  await page.getByRole('log').getByText('Server 100 is drained.').waitFor()
  const before = await servedBy(page, '100')
  await page.getByRole('button', { name: 'Send all' }).click()
  await page.getByRole('button', { name: /^Client 4,.* 2 answers, last answer correct$/ }).waitFor()
  expect(await servedBy(page, '100')).toBe(before)

  // One step back each.
  await notices.getByRole('button', { name: 'Undo' }).click()
  await notices.getByText('Undone: drain server 100.').waitFor()
  await expect.poll(() => stateOf(page, '100')).toBe('up')
  await keyboard.press('ControlOrMeta+z')
  await notices.getByText('Undone: change the longest wait in the queue of policy 111.').waitFor()

  // The past has the states of its moments.
  await page.getByRole('slider', { name: 'Moment' }).press('PageDown')
  await page.getByRole('region', { name: 'The past' }).waitFor()
  await page.getByRole('button', { name: /^Server 100,.* drained/ }).waitFor()
})

/** Types a value into a field of the list of servers. */
async function changed(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByRole('complementary', { name: 'Inspector' }).getByLabel(label)
  await field.fill(value)
  await field.press('Enter')
  await page
    .getByRole('region', { name: 'Notices' })
    .getByText(/^Server \d+ changed\.$/)
    .waitFor()
}

async function rowOf(page: Page, server: string) {
  return (await switchingTable(page)).find((row) => row['Server id'] === server)
}

/** As the switching table has it, without whose turn is next. */
async function stateOf(page: Page, server: string): Promise<string | undefined> {
  return (await rowOf(page, server))?.State?.replace(/ *next in turn$/, '').trim()
}

async function servedBy(page: Page, server: string): Promise<number> {
  return Number((await rowOf(page, server))?.Served)
}
