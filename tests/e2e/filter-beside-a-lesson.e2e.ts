// The filter in the narrowest place that a laptop's window has for it: between a lesson and the inspector.
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { type App, appTest } from './app'
import { openFile } from './files'
import { LESSON_NAME, lessonFile } from './lesson-file'

const test = appTest({ latencyMs: 20 })
const WINDOW = { width: 1280, height: 720 }
/** `type:0 client:3 policy:111`, which is longer than most filters. */
const USABLE_WIDTH = 190

test('the filter can be read, and the menus beside it are within the window', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await resize(app)
  await openFile(page, LESSON_NAME, lessonFile())
  const lesson = page.getByRole('complementary', { name: 'Lesson', exact: true })
  await lesson.getByRole('heading', { name: 'Two policies' }).waitFor()
  // A lesson hides it in a window of this width.
  await page.getByRole('button', { name: 'Inspector', exact: true }).click()
  await page.getByRole('complementary', { name: 'Inspector' }).waitFor()

  await app.screenshot('filter-beside-a-lesson')
  const box = page.getByRole('combobox', { name: 'Filter the packets' })
  expect((await placeOf(box)).width).toBeGreaterThan(USABLE_WIDTH)
  await box.fill('client:1 ')
  await expectWithinWindow(page.getByRole('listbox', { name: 'Completions' }))
  await box.press('Escape')
  await box.fill('')
  await box.press('Escape')
  for (const name of ['Columns', 'Copy packets']) {
    await page.getByRole('button', { name, exact: true }).click()
    await expectWithinWindow(page.getByRole('menu'))
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  }

  // A closed dock has one row, with all of its buttons.
  await page.getByRole('button', { name: 'Panels below' }).click()
  await page.getByRole('button', { name: 'Panels below', expanded: false }).waitFor()
  await expectWithinWindow(page.getByRole('button', { name: 'Panels below' }))
  await expectWithinWindow(box)
})

async function resize({ page, electron }: App): Promise<void> {
  if (electron) {
    await electron.evaluate(
      ({ BrowserWindow }, { width, height }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
      WINDOW,
    )
  } else await page.setViewportSize(WINDOW)
  await page.waitForFunction(
    ({ width, height }) => window.innerWidth === width && window.innerHeight === height,
    WINDOW,
  )
}

async function placeOf(element: Locator) {
  await element.waitFor()
  const place = await element.boundingBox()
  if (place === null) throw new Error('It is not shown.')
  return place
}

async function expectWithinWindow(element: Locator): Promise<void> {
  // It comes in a short animation.
  await expect
    .poll(async () => {
      const { x, y, width, height } = await placeOf(element)
      return x >= 0 && y >= 0 && x + width <= WINDOW.width && y + height <= WINDOW.height
    })
    .toBe(true)
}
