// The header in windows of every width: the address, which a student types, and the badge of a class are whole, and nothing
// covers them.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { appTest } from './app'
import { choose } from './files'

const test = appTest({ latencyMs: 600 })
const NARROWEST = 760
const WIDEST = 1600
const STEP = 20

test('the address and the badge of a class are whole at every width', async ({ app: { page } }) => {
  await page.locator('.place-address').waitFor()
  // Whether the lab reaches its speed depends on the machine.
  await page.locator('.speed').evaluate((speed) => {
    speed.append(Object.assign(document.createElement('small'), { textContent: 'reached 0.91×' }))
  })
  expect(await widthsThatCut(page, '.place-address')).toEqual([])

  await choose(page, 'Open to the room…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^127\.0\.0\.1/ }).check()
  await dialog.getByRole('button', { name: 'Open to the room' }).click()
  await dialog.getByText('Nobody is here yet.').waitFor()
  await page.keyboard.press('Escape')
  expect(await widthsThatCut(page, '.room-badge')).toEqual([])
})

/** The widths of the window at which a part of the header's left is cut or covered. */
async function widthsThatCut(page: Page, part: string): Promise<number[]> {
  const cut: number[] = []
  for (let width = NARROWEST; width <= WIDEST; width += STEP) {
    await page.setViewportSize({ width, height: 640 })
    const isWhole = await page.locator('.header').evaluate((header, selector) => {
      const [element, time] = [selector, '.header-time'].map((one) =>
        header.querySelector<HTMLElement>(one),
      )
      if (!element || !time) throw new Error(`There is no ${selector}.`)
      const { right, width: shown } = element.getBoundingClientRect()
      return (
        shown > 0 &&
        element.scrollWidth <= element.offsetWidth &&
        right < time.getBoundingClientRect().left &&
        header.scrollWidth <= header.clientWidth
      )
    }, part)
    if (!isWhole) cut.push(width)
  }
  return cut
}
