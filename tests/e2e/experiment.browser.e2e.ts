// An experiment with a server, a link and traffic: what a person sets to fail is seen and heard where it fails, and the charts show
// what it does to the messages.
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type App, appTest } from './app'
import { savedBy } from './files'
import { moment, openTab, sendMessage, switchingTable } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file', args: ['--metrics'] })
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Charts are of whole seconds of the lab's time. */
const SECONDS = { timeout: 15_000 }

describe('a server that is not ideal', () => {
  test('is switched off and on, and misbehaves in words', async ({ app }) => {
    const { page } = app
    const server = await chosenServer(page, 100)
    const power = page.getByRole('toolbar', { name: 'Server 100' }).getByRole('button', {
      name: 'Stop',
    })
    await power.click()
    await expect.poll(() => nameOf(server)).toMatch(/, stopped$/)
    await server.locator('[data-text="stopped"]').waitFor()
    // The proxy is not told: it finds out with the first message for that server, and gives it to the other one.
    expect(await switchingTable(page)).toHaveLength(4)
    await sendMessage(page, { client: 'Client 1', policy: '111', count: 2 })
    await expect
      .poll(() => nameOf(server), { timeout: 30_000 })
      .toMatch(/ 0 served, down, .*, stopped$/)
    await page.getByRole('button', { name: /^Server 300,.* 2 served, up$/ }).waitFor()

    await server.click()
    await power.and(page.locator('[aria-pressed=true]')).waitFor()
    // The switch on its card does the same, also from the keyboard.
    const onCard = page.getByRole('switch', { name: 'Power of server 100' })
    await onCard.and(page.locator('[aria-checked=false]')).press('Enter')
    await onCard.and(page.locator('[aria-checked=true]')).waitFor()
    await expect.poll(() => nameOf(server)).toMatch(/ 0 served, up$/)

    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const misbehaviour = inspector.getByRole('checkbox', { name: 'Misbehaviour' })
    await misbehaviour.check()
    await inspector.getByLabel('What it does').selectOption({ label: 'answers a wrong hash' })
    await expect.poll(() => nameOf(server)).toMatch(/ up, answers a wrong hash$/)
    await server.locator('[data-text="wrong hash"]').waitFor()
    await sendMessage(page, { client: 'Client 1', policy: '111', count: 2 })
    await openTab(page, 'Packets')
    await page.getByRole('row').filter({ hasText: 'wrong hash' }).first().waitFor()
    await page.getByRole('button', { name: /^Client 1,.* 1 wrong, last answer/ }).waitFor()
    await server.locator('[data-text="1 wrong"]').waitFor()
    await expect
      .poll(() => errorsInMetrics(app), SECONDS)
      .toBe('roundabout_message_errors_total{policy="111",reason="WRONG_HASH"} 1')

    // Its menu makes it fail in another way; so does a tool beside it, or not at all.
    await server.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Misbehaviour' }).press('ArrowRight')
    await page.getByRole('menuitemradio', { name: 'answers garbage' }).press('Enter')
    await expect.poll(() => nameOf(server)).toMatch(/, answers garbage$/)
    const tool = page.getByRole('toolbar', { name: 'Server 100' }).getByRole('button', {
      name: 'Misbehaviour',
    })
    await tool.press('Enter')
    await page.getByRole('menuitemradio', { name: /^none/ }).click()
    await expect.poll(() => nameOf(server)).not.toContain('answers garbage')
    expect(await server.locator('[data-text="garbage"]').count()).toBe(0)
  })
})

describe('a network that is not ideal', () => {
  test('has a fault that is named, changed, taken out, and brought back', async ({ app }) => {
    const { page } = app
    await chosenServer(page, 100)
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const link = page.getByTestId('rf__edge-link:server:100')
    await expect.poll(() => nameOf(link)).not.toContain('fault')

    await inspector.getByRole('button', { name: 'Add a fault' }).click()
    await expect
      .poll(() => nameOf(link))
      .toContain('server 100, with faults (latency towards the servers): ')
    // Its mark opens it, by a click and from the keyboard.
    const mark = page.getByRole('button', { name: /^Faults of the link of server 100: / })
    const direction = inspector.getByLabel('Direction')
    for (const open of [() => mark.click(), () => mark.press('Enter')]) {
      await page.getByRole('button', { name: /^Client 1,/ }).click()
      await open()
      await expect.poll(() => direction.evaluate((one) => one.matches(':focus'))).toBe(true)
    }
    await direction.selectOption({ label: 'towards the clients' })
    await mark.and(page.getByRole('button', { name: 'latency towards the clients' })).waitFor()
    await mark.locator('[data-to=left]').waitFor()
    expect(await mark.locator('[data-to]').count()).toBe(1)
    await page.keyboard.press('ControlOrMeta+z')
    await mark.locator('[data-to=right]').waitFor()
    const fault = inspector.getByRole('group', { name: /, towards the servers$/ })
    await fault.getByLabel('Fault', { exact: true }).selectOption({ label: 'slicer' })
    await expect.poll(() => nameOf(link)).toContain('(slicer towards the servers)')
    for (const words of ['You see', 'One send() needs several recv()']) {
      await fault.getByText(words).waitFor()
    }
    await inspector.getByText(/An intermediary, a program in between, can:/).waitFor()
    await fault.getByLabel(/^Bytes of a slice/).fill('8')
    await page.keyboard.press('Enter')
    await fault.getByLabel(/^Pause/).fill('200')
    await page.keyboard.press('Enter')
    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'in slices' })
    await page
      .locator('.harm-mark', { hasText: /^\d+ slices$/ })
      .first()
      .waitFor()
    const legend = page.getByRole('list', { name: 'Legend' })
    for (const word of ['where its bytes go', 'slicer: in slices']) {
      await legend.getByText(word, { exact: true }).waitFor()
    }

    await inspector.getByRole('button', { name: 'Take out the slicer fault' }).click()
    await expect.poll(() => nameOf(link)).not.toContain('fault')
    await mark.waitFor({ state: 'detached' })
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => nameOf(link)).toContain('(slicer towards the servers)')
  })
})

describe('load and its numbers', () => {
  test('are set from the keyboard, seen in charts, and saved', async ({ app }) => {
    const { page } = app
    await page.getByRole('button', { name: /^Client 1,/ }).click()
    await page.getByRole('checkbox', { name: 'Traffic' }).check()
    await page.getByRole('button', { name: 'Start traffic' }).first().click()
    const slider = page.getByRole('slider', { name: 'Rate of client 1' }).first()
    await slider.focus()
    const before = await spoken(slider)
    for (let step = 0; step < 2; step++) await page.keyboard.press('PageUp')
    await expect.poll(() => perSecond(slider)).toBeGreaterThan(5)
    expect(before).toBe('2 messages per second')
    const client = page.getByRole('button', { name: /^Client 1,.* running/ })
    await client.locator('.rate-mark [data-text$="/s"]').waitFor()

    await page.getByRole('button', { name: /^Client 1,/ }).focus()
    await page.keyboard.press('5')
    const messages = page.getByRole('slider', { name: 'Messages by second' })
    const law = page.getByText(/^Little’s law, each measured by itself/)
    const LAW = /L = (?!0\.00)\d+\.\d\d .* λ = (?!0\.00)\d+\.\d\d .* W = (?!0\.000)\d+\.\d{3} /
    await expect.poll(() => law.textContent(), SECONDS).toMatch(LAW)
    await page.getByLabel('Messages of').selectOption({ label: 'Server 100' })
    await expect.poll(() => spoken(messages)).toMatch(/given [1-9].*answered/)

    await everyChartHasATable(page)
    await saves(app)
    await looksBack(page, messages)

    await page.keyboard.press('b')
    await page.getByRole('region', { name: 'The past' }).waitFor({ state: 'detached' })
    await page.keyboard.press('v')
    await page.getByRole('list', { name: 'Legend' }).getByText('width: messages/s').waitFor()
    await page.locator('.link.is-rated').first().waitFor()
    await page.keyboard.press('v')
    await page.locator('.link.is-rated').first().waitFor({ state: 'detached' })
  })
})

/** The charts as files, with their title: the group that was chosen. */
async function saves(app: App): Promise<void> {
  const save = (item: string) =>
    savedBy(app, async () => {
      await app.page.getByRole('button', { name: 'Save the charts' }).click()
      await app.page.getByRole('menuitem', { name: item }).click()
    })
  const svg = await save('As SVG')
  expect(svg.name).toMatch(/\.svg$/)
  expect(svg.bytes.toString()).toMatch(/^<svg [^>]*><title>Server 100, \d+:\d\d to /)
  const png = await save('As PNG')
  expect(png.name).toMatch(/\.png$/)
  expect(png.bytes.subarray(0, PNG.length)).toEqual(PNG)
  const csv = await save('All seconds as CSV')
  expect(csv.name).toMatch(/\.csv$/)
  const [head = '', ...rows] = csv.bytes.toString().trimEnd().split('\r\n')
  expect(head).toMatch(/^Second,"Messages: given \(\/s\)","Messages: answered \(\/s\)",/)
  const seconds = rows.map((row) => Number(row.split(',')[0]))
  expect(seconds).toEqual(seconds.map((_, index) => (seconds[0] ?? 0) + index))
  expect(rows.some((row) => Number(row.split(',')[1]) > 0)).toBe(true)
}

/** Or says in words why it is empty. */
async function everyChartHasATable(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: 'More charts' })
  const before = page.getByRole('button', { name: 'Charts before' })
  const titles = new Set<string>()
  for (;;) {
    for (const chart of await page.getByRole('figure').all()) {
      titles.add((await chart.getAttribute('aria-label')) ?? '')
      await chart.locator('table tbody tr, .chart-empty').first().waitFor({ state: 'attached' })
    }
    if (await more.isDisabled()) break
    await more.click()
  }
  expect(titles.size).toBe(8)
  while (await before.isEnabled()) await before.click()
}

/** The chart marks on the timeline where the pointer or the keyboard is, goes there, and moves with the timeline. */
async function looksBack(page: Page, chart: Locator): Promise<void> {
  const past = page.getByRole('region', { name: 'The past' })
  const pointed = page.getByRole('region', { name: 'Timeline' }).locator('.pointed-mark')
  await chart.hover()
  await pointed.waitFor()
  await chart.click()
  await past.waitFor()
  await page.keyboard.press('b')
  await past.waitFor({ state: 'detached' })

  await chart.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const second = Number(await chart.getAttribute('aria-valuenow'))
  expect(second).toBe(Number(await chart.getAttribute('aria-valuemin')) + 1)
  await pointed.waitFor()
  await page.keyboard.press('Enter')
  await past.waitFor()
  await expect.poll(() => moment(page)).toBe(second)
  await page.getByRole('slider', { name: 'Moment' }).press('PageUp')
  await expect
    .poll(async () => Number(await chart.getAttribute('aria-valuenow')))
    .toBeGreaterThan(second)
}

/** What Prometheus reads of errors, over HTTP without the page's token. */
async function errorsInMetrics({ url = '' }: App): Promise<string | undefined> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return /^roundabout_message_errors_total.*$/m.exec(text)?.[0]
}

async function chosenServer(page: Page, id: number): Promise<Locator> {
  const server = page.getByRole('button', { name: new RegExp(`^Server ${id},`) })
  await page.getByRole('button', { name: new RegExp(`^Server ${id},.* up$`) }).click()
  return server
}

/** The accessible name, which another element contains. */
function nameOf(element: Locator): Promise<string> {
  return element.evaluate((node) => {
    const labelled = node.closest('[aria-labelledby]') ?? node.querySelector('[aria-labelledby]')
    return (
      document.getElementById(labelled?.getAttribute('aria-labelledby') ?? '')?.textContent ?? ''
    )
  })
}

async function spoken(slider: Locator): Promise<string> {
  return (await slider.getAttribute('aria-valuetext')) ?? ''
}

async function perSecond(slider: Locator): Promise<number> {
  return Number.parseFloat((await spoken(slider)).replace(',', ''))
}
