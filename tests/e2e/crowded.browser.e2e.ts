// Many outside programs on the graph: the marks on the edges of a card keep off those of the card above it.
import { connect } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { appTest } from './app'
import { say } from './programs'
import { pause, proxyPort } from './screen'

const test = appTest({ latencyMs: 0 })
const MARKS = '.node-outside, .rate-mark, .work-mark, .server-label ~ .server-share'

test.for([
  // So tall that each policy's servers stand in one column.
  { servers: 6, clients: 4, size: { width: 1000, height: 1400 }, tier: 'card' },
  { servers: 30, clients: 30, size: { width: 1280, height: 720 }, tier: 'compact' },
])(
  '$servers servers and $clients clients ($tier)',
  async ({ servers, clients, size, tier }, { app: { page } }) => {
    await page.setViewportSize(size)
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    const port = await proxyPort(page)
    for (let index = 0; index < servers; index++) {
      await say(port, { type: 1, id: 500 + index, privPolyId: 111, listenport: 9 + index })
    }
    await page
      .getByRole('button', { name: new RegExp(`^Outside server ${499 + servers},`) })
      .waitFor()
    for (let index = 0; index < clients; index++) stays(port, 900 + index)
    await page
      .getByRole('button', { name: new RegExp(`^Outside client ${899 + clients},`) })
      .waitFor()
    await page
      .locator(`.node-${tier}.server.is-outside`)
      .nth(servers - 1)
      .waitFor()
    if (tier === 'card') await labelTheBusiest(page)
    await pause(page)

    expect(await smallestGap(page)).toBeLessThan(15)
    expect(await page.locator('.node-outside').count()).toBe(servers + clients)
    expect(await overlapping(page)).toEqual([])
  },
)

/** A server with a rate gets a label, and its bar another place. */
async function labelTheBusiest(page: Page): Promise<void> {
  await page.locator('.server .rate-mark').first().waitFor()
  await page.getByRole('button', { name: /^Server 100,.* 1 served, up$/ }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByLabel('Label').fill('Frankfurt')
  await inspector.getByRole('button', { name: 'Save' }).click()
  await page.locator('.server-label').waitFor()
  await page.keyboard.press('Escape')
}

/** A client that sends one message, and keeps its connection until the end of the test. */
function stays(port: number, srcid: number): void {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => {})
  client.write(JSON.stringify({ type: 0, srcid, privPoliId: 111, payloadsize: 1, payload: 'x' }))
  onTestFinished(() => {
    client.destroy()
  })
}

/** Between a server's card and the next one below it, in flow units. */
function smallestGap(page: Page): Promise<number> {
  return page.locator('.node.server').evaluateAll((cards) => {
    const boxes = cards.map((card) => card.getBoundingClientRect())
    const scale = (boxes[0]?.height ?? 1) / ((cards[0] as HTMLElement).offsetHeight || 1)
    const gaps = boxes.flatMap((one) =>
      boxes
        .filter((other) => Math.abs(other.x - one.x) < 1 && other.y > one.y)
        .map((other) => (other.y - one.bottom) / scale),
    )
    return Math.min(...gaps)
  })
}

/** The pairs of marks of which one covers a part of the other, each with its card. */
function overlapping(page: Page): Promise<string[]> {
  return page.locator(MARKS).evaluateAll((marks) => {
    const placed = marks.map((mark) => ({
      box: mark.getBoundingClientRect(),
      name: `${mark.className} of ${mark.closest('.react-flow__node')?.getAttribute('data-id')}`,
    }))
    return placed.flatMap(({ box, name }, index) =>
      placed
        .slice(index + 1)
        .filter(
          (other) =>
            box.left + 0.5 < other.box.right &&
            other.box.left + 0.5 < box.right &&
            box.top + 0.5 < other.box.bottom &&
            other.box.top + 0.5 < box.bottom,
        )
        .map((other) => `${name} and ${other.name}`),
    )
  })
}
