// Reads the screen as a person does: the panels' rows by their headings, and the controls.
import type { Page } from 'playwright-core'

/** A row's cells by the heading of their column. */
export type Row = Record<string, string>

interface Sending {
  client?: string
  policy?: string
  payload?: string
  count?: number
}

/** Opens "Send message", fills in the given values, and sends with Enter. */
export async function sendMessage(page: Page, { client, policy, payload, count }: Sending) {
  await page.getByRole('button', { name: 'Send message', exact: true }).click()
  const composer = page.getByRole('dialog', { name: 'Message' })
  if (client) await composer.getByLabel('Client').selectOption({ label: client })
  if (policy) await composer.getByLabel('Privacy policy').fill(policy)
  if (payload) await composer.getByLabel('Payload').fill(payload)
  if (count) await composer.getByLabel('How many').fill(String(count))
  await composer.getByLabel('Payload').press('Enter')
  await composer.waitFor({ state: 'hidden' })
}

/** The message switching table, row by row. */
export async function switchingTable(page: Page): Promise<Row[]> {
  await openTab(page, 'Switching table')
  return readGrid(page, 'Message switching table')
}

/** How many messages each server has served, by its id. */
export async function servedByServer(page: Page): Promise<Record<string, number>> {
  const rows = await switchingTable(page)
  return Object.fromEntries(rows.map((row) => [row['Server id'], Number(row.Served)]))
}

/** The sum of each line of a chart over the seconds in its table. */
export async function chartTotals(page: Page, title: string): Promise<Record<string, number>> {
  await openTab(page, 'Charts')
  const table = page.getByRole('table', { name: `${title}: the last seconds` })
  return table.evaluate((element) => {
    const [, ...lines] = [...element.querySelectorAll('thead th')].map((cell) => cell.textContent)
    const rows = [...element.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)),
    )
    const sum = (place: number) => rows.reduce((total, row) => total + (row[place] ?? 0), 0)
    return Object.fromEntries(lines.map((line, place) => [line, sum(place)]))
  })
}

/** The packet list, oldest first. */
export async function packets(page: Page): Promise<Row[]> {
  await openTab(page, 'Packets')
  // Before the first packet a text stands in place of the list.
  const empty = page.getByText('No packets yet')
  const list = page.getByRole('grid', { name: 'Packets, newest first' })
  await list.or(empty).first().waitFor()
  if (!(await list.isVisible())) return []
  return (await listed(page, 'Packets, newest first')).reverse()
}

/** The packet list in its current order, found by its name, which contains that order. */
export function listed(page: Page, name: string): Promise<Row[]> {
  return readGrid(page, name)
}

/** The servers that messages of a policy were forwarded to, in the order of the packet list. */
export async function forwardedTo(page: Page, policy: string): Promise<(string | undefined)[]> {
  return (await packets(page))
    .filter((row) => row.Type === 'message' && row.From === 'proxy' && row.Policy === policy)
    .map((row) => row.To)
}

/** Everything on the screen that distinguishes moments of the lab. */
export interface Shown {
  packets: Row[]
  table: Row[]
  /** `6 clients · 4 servers · 2 packets in flight`. */
  counts: string
  /** Each node's accessible name: `Server 100, policy 111, port 35735, 2 served, up`. */
  nodes: string[]
}

/** Reads the screen while time is paused, once the screen has caught up. */
export async function shown(page: Page): Promise<Shown> {
  await standsStill(page)
  return {
    packets: await packets(page),
    table: await switchingTable(page),
    counts: (await page.locator('.counts').textContent()) ?? '',
    nodes: await nodeNames(page),
  }
}

/** Every client of the classic pool sends and is answered; then time is paused. Returns the screen at its end. */
export async function everybodyIsAnswered(page: Page): Promise<Shown> {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.getByRole('button', { name: 'Send all' }).click()
  for (let id = 1; id <= 6; id++) {
    const name = new RegExp(`^Client ${id},.* 1 answer, last answer correct$`)
    await page.getByRole('button', { name }).waitFor()
  }
  await pause(page)
  return shown(page)
}

/** Panels follow the lab at a readable pace, every tenth of a second. */
const QUIET_MS = 200

/** Resolves when nothing on the page has changed for longer than a panel may lag behind. */
async function standsStill(page: Page): Promise<void> {
  await page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect()
          resolve()
        }
        let timer = setTimeout(done, quietMs)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(done, quietMs)
        })
        const all = { subtree: true, childList: true, attributes: true, characterData: true }
        observer.observe(document, all)
      }),
    QUIET_MS,
  )
}

async function nodeNames(page: Page): Promise<string[]> {
  return page.locator('.react-flow__node').evaluateAll((nodes) =>
    nodes
      .map((node) => {
        const named = document.getElementById(node.getAttribute('aria-labelledby') ?? '')
        return named?.textContent ?? node.getAttribute('aria-label') ?? ''
      })
      .toSorted(),
  )
}

/** The time on the screen, in seconds. */
export async function moment(page: Page): Promise<number> {
  const text = await page.getByRole('region', { name: 'Timeline' }).locator('time').textContent()
  const [minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number)
  return 60 * minutes + seconds
}

/** The proxy's port for outside programs. */
export async function proxyPort(page: Page): Promise<number> {
  const header = page.locator('header').first()
  await header
    .getByText(/127\.0\.0\.1:\d/)
    .first()
    .waitFor()
  return Number(/127\.0\.0\.1:(\d{4,5})/.exec((await header.textContent()) ?? '')?.[1])
}

/** Pauses time, so that what is read does not change. */
export async function pause(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
}

export async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name })
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
}

/** All rows of a grid; scrolls through a grid that only renders those in view. */
async function readGrid(page: Page, name: string): Promise<Row[]> {
  return page.getByRole('grid', { name }).evaluate(async (grid) => {
    const scroller = grid.closest('.grid-scroller') ?? grid
    const text = (cell: Element) => cell.textContent?.trim() ?? ''
    const headings = [...grid.querySelectorAll('th')].map(text)
    const rows = new Map<number, Record<string, string>>()
    const read = () => {
      for (const [place, row] of [...grid.querySelectorAll('tbody tr')].entries()) {
        const cells = [...row.querySelectorAll('td')].map((cell, column) => [
          headings[column],
          text(cell),
        ])
        rows.set(Number(row.getAttribute('aria-rowindex') ?? place), Object.fromEntries(cells))
      }
    }
    read()
    // The row count includes the headings; a grid that always renders all rows has no count.
    const count = Number(grid.getAttribute('aria-rowcount') ?? rows.size + 1) - 1
    for (let top = 0; rows.size < count; top += Math.max(1, scroller.clientHeight * 0.8)) {
      scroller.scrollTop = top
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      read()
      if (top + scroller.clientHeight >= scroller.scrollHeight) break
    }
    if (scroller.scrollTop > 0) scroller.scrollTop = 0
    return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row)
  })
}

/** A notice goes by itself after seconds; until then it may cover a part of the inspector. */
export async function dismissNotices(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  while ((await dismiss.count()) > 0)
    await dismiss
      .first()
      .click({ timeout: 1_000 })
      .catch(() => {})
}
