// The app with an attacker inside: every page has raw IPC, and pages can be opened without the
// app's headers.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import type { ElectronApplication, Page } from 'playwright-core'
import { test as base, expect, vi } from 'vitest'
import { desktopArguments } from './app'
import { ROOT } from './app-paths'
import { withElectron } from './electron'
import { removeProfile } from './profile-folder'
import { sendMessage, servedByServer, switchingTable } from './screen'

type Way = 'send' | 'sendSync' | 'invoke'
/** The app's own session, or one whose pages come without headers. */
type Where = 'own' | 'bare'
export type Outcome = { answer?: unknown; error?: string }
/** Arguments, or one that is created in the page: a text or bytes of this size. */
export type Arguments = readonly unknown[] | { text: number } | { bytes: number }

export interface AttackedApp {
  readonly page: Page
  readonly electron: ElectronApplication
  /** The window's own page, for `call`. */
  readonly id: number
  /** The log, and the page's console. */
  told(): string
  /** The app's standard error. */
  log(): string
  /**
   * Counts the refusals in the log: those with a line of their own, and those that are only
   * counted.
   */
  refusals(): number
  call(id: number, way: Way, channel: string, lists: readonly Arguments[]): Promise<Outcome[]>
  /** Opens another window. */
  open(url: string, where?: Where): Promise<{ id: number; page: Page }>
  /** Returns why another window cannot load this address. */
  fail(url: string, where?: Where): Promise<string>
}

/** Vitest's `test` with one app for all tests of a file; finally checks that it still serves. */
export const attackedTest = base.extend<{ app: AttackedApp }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures wanted from the parameter.
    async ({}, use) => {
      const profile = await mkdtemp(join(tmpdir(), 'roundabout-hostile-'))
      try {
        const args = [
          '--require',
          join(ROOT, 'tests/e2e/hostile.cjs'),
          ...desktopArguments(profile, { latencyMs: 20 }),
        ]
        await withElectron({ args }, async (electron) => use(await attack(electron)))
      } finally {
        await removeProfile(profile)
      }
    },
    { scope: 'file' },
  ],
})

async function attack(electron: ElectronApplication): Promise<AttackedApp> {
  let log = ''
  let told = ''
  electron
    .process()
    .stderr?.setEncoding('utf8')
    .on('data', (piece: string) => {
      log += piece
      told += piece
    })
  const page = await electron.firstWindow()
  page.on('console', (message) => {
    told += `${message.text()}\n`
  })
  await page.waitForLoadState()
  const id = await electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.id,
  )
  if (id === undefined) throw new Error('There is no window.')
  await electron.evaluate(() => Reflect.get(globalThis, 'hostile').serveBarePages())

  return {
    page,
    electron,
    id,
    told: () => told,
    log: () => log,
    refusals: () => countRefusals(log),
    call: (caller, way, channel, lists) =>
      electron.evaluate((_electron, asked) => Reflect.get(globalThis, 'hostile').call(asked), {
        id: caller,
        way,
        channel,
        lists: lists.map((list) => (isList(list) ? serialize(list).toString('base64') : list)),
      }),
    async open(url, where = 'own') {
      const other: number = await electron.evaluate(
        (_electron, asked) => Reflect.get(globalThis, 'hostile').open(asked),
        { url, where },
      )
      return { id: other, page: await pageOf(electron, other) }
    },
    fail: (url, where = 'own') =>
      electron.evaluate((_electron, asked) => Reflect.get(globalThis, 'hostile').fail(asked), {
        url,
        where,
      }),
  }
}

/**
 * Returns the page of the window with these contents. An event tells of each new window, but that of a window which has
 * failed to load and is closed by now may arrive late.
 */
function pageOf(electron: ElectronApplication, id: number): Promise<Page> {
  return vi.waitFor(
    async () => {
      for (const page of electron.windows()) {
        const window = await electron.browserWindow(page).catch(() => undefined)
        const found = await window?.evaluate(({ webContents }) => webContents.id).catch(() => -1)
        if (found === id) return page
      }
      throw new Error(`There is no page of window ${id} yet.`)
    },
    { timeout: 10_000 },
  )
}

const isList = (list: Arguments): list is readonly unknown[] => Array.isArray(list)

function countRefusals(log: string): number {
  let count = 0
  for (const line of log.split('\n')) {
    const more = /… and (\d+) more/.exec(line)?.[1]
    if (more !== undefined) count += Number(more)
    else if (/ was refused/.test(line)) count++
  }
  return count
}

/** Adds a server by hand and sends a message through the proxy to it. */
export async function expectToServe({ page }: AttackedApp): Promise<void> {
  const before = (await switchingTable(page)).length
  await page.getByRole('button', { name: 'Add server', exact: true }).click()
  await expect.poll(() => switchingTable(page), { timeout: 20_000 }).toHaveLength(before + 1)
  const id = (await switchingTable(page)).at(-1)?.['Server id'] ?? ''
  await sendMessage(page, { client: 'Client 1', policy: '111', payload: 'still', count: 3 })
  await expect.poll(async () => (await servedByServer(page))[id], { timeout: 20_000 }).toBe(1)
}
