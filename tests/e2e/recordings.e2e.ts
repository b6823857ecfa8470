// A session as a file: saved, opened again unchanged, refused if damaged; and the recording of a
// session whose process was killed.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { completeBlocks, findBlock, PREFIX_BYTES } from '../../src/shared/recording/format'
import { readRecording } from '../support/recordings'
import { type App, appTest, withBrowserApp, withDesktopApp } from './app'
import { choose, dropFile, openFile, savedBy } from './files'
import { socketsOf } from './programs'
import { packets, pause, shown } from './screen'

const { TSHARK_PATH = '' } = process.env
if (!TSHARK_PATH) console.warn('TSHARK_PATH names no tshark: no capture is opened with it.')

const SETTLED = { timeout: 20_000 }
const run = promisify(execFile)
const test = appTest({ latencyMs: 100 })

describe('a recording', () => {
  test('shows what the session showed, without a socket', async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { middle, end } = await work(page)
    const { name, bytes } = await savedBy(app, () => choose(page, 'Save the recording'))
    expect(name).toMatch(/^roundabout-\d{4}-\d\d-\d\d-\d{4}\.roundabout$/)

    // The lab changes: the recording does not show its present state.
    await page.keyboard.press('p')
    await page.keyboard.press('s')
    await node(page, /^Server 1001,.* up$/).waitFor()
    await page.keyboard.press('p')
    const later = await shown(page)
    expect(later).not.toEqual(end)

    const sockets = async () => socketsOf(app.pid, portsIn(end.nodes))
    const before = await sockets()
    await openFile(page, 'lesson 1.roundabout', bytes)
    const band = page.getByRole('region', { name: 'A recording' })
    await band.getByText('lesson 1.roundabout').waitFor()
    const handle = page.getByRole('slider', { name: 'Moment' })
    await handle.press('End')
    await expect.poll(() => shown(page), SETTLED).toEqual(end)
    await page.getByRole('button', { name: 'Step back' }).click()
    await expect.poll(() => shown(page), SETTLED).toEqual(middle)
    await app.screenshot('a-recording')

    await page.keyboard.press('a')
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText('nothing in it is live, and nothing done here can change it')
      .waitFor()
    expect(await shown(page)).toEqual(middle)
    expect(await sockets()).toEqual(before)

    await band.getByRole('button', { name: 'Close' }).click()
    await band.waitFor({ state: 'detached' })
    expect(await shown(page)).toEqual(later)
  })

  test('opens when it is dropped on the window; what is damaged, or none, is refused', async ({
    app,
  }) => {
    const { page } = app
    const { end } = await work(page)
    const { bytes } = await savedBy(app, () => choose(page, 'Save the recording'))

    const head = findBlock(bytes, PREFIX_BYTES)
    if (head.kind !== 'block') throw new Error('The recording has no head.')
    await dropFile(page, 'damaged.roundabout', damagedAt(bytes, head.end - 1))
    await refused(
      page,
      /damaged\.roundabout was not opened\. It is damaged in its head, at byte \d+/,
    )
    await dropFile(page, 'damaged.roundabout', damagedAt(bytes, bytes.length - 1))
    await refused(
      page,
      /damaged\.roundabout was not opened\. It is damaged in block \d+, at byte \d+/,
    )
    await dropFile(page, 'half.roundabout', bytes.subarray(0, Math.floor(bytes.length / 2)))
    await refused(page, /half\.roundabout was not opened\. It is cut short/)
    await openFile(page, 'picture.png', await readFile('docs/images/dark.png'))
    await refused(page, /picture\.png was not opened\. It is no recording of Roundabout/)
    await openFile(page, 'nothing.roundabout', Buffer.alloc(0))
    await refused(page, /nothing\.roundabout was not opened\. It is cut short/)
    expect(await shown(page)).toEqual(end)

    await dropFile(page, 'lesson 2.roundabout', bytes)
    await page.getByRole('region', { name: 'A recording' }).getByText('lesson 2').waitFor()
    await page.keyboard.press('b')
    expect(await shown(page)).toEqual(end)
  })

  test('is saved as a capture too, which other programs read', async ({ app }) => {
    const { page } = app
    await work(page)
    const { name, bytes } = await savedBy(app, () => choose(page, 'Save a capture'))
    expect(name).toMatch(/\.pcapng$/)
    // A section header, in the byte order of its magic number.
    expect(bytes.readUInt32LE(0)).toBe(0x0a0d0d0a)
    expect([bytes.readUInt32LE(8), bytes.readUInt32BE(8)]).toContain(0x1a2b3c4d)
    if (!TSHARK_PATH) return

    const folder = await mkdtemp(join(tmpdir(), 'roundabout-capture-'))
    try {
      await writeFile(join(folder, name), bytes)
      const fields = ['-T', 'fields', '-e', 'tcp.payload', '-Y', 'tcp.len > 0']
      const { stdout, stderr } = await run(TSHARK_PATH, ['-r', join(folder, name), ...fields])
      expect(withoutRootWarning(stderr)).toBe('')
      const texts = stdout.split('\n').map((hex) => Buffer.from(hex, 'hex').toString())
      for (const payload of ['xyz1', 'xyz6']) {
        expect(texts.filter((text) => text.includes(`"payload":"${payload}"`))).not.toEqual([])
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('a session whose process was killed', () => {
  let profile: string
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-crashed-'))
  })
  afterEach(() => rm(profile, { recursive: true, force: true }))

  it('is offered at the next start, up to its end', async () => {
    const runApp = inject('shell') === 'desktop' ? withDesktopApp : withBrowserApp
    const folder = join(profile, 'recordings')
    const options = { latencyMs: 100, profile }
    let last: Awaited<ReturnType<typeof shown>> | undefined
    await runApp(options, async ({ page, crash }: App) => {
      last = (await work(page)).end
      // Within a second all of it is on the disk.
      await expect.poll(() => packetsIn(folder), SETTLED).toBe(last.packets.length)
      await crash()
    })

    await runApp(options, async ({ page, errors, screenshot }: App) => {
      const offer = page.getByRole('alert').filter({ hasText: 'ended unexpectedly' })
      await offer.waitFor()
      await screenshot('recovered')
      await offer.getByRole('button', { name: 'Open' }).click()
      const band = page.getByRole('region', { name: 'A recording' })
      await band.getByText(/\d\d\.\d\d$/).waitFor()
      await page.getByRole('slider', { name: 'Moment' }).press('End')
      await expect.poll(() => shown(page), SETTLED).toMatchObject({ packets: last?.packets })
      expect(await shown(page)).toEqual(last)
      await band.getByRole('button', { name: 'Close' }).click()
      await band.waitFor({ state: 'detached' })
      expect(errors).toEqual([])
    })

    // It is kept until a person discards it.
    await runApp(options, async ({ page }: App) => {
      await page.getByRole('button', { name: 'Discard' }).click()
      await page.getByRole('button', { name: 'Discard' }).waitFor({ state: 'detached' })
    })
    await runApp(options, async ({ page }: App) => {
      await node(page, /^Server 400,.* up$/).waitFor()
      expect(await page.getByText('ended unexpectedly').count()).toBe(0)
    })
  })
})

const node = (page: Page, name: RegExp) => page.getByRole('button', { name })

/**
 * Every client sends and is answered; then time is paused. `middle`: the moment before the last
 * event.
 */
async function work(page: Page) {
  await node(page, /^Server 400,.* up$/).waitFor()
  await page.getByRole('button', { name: 'Send all' }).click()
  const answers = async () =>
    (await packets(page)).filter((row) => row.Type === 'answer' && row.From === 'proxy')
  await expect.poll(answers, SETTLED).toHaveLength(6)
  await node(page, /^Client 6,.* 1 answer, last answer correct$/).waitFor()
  await pause(page)
  const end = await shown(page)
  await page.getByRole('button', { name: 'Step back' }).click()
  await page.getByRole('region', { name: 'The past' }).waitFor()
  const middle = await shown(page)
  await page.keyboard.press('b')
  await page.getByRole('region', { name: 'The past' }).waitFor({ state: 'detached' })
  return { middle, end }
}

/** Counts of the proxy and the servers, from their names on the graph. */
function portsIn(nodes: readonly string[]): number[] {
  return nodes.flatMap((name) => / port (\d+)/.exec(name)?.[1] ?? []).map(Number)
}

/** Resolves when opening is refused with these words, and dismisses them. */
async function refused(page: Page, words: RegExp): Promise<void> {
  const notice = page.getByRole('alert').filter({ hasText: words })
  await notice.waitFor()
  expect(await page.getByRole('region', { name: 'A recording' }).count()).toBe(0)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await notice.waitFor({ state: 'detached' })
}

/** Number of packets sent, according to the session's file on disk. */
async function packetsIn(folder: string): Promise<number> {
  const files = await readdir(folder).catch(() => [])
  const name = files.find((file) => file.endsWith('.part'))
  if (name === undefined) return 0
  const bytes = await readFile(join(folder, name))
  const { blocks } = readRecording(bytes.subarray(0, completeBlocks(bytes)))
  return blocks.flatMap(({ events }) => events).filter(({ type }) => type === 'packet.sent').length
}

/** tshark prints this to root, whatever the file. */
function withoutRootWarning(text: string): string {
  return text.replace(/^Running as user "root".*\n/m, '')
}

/** With another byte there. */
function damagedAt(bytes: Buffer, place: number): Buffer {
  const damaged = Buffer.from(bytes)
  damaged.writeUInt8(255 - damaged.readUInt8(place), place)
  return damaged
}
