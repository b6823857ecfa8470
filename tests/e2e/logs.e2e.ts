// The real app's log, in both shells: what a run writes, what it refuses, and that it leaves
// message contents out.

import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { type App, desktopArguments, logFile, withBrowserApp, withDesktopApp } from './app'
import { electronPath } from './app-paths'
import { removeProfile } from './profile-folder'
import { start } from './programs'
import { sendMessage } from './screen'

const SHELL = inject('shell')
const MARKER = 'Q7marker'
const STARTED = { timeout: 30_000 }

let profile: string
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'roundabout-logs-'))
})
afterEach(() => removeProfile(profile))

function run(use: (app: App) => Promise<void>, args: readonly string[] = []): Promise<void> {
  const runApp = SHELL === 'desktop' ? withDesktopApp : withBrowserApp
  return runApp({ profile, latencyMs: 0, args }, use)
}

const written = () => readFile(logFile(profile), 'utf8')
const lines = async () => (await written()).split(/\r?\n/).filter((line) => line !== '')

const send = (page: Page, payload: string) =>
  sendMessage(page, { client: 'Client 1', policy: '111', payload, count: 1 })

describe('the log', () => {
  it('says what runs, where it listens, what was refused and how it ended, and has no messages', async () => {
    await run(async (app) => {
      await send(app.page, MARKER)
      await expect.poll(() => app.page.getByText(MARKER).count()).toBeGreaterThan(0)
      await makeRefusedCalls(app)
    })
    const all = await lines()
    expect(all[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\S+Z info +Roundabout \d+\.\d+\.\d+ started, .*Node \d+/,
    )
    if (SHELL === 'desktop') expect(all[0]).toMatch(/Electron \d+.*Chromium \d+/)
    expect(all).toContainEqual(
      expect.stringMatching(/The proxy listens on 127\.0\.0\.1 port \d+\./),
    )
    expect(all).toContainEqual(expect.stringContaining(`kept in ${join(profile, 'recordings')}`))
    expect(all.at(-1)).toMatch(/ info +Ended with code 0\.$/)
    for (const line of all) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\S+Z (info|warn|error) /)
    const text = await written()
    expect(text).not.toMatch(/token/)
    expect(text).not.toContain(MARKER)
  })

  it('has them where it is asked to', async () => {
    await run(
      async ({ page }) => {
        await send(page, MARKER)
        await expect.poll(written).toMatch(/out, type 0, proxy → server:\d+: .*Q7marker/)
      },
      ['--log-contents'],
    )
    expect(await written()).toContain('Message contents: switched on.')
  })
})

describe('a start that fails', () => {
  const FAULT = '--latency needs milliseconds, a whole number from 0 to 60000; it got "soon".'

  it('is in the log', async () => {
    const args = ['--logs', join(profile, 'logs'), '--latency', 'soon']
    if (SHELL === 'desktop') {
      const { child } = start(electronPath(), [
        ...desktopArguments(profile, {}),
        '--latency',
        'soon',
      ])
      // The app waits at a dialog with the same text.
      await expect.poll(() => written().catch(() => ''), STARTED).toContain(FAULT)
      child.kill('SIGKILL')
      return
    }
    const { code, err } = await start(process.execPath, ['out/main/headless.cjs', ...args]).ended
    expect({ code, err }).toEqual({ code: 2, err: `${FAULT}\n` })
    expect((await lines()).map((line) => line.slice(25))).toEqual([
      expect.stringMatching(/^info +Roundabout /),
      `error   ${FAULT}`,
      'info    Ended with code 2.',
    ])
  })
})

/** Calls that are refused, with the marker in them. Resolves when the log has them. */
async function makeRefusedCalls({ page, electron, url = '' }: App): Promise<void> {
  if (electron === undefined) {
    await refusedSockets(url)
  } else {
    const refused = await page.evaluate((marker) => {
      const { execute, acknowledge } = Reflect.get(window, 'roundabout')
      acknowledge(marker)
      return execute({ type: 'sendMessage', client: 'client:1', payload: [marker] })
    }, MARKER)
    expect(refused).toMatchObject({ ok: false })
  }
  await expect
    .poll(written)
    .toContain(
      electron ? 'A call of roundabout:acknowledge was refused' : 'https://example.invalid',
    )
  await expect.poll(written).toContain('A command was refused: payload: ')
}

/** Foreign windows, and one that sends wrong messages. */
async function refusedSockets(url: string): Promise<void> {
  const { origin, host, searchParams } = new URL(url)
  const address = `ws://${host}/ws?token=${searchParams.get('token')}`
  const foreign = new WebSocket(address, { origin: 'https://example.invalid' })
  await new Promise((resolve) => foreign.once('error', resolve))
  const socket = new WebSocket(address, { origin })
  await new Promise((resolve) => socket.once('open', resolve))
  const command = { type: 'sendMessage', client: 'client:1', payload: [MARKER] }
  const refused = new Promise((resolve) => socket.once('message', resolve))
  socket.send(JSON.stringify({ kind: 'command', id: 1, command }))
  await refused
  socket.close()
}
