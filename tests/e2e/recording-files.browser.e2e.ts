// The files of a session, as recordings and captures: opened by dropping, refused if damaged, read by other programs.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { EventBody } from '../../src/shared/events'
import { PROXY } from '../../src/shared/ids'
import { findBlock, PREFIX_BYTES } from '../../src/shared/recording/format'
import { recordingOf } from '../support/recorded-stories'
import { appTest } from './app'
import { choose, dropFile, openFile, savedBy } from './files'
import { everybodyIsAnswered, shown } from './screen'

const { TSHARK_PATH = '' } = process.env
if (!TSHARK_PATH) console.warn('TSHARK_PATH names no tshark: no capture is opened with it.')

const LONG_MESSAGES = 96
const LONG_MESSAGE_BYTES = 32 * 1024

const run = promisify(execFile)
const test = appTest({ latencyMs: 100, scope: 'file' })

describe('a file of a session', () => {
  test('opens when it is dropped on the window; what is damaged, or none, is refused', async ({
    app,
  }) => {
    const { page } = app
    const end = await everybodyIsAnswered(page)
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
    expect(await helpersOf(page)).toBe(0)

    await dropFile(page, 'long.roundabout', await longRecording())
    await page.getByRole('region', { name: 'A recording' }).getByText('long').waitFor()
    expect(await helpersOf(page)).toBe(
      await page.evaluate(() => Math.min(4, navigator.hardwareConcurrency)),
    )
    await page.keyboard.press('b')
    expect(await shown(page)).toEqual(end)
  })

  test('is saved as a capture too, which other programs read', async ({ app }) => {
    const { page } = app
    await everybodyIsAnswered(page)
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

/** Threads that run and help to read a recording. */
async function helpersOf(page: Page): Promise<number> {
  const names = page.workers().map((worker) => worker.evaluate(() => self.name))
  return (await Promise.all(names)).filter((name) => name === 'helper').length
}

/** Long enough that helpers read its blocks ahead: messages of bytes that cannot be compressed. */
async function longRecording(): Promise<Buffer> {
  const [client, at] = ['client:1', 0]
  const events: EventBody[] = [
    { type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside' } },
    { type: 'node.added', node: { id: client, role: 'client', origin: 'inside', protocolId: '1' } },
  ]
  for (let packet = 1; packet <= LONG_MESSAGES; packet++) {
    const bytes = new Uint8Array(
      createHash('shake256', { outputLength: LONG_MESSAGE_BYTES }).update(`${packet}`).digest(),
    )
    events.push({
      type: 'packet.sent',
      packet,
      exchange: packet,
      kind: 0,
      from: client,
      to: PROXY,
      connection: 1,
      dueAt: at,
      bytes,
      copyOf: null,
    })
    events.push({ type: 'packet.delivered', packet })
  }
  const story = events.map((event, index) => ({ ...event, seq: index + 1, at }))
  return Buffer.from(await recordingOf(story, { sizes: [8], keyframeEvery: 8 }))
}

/** Resolves when opening is refused with these words, and dismisses them. */
async function refused(page: Page, words: RegExp): Promise<void> {
  const notice = page.getByRole('alert').filter({ hasText: words })
  await notice.waitFor()
  expect(await page.getByRole('region', { name: 'A recording' }).count()).toBe(0)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await notice.waitFor({ state: 'detached' })
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
