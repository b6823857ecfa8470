// Undo and redo by the desktop's own menu, which must not take text fields' own undo away; in a browser, by key.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type App, appTest } from './app'

const test = appTest({ latencyMs: 20 })

const server = (page: Page, id: number) =>
  page.getByRole('button', { name: new RegExp(`^Server ${id},.* up$`) })

describe('undo', () => {
  test('undoes text in a text field, and the lab everywhere else', async ({ app }) => {
    const { page } = app
    await server(page, 400).focus()
    await page.keyboard.press('Delete')
    await server(page, 400).waitFor({ state: 'detached' })
    const filter = page.getByRole('combobox', { name: 'Filter the packets' })
    await filter.click()
    await page.keyboard.type('abc')
    await chooseNative(app, 'undo')
    await expect.poll(() => filter.inputValue()).not.toBe('abc')
    await filter.fill('')
    await page.keyboard.type('xyz')
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => filter.inputValue()).not.toBe('xyz')
    await filter.fill('')
    expect(await server(page, 400).isVisible()).toBe(false)
    await server(page, 200).focus()
    await chooseNative(app, 'undo')
    await server(page, 400).waitFor()
    await chooseNative(app, 'redo')
    await server(page, 400).waitFor({ state: 'detached' })
  })
})

/** Edit › Undo of the desktop's own menu; in a browser, the key. */
async function chooseNative({ electron, page }: App, id: 'undo' | 'redo'): Promise<void> {
  if (electron === undefined) {
    await page.keyboard.press(id === 'undo' ? 'ControlOrMeta+z' : 'ControlOrMeta+y')
    return
  }
  await electron.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click()
  }, id)
}
