// The reset between tests that share an app: the next test finds it like a new app.
import { connect } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { appTest } from './app'
import { reset } from './reset'
import { packets, proxyPort, sendMessage, shown } from './screen'

const options = { latencyMs: 20 }
const test = appTest(options)

describe('a reset', () => {
  test('leaves nothing of what was done', async ({ app }) => {
    const { page } = app
    await page.reload()
    const asNew = await everything(page)

    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add server', exact: true }).click()
    await page.getByRole('button', { name: /^Server 1001,.* up$/ }).waitFor()
    const program = connect(await proxyPort(page), '127.0.0.1')
    program.write(composeRegistration('700', '111', 7000))
    await page.getByRole('button', { name: /^Outside server 700/ }).waitFor()
    await addBreakpoint(page, 'policy:222')
    await sendMessage(page, { client: 'Client 3', policy: '222', payload: 'held' })
    await page.getByRole('button', { name: 'Breakpoints: 1, 1 packet held' }).waitFor()
    await page.getByRole('button', { name: /^Client 1,/ }).press('Enter')
    await page.getByRole('tab', { name: 'Packets' }).click()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Payload' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.getByRole('combobox', { name: 'Filter the packets' }).fill('client:3')
    await page.getByRole('tab', { name: 'Terminals' }).click()
    for (const key of ['[', '[', 'p']) await page.keyboard.press(key)
    await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('region', { name: 'The past' }).waitFor()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.keyboard.press('r')
    await page.getByRole('region', { name: 'Notices' }).getByText('nothing done here').waitFor()

    await reset(app, options)
    expect(await everything(page)).toEqual(asNew)
    program.destroy()
  })

  test('has the latency that the tests of the file ask for', async ({ app }) => {
    const { page } = app
    await reset(app, { latencyMs: 0 })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    await page.getByRole('button', { name: 'Link latency' }).getByText('0 ms').waitFor()
    expect(await packets(page)).toHaveLength(4)
  })
})

/**
 * What distinguishes a new app from a used one, except the session's past. Ports and times differ
 * between runs.
 */
async function everything(page: Page) {
  await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
  await page.getByRole('button', { name: /^Client 6,/ }).waitFor()
  const screen = () =>
    page.evaluate(() => ({
      theme: document.documentElement.dataset.theme,
      motion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      tab: document.querySelector('[role=tab][aria-selected=true]')?.textContent,
      filter: document.querySelector<HTMLInputElement>('[role=combobox]')?.value,
      header: document.querySelector('header')?.textContent,
      inspector: document.querySelector('aside[aria-label=Inspector]')?.textContent,
      notices: document.querySelector('[aria-label=Notices]')?.textContent,
      past: document.querySelector('[aria-label="The past"]') !== null,
      dialogs: document.querySelectorAll('[role=dialog], [role=alertdialog]').length,
      buttons: [...document.querySelectorAll('header button')].map(
        (button) => `${button.ariaLabel ?? button.textContent} ${button.matches(':disabled')}`,
      ),
    }))
  const before = await screen()
  const { packets: listed, table, counts, nodes } = await shown(page)
  return JSON.parse(
    JSON.stringify({ before, listed, table, counts, nodes }, (key, value) => {
      if (['Time', 'Link', 'Round trip', 'Listen port', 'Port'].includes(key)) return undefined
      return typeof value === 'string' ? value.replaceAll(/\b\d{5}\b/g, 'port') : value
    }),
  )
}

async function addBreakpoint(page: Page, filter: string): Promise<void> {
  await page.getByRole('button', { name: 'Breakpoints: 0' }).click()
  const list = page.getByRole('dialog', { name: 'Breakpoints' })
  await list.getByLabel('Hold packets that match').fill(filter)
  await list.getByRole('button', { name: 'Add', exact: true }).click()
  await list.getByRole('checkbox', { name: `Hold what matches ${filter}` }).waitFor()
  await page.keyboard.press('Escape')
}
