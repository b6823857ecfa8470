// What cannot be in a scenario file, and scenario files that are refused.
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { type App, appTest } from './app'
import { choose, dropFile, openFile, savedBy } from './files'
import { proxyPort, shown } from './screen'

const test = appTest({ latencyMs: 100, scope: 'file' })
const node = (page: Page, name: RegExp) => page.getByRole('button', { name })

describe('a scenario', () => {
  test('leaves outside programs out, and says so', async ({ app }) => {
    const { page } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    const program = await joinAsServer(page)
    await node(page, /^Outside server 700/).waitFor()
    const { bytes } = await savedBy(app, () => choose(page, 'Save the scenario'))
    await page.getByText('1 outside program cannot be in a scenario').waitFor()
    expect(bytes.toString()).not.toContain('700')
    await exportToRealProxies(app)
    await examine(page)
    program.destroy()
  })

  test('that is none is refused with the line, and the lab stays as it is', async ({ app }) => {
    const { page } = app
    await node(page, /^Server 400,.* up$/).waitFor()
    const before = await shown(page)
    const text = await readFile('examples/one-server-per-policy.roundabout-scenario', 'utf8')
    const broken = text.replace('"policy": "111" },', '"policy": "111" }')
    await openFile(page, 'broken.roundabout-scenario', Buffer.from(broken))
    await refused(
      page,
      /broken\.roundabout-scenario was not opened\. Line 9, column 5: a comma is missing/,
    )
    const twice = text.replace('"id": "300"', '"id": "100"')
    await dropFile(page, 'twice.roundabout-scenario', Buffer.from(twice))
    await refused(page, /servers\[2\]\.id \(line 10\): The id is that of servers\[0\] too/)
    const newer = text.replace('"version": 1', '"version": 99').replace('"servers"', '"servants"')
    await openFile(page, 'newer.roundabout-scenario', Buffer.from(newer))
    await refused(page, /servers.*: It is missing/)
    await openFile(page, 'text.roundabout-scenario', Buffer.from([0xff, 0xfe, 0x41]))
    await refused(page, /It is no text in UTF-8/)
    await openFile(page, 'large.roundabout-scenario', Buffer.alloc(1024 * 1024 + 1, ' '))
    await refused(page, /a scenario has at most 1 MiB/)
    expect(await shown(page)).toEqual(before)
  })
})

/** An outside program registers with the proxy, at the address that the screen shows. */
async function joinAsServer(page: Page): Promise<Socket> {
  const port = await proxyPort(page)
  const program = connect(port, '127.0.0.1')
  program.write(composeRegistration('700', '111', 9))
  return program
}

async function refused(page: Page, words: RegExp): Promise<void> {
  const notice = page.getByRole('alert').filter({ hasText: words })
  await notice.waitFor()
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await notice.waitFor({ state: 'detached' })
}

/** The socket doctor says what is wrong with the program; what the proxy has noticed does not say it again. */
async function examine(page: Page): Promise<void> {
  await node(page, /^Outside server 700/).press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByText('Nothing odd on its wire so far.').waitFor()
  await page.keyboard.press('a')
  await inspector.getByText('Waits on the connection that it registered on').waitFor()
  expect(await inspector.getByText('What the proxy noticed').count()).toBe(0)
}

/** A real proxy takes no registrations: its file has all servers, the outside one too. */
async function exportToRealProxies(app: App): Promise<void> {
  const { page } = app
  await choose(page, 'Export the pools')
  const dialog = page.getByRole('dialog', { name: 'Export the pools' })
  await dialog.getByText('HAProxy routes a connection once').first().waitFor()
  const haproxy = await savedBy(app, () =>
    dialog.getByRole('button', { name: 'Save haproxy.cfg' }).click(),
  )
  expect(haproxy.name).toBe('haproxy.cfg')
  expect(haproxy.bytes.toString()).toMatch(/^ {2}server s700 .*# server 700$/m)
  await dialog.locator('label', { hasText: 'nginx' }).click()
  await dialog.getByRole('button', { name: 'Save roundabout.js' }).waitFor()
  await dialog.locator('label', { hasText: 'Envoy' }).click()
  await dialog.getByText('Written, not run.').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}
