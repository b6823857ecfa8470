// The same work without a mouse: every step is a key.
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { forwardedTo, packets, servedByServer, switchingTable } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })
const SETTLED = { timeout: 20_000 }

describe('with the keyboard alone', () => {
  test('a server is added, messages are sent, a node is removed', async ({ app }) => {
    const { page } = app
    const { keyboard } = page
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    await page.getByRole('button', { name: /^Server 400,/ }).waitFor()

    await keyboard.press('s')
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(5)

    // "Send message" is ready: Enter sends at once, to the first client's policy.
    await keyboard.press('Escape')
    await keyboard.press('m')
    await page.getByRole('dialog', { name: 'Message' }).waitFor()
    await keyboard.press('Enter')
    await expect.poll(() => servedByServer(page), SETTLED).toMatchObject({ 100: 1 })
    expect(await forwardedTo(page, '111')).toEqual(['server 100'])

    await page.getByRole('button', { name: /^Server 100,/ }).focus()
    await keyboard.press('Delete')
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)

    await keyboard.press('a')
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 200: 2, 300: 2, 400: 1, 1001: 1 })
  })

  test('a packet is held, looked at in the past, and let go step by step', async ({ app }) => {
    const { page } = app
    const { keyboard } = page
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByRole('button', { name: /^Server 400,.* up$/ }).waitFor()
    await page.getByRole('button', { name: /^Client 3,/ }).press('Enter')
    await keyboard.press('h')
    await page
      .getByRole('button', { name: /^Client 3,.* next packet is going to be held/ })
      .waitFor()
    await keyboard.press('a')
    await page.getByRole('button', { name: 'held: “xyz3”' }).waitFor()
    await page.getByRole('button', { name: /^Client 6,.* last answer correct$/ }).waitFor()

    await keyboard.press('/')
    await keyboard.type('is:held')
    await keyboard.press('Enter')
    await expect.poll(() => packets(page), SETTLED).toMatchObject([{ From: 'client 3' }])
    await page.getByRole('combobox', { name: 'Filter the packets' }).press('Escape')

    await keyboard.press('Escape')
    // After looking back the lab is as before: paused.
    await keyboard.press('p')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Packets' }).press(',')
    const past = page.getByRole('region', { name: 'The past' })
    await past.waitFor()
    await keyboard.press('r')
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText('nothing done here can change what happened')
      .waitFor()
    await keyboard.press('.')
    await past.getByText('now is next').waitFor()
    await keyboard.press('b')
    await past.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'held: “xyz3”' }).waitFor()

    await keyboard.press('r')
    await page.getByRole('button', { name: 'held: “xyz3”' }).waitFor({ state: 'detached' })
    await keyboard.press('n')
    await expect.poll(() => forwardedTo(page, '222'), SETTLED).toHaveLength(3)
    await page.getByRole('tab', { name: 'Packets' }).press('.')
    await expect
      .poll(async () => (await packets(page)).filter((row) => row.Type === 'answer'), SETTLED)
      .toHaveLength(11)
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  })
})
