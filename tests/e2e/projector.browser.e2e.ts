// Projector mode in a lecture hall: the canvas alone, with text for the back row, and a clicker in the hand.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'

const test = appTest({ latencyMs: 400 })
const SIZE = { width: 1280, height: 720 }
/** The least height of legible text, as a part of the canvas's height. */
const LEGIBLE = 0.03
const NAMES = ['.node-title', '.policy-title', '.ring-label', '.roundabout-turn']
const RECEIPT = '.roundabout-receipt'

test('the canvas alone is legible, steps with a clicker, and gives everything back', async ({
  app: { page },
}) => {
  const { keyboard } = page
  await page.setViewportSize(SIZE)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  const tab = page.getByRole('tab', { name: 'Terminals' })
  await tab.click()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await tab.focus()
  const before = await viewport(page)

  await keyboard.press('j')
  const bar = page.getByRole('region', { name: 'Projector mode' })
  await bar.waitFor()
  for (const hidden of [page.getByRole('button', { name: 'More', exact: true }), tab]) {
    expect(await hidden.isVisible()).toBe(false)
  }
  await expect.poll(() => leastText(page, NAMES)).toBeGreaterThanOrEqual(LEGIBLE)
  expect(await outOfSight(page)).toEqual([])

  await keyboard.press('p')
  await bar.getByRole('status', { name: 'Paused' }).waitFor()
  await bar.getByRole('button', { name: 'Send all' }).click()
  await bar.getByText('6 wait for Play').waitFor()
  const inFlight = (count: string) =>
    page.locator('.counts', { hasText: new RegExp(`(^|\\D)${count} in flight$`) })
  await inFlight('1 packet').waitFor()
  await keyboard.press('PageDown')
  await inFlight('2 packets').waitFor()
  await keyboard.press('n')
  await page.locator(RECEIPT).waitFor()
  expect(await leastText(page, [...NAMES, RECEIPT, '.client-verdict'])).toBeGreaterThanOrEqual(
    LEGIBLE,
  )
  expect(await outOfSight(page)).toEqual([])

  await keyboard.press('PageUp')
  await bar.getByText(/^The past: /).waitFor()
  await bar.getByRole('button', { name: 'Back to now' }).click()
  await bar.getByRole('status', { name: 'Paused' }).waitFor()

  await keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })
  expect(await tab.isVisible()).toBe(true)
  expect(await tab.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await viewport(page)).toBe(before)

  // Its keys scroll again, and a key that shows a panel leaves the mode.
  await keyboard.press('PageUp')
  expect(await page.getByText(/^The past: /).count()).toBe(0)
  await keyboard.press('j')
  await bar.waitFor()
  await keyboard.press('1')
  await page.getByRole('grid', { name: /^Packets/ }).waitFor()
  expect(await bar.count()).toBe(0)

  // The stage view: the receipt of the latest decision beside the graph, or of the one that is selected.
  await keyboard.press('*')
  const receipt = page.getByRole('region', { name: 'Receipt' })
  await receipt.getByText('Last decision for policy 111: server 100').waitFor()
  await expect.poll(() => outOfSight(page)).toEqual([])
  await expect.poll(() => leastText(page, NAMES)).toBeGreaterThanOrEqual(LEGIBLE)
  await page.getByRole('button', { name: /^Server 400,/ }).click()
  await receipt.getByText('The next decision is explained here.').waitFor()
  await keyboard.press('*')
  await receipt.waitFor({ state: 'detached' })
  expect(await bar.count()).toBe(0)
})

/** The part of the graph on the screen, as the style of the element that moves it. */
function viewport(page: Page): Promise<string> {
  return page
    .locator('.react-flow__viewport')
    .evaluate((element) => (element instanceof HTMLElement ? element.style.transform : ''))
}

/** The smallest of these texts, as a part of the canvas's height. */
function leastText(page: Page, selectors: readonly string[]): Promise<number> {
  return page.evaluate((all) => {
    const canvas = document.querySelector('.canvas')?.clientHeight ?? 0
    const moved = document.querySelector('.react-flow__viewport')
    const zoom = moved ? new DOMMatrix(getComputedStyle(moved).transform).a : 0
    const texts = [...document.querySelectorAll(all.join())]
    const sizes = texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize))
    return (Math.min(...sizes) * zoom) / canvas
  }, selectors)
}

/** What lies beyond the window's edges or under the bar. */
function outOfSight(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() => {
    const bottom = document.querySelector('.projector-bar')?.getBoundingClientRect().top ?? 0
    return [...document.querySelectorAll('.react-flow__node, .roundabout-receipt')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > bottom
      })
      .map((element) => element.textContent)
  })
}
