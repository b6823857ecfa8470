// Undo and redo: by key, by the notice and by the page's menu.
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { forwardedTo, sendMessage } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })

const server = (page: Page, id: number) =>
  page.getByRole('button', { name: new RegExp(`^Server ${id},.* up$`) })
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' })
const more = (page: Page) => page.getByRole('button', { name: 'More', exact: true })

async function removeWithKey(page: Page, id: number): Promise<void> {
  await server(page, id).focus()
  await page.keyboard.press('Delete')
  await server(page, id).waitFor({ state: 'detached' })
}

/** The focus is in the page and not in a text field. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

describe('undo', () => {
  test('brings a removed server back, from the notice and by key, with its turn', async ({
    app,
  }) => {
    const { page } = app
    await server(page, 300).waitFor()
    await removeWithKey(page, 100)
    const notice = notices(page).getByRole('status').filter({ hasText: 'Server 100 removed.' })
    await notice.getByRole('button', { name: 'Undo' }).click()
    await server(page, 100).waitFor()
    await notices(page).getByText('Undone: remove server 100.').waitFor()

    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'turns', count: 4 })
    await page.getByRole('button', { name: /^Client 1,/ }).focus()
    await expect.poll(() => forwardedTo(page, '111')).toHaveLength(4)
    const turns = await forwardedTo(page, '111')
    expect(turns).toEqual(['server 100', 'server 300', 'server 100', 'server 300'])

    await press(page, 'ControlOrMeta+Shift+z')
    await server(page, 100).waitFor({ state: 'detached' })
    await press(page, 'ControlOrMeta+z')
    await server(page, 100).waitFor()
    // There was nothing else before.
    await press(page, 'ControlOrMeta+z')
    await notices(page).getByText('There is nothing to undo.').waitFor()
  })

  test('brings back the lab from before a reset; the menu says what comes next', async ({
    app,
  }) => {
    const { page } = app
    await page.getByRole('button', { name: 'Add server', exact: true }).click()
    await server(page, 1001).waitFor()
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Reset the lab…' }).click()
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await server(page, 1001).waitFor({ state: 'detached' })
    await notices(page).getByText('The lab was reset.').waitFor()
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Undo: reset the lab' }).press('Enter')
    await server(page, 1001).waitFor()
    await more(page).click()
    await page.getByRole('menuitem', { name: 'Redo: reset the lab' }).waitFor()
    await page.getByRole('menuitem', { name: 'Undo: add server 1001' }).press('Enter')
    await server(page, 1001).waitFor({ state: 'detached' })
  })

  test('is not possible in the past, and says why', async ({ app }) => {
    const { page } = app
    await removeWithKey(page, 200)
    await press(page, ',')
    await page.getByRole('region', { name: 'The past' }).waitFor()
    await press(page, 'ControlOrMeta+z')
    await notices(page)
      .getByText(/Back to now|the past/i)
      .waitFor()
    await press(page, 'b')
    await page.getByRole('region', { name: 'The past' }).waitFor({ state: 'detached' })
    await press(page, 'ControlOrMeta+z')
    await server(page, 200).waitFor()
  })
})
