// The screen as a person reads it: the panels' rows by their headings, and what to press for what.
import type { Page } from 'playwright-core'

/** A row's cells by the heading of their column. */
export type Row = Record<string, string>

export interface Sending {
  client?: string
  policy?: string
  payload?: string
  count?: number
}

/** Opens "Send message", fills in what is given, and sends with Enter. */
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
  await page.getByRole('tab', { name: 'Switching table' }).click()
  return readGrid(page, 'Message switching table')
}

/** How many messages each server has served, by its id. */
export async function servedByServer(page: Page): Promise<Record<string, number>> {
  const rows = await switchingTable(page)
  return Object.fromEntries(rows.map((row) => [row['Server id'], Number(row.Served)]))
}

/** The list of packets, oldest first. */
export async function packets(page: Page): Promise<Row[]> {
  await page.getByRole('tab', { name: 'Packets' }).click()
  return (await readGrid(page, 'Packets, newest first')).reverse()
}

/** The servers that messages of a policy were forwarded to, in the order of the packet list. */
export async function forwardedTo(page: Page, policy: string): Promise<(string | undefined)[]> {
  return (await packets(page))
    .filter((row) => row.Type === 'message' && row.From === 'proxy' && row.Policy === policy)
    .map((row) => row.To)
}

/** All rows of a grid, scrolling through it where only those in view exist. */
async function readGrid(page: Page, name: string): Promise<Row[]> {
  return page.getByRole('grid', { name }).evaluate(async (grid) => {
    const scroller = grid.closest('.grid-scroller') ?? grid
    const text = (cell: Element) => cell.textContent?.trim() ?? ''
    const headings = [...grid.querySelectorAll('th')].map(text)
    const rows = new Map<number, Record<string, string>>()
    for (let top = 0; ; top += Math.max(1, scroller.clientHeight / 2)) {
      scroller.scrollTop = top
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      for (const [place, row] of [...grid.querySelectorAll('tbody tr')].entries()) {
        const cells = [...row.querySelectorAll('td')].map((cell, column) => [
          headings[column],
          text(cell),
        ])
        rows.set(Number(row.getAttribute('aria-rowindex') ?? place), Object.fromEntries(cells))
      }
      if (top + scroller.clientHeight >= scroller.scrollHeight) break
    }
    scroller.scrollTop = 0
    return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row)
  })
}
