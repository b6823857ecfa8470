// The main journey, in a browser and in the desktop window: a first run, adding a server, messages
// in turn, removing a server. Checks what a person sees: the table, the packet list, the nodes'
// names.
import { describe, expect } from 'vitest'
import { appTest } from './app'
import { chartTotals, forwardedTo, sendMessage, servedByServer, switchingTable } from './screen'

const test = appTest({ latencyMs: 20, scope: 'file' })
const SETTLED = { timeout: 20_000 }

describe('a newcomer', () => {
  test('sees the classic pool, ready to go', async ({ app }) => {
    const { page } = app
    for (const [client, policy] of [
      [1, 111],
      [2, 111],
      [3, 222],
      [4, 111],
      [5, 222],
      [6, 222],
    ]) {
      const name = `Client ${client}, policy ${policy}, payload xyz${client}`
      await page.getByRole('button', { name }).waitFor()
    }
    for (const name of ['Add server', 'Add client', 'Send message']) {
      await page.getByRole('button', { name, exact: true }).waitFor()
    }
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)
    const rows = await switchingTable(page)
    expect(rows.map((row) => [row['Server id'], row['Privacy policy']])).toEqual([
      ['100', '111'],
      ['200', '222'],
      ['300', '111'],
      ['400', '222'],
    ])
    await app.screenshot('first-run')
  })

  test('adds a server, sends messages in turn, and removes a server', async ({ app }) => {
    const { page } = app
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)

    await page.getByRole('button', { name: 'Add server', exact: true }).click()
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(5)
    const added = (await switchingTable(page)).at(-1)
    expect(added).toMatchObject({ 'Server id': '1001', 'Privacy policy': '111' })

    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'round', count: 5 })
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 2, 200: 0, 300: 2, 400: 0, 1001: 1 })
    expect(await forwardedTo(page, '111')).toEqual([
      'server 100',
      'server 300',
      'server 1001',
      'server 100',
      'server 300',
    ])
    await expect
      .poll(() => chartTotals(page, 'Messages'), SETTLED)
      .toEqual({ sent: 5, answered: 5, errors: 0 })
    await app.screenshot('in-turn')

    // The tools of a selected node cover no other node.
    await page.getByRole('button', { name: /^Server 300,/ }).click()
    await page.getByRole('button', { name: 'Remove server 300' }).click()
    await expect.poll(() => switchingTable(page), SETTLED).toHaveLength(4)

    await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'about', count: 4 })
    await expect
      .poll(() => servedByServer(page), SETTLED)
      .toEqual({ 100: 4, 200: 0, 400: 0, 1001: 3 })
    expect((await forwardedTo(page, '111')).slice(5)).toEqual([
      'server 1001',
      'server 100',
      'server 1001',
      'server 100',
    ])
    await app.screenshot('without-300')
  })
})
