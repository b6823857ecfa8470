// An hour at a hundred messages a second, opened and looked into in a real browser with the app's own history, beside the
// plain way to a moment of it: every event from the start.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { chromium, type Page } from 'playwright-core'
import sirv from 'sirv'
import { build } from 'vite'
import { Keyframes } from '../../../src/main/engine/story/recording/keyframes'
import type { LabEvent } from '../../../src/shared/events'
import { sliceOf } from '../../../src/shared/feed/event-bytes'
import { BLOCK_EVENTS } from '../../../src/shared/limits'
import { encodeBlock, encodeEnd, encodeHead } from '../../../src/shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../../src/shared/state/reduce'
import type { BenchOptions } from '../options'
import { median, percentile } from '../statistics'
import { type BenchTable, spreadCells } from '../table'
import { hourOfEvents } from './hour'
import './page-bench'

const MESSAGES = 360_000
const ROUNDS = 3
const TEXT = '"message 1234"'
const STARTED_AT = 1_700_000_000_000
/** The engine's journal keeps as many. */
const PACKETS = 500
/** The one that the app's recorder uses. */
const DEFLATE_LEVEL = 3
const SEEKS = 100
/** Between two pictures of a scrubber that is drawn along, in parts of the whole. */
const SCRUB_STEP = 0.000_2
/** Steps of the golden ratio come near every moment, and never near the last one. */
const STEP = 0.618_034
const PAGE_OF_ROWS = 50
const MEGABYTE = 1024 * 1024

export async function benchRecording({ quick }: BenchOptions): Promise<BenchTable[]> {
  const path = process.env.CHROMIUM_PATH
  if (path === undefined) return []
  const folder = await mkdtemp(join(tmpdir(), 'recording-bench-'))
  await buildPage(folder)
  const written = await writeHour(join(folder, 'hour.roundabout'), MESSAGES)
  const server = createServer(sirv(folder, { setHeaders: isolate })).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({
    executablePath: path,
    // Else the browser measures its memory when it next happens to collect it.
    args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
  })
  try {
    const fresh: Fresh = { opened: [], foundByText: [] }
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}`)
      await inFreshPage(page, fresh)
      await page.close()
    }
    const firstTime = freshTable(written, fresh)
    if (quick) return [firstTime]
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}`)
    return [firstTime, await measure(page, written)]
  } finally {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true })
  }
}

interface Written {
  messages: number
  events: number
  megabytes: number
}

/** Seconds in each of the new pages. */
interface Fresh {
  opened: number[]
  foundByText: number[]
}

/** What the person waits for who opens a recording: nothing is compiled yet. */
async function inFreshPage(page: Page, { opened, foundByText }: Fresh): Promise<void> {
  await page.evaluate(() => recordingBench.load())
  opened.push((await page.evaluate(() => recordingBench.open())) / 1000)
  const found = await page.evaluate((text) => recordingBench.find(text, 'id'), TEXT)
  foundByText.push(found / 1000)
}

function freshTable(written: Written, { opened, foundByText }: Fresh): BenchTable {
  return {
    name: `Recording: ${nameOf(written)}, each time in a new page`,
    columns: ['seconds', 'median', 'least', 'most'],
    rows: [
      ['opened', ...spreadCells(opened)],
      ['found by text', ...spreadCells(foundByText)],
    ],
    figures: [
      { name: 'recording opened first time, s', rounds: opened },
      { name: 'recording found by text, s', rounds: foundByText },
    ],
  }
}

function nameOf({ messages, events }: Written): string {
  return `${messages.toLocaleString('en')} messages, ${events.toLocaleString('en')} events`
}

async function measure(page: Page, written: Written): Promise<BenchTable> {
  const empty = await page.evaluate(() => recordingBench.memory())
  await page.evaluate(() => recordingBench.load())
  const opening: number[] = []
  const memory: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    opening.push(await page.evaluate(() => recordingBench.open()))
    memory.push((await page.evaluate(() => recordingBench.memory())) - empty)
  }
  const anywhere = Array.from({ length: SEEKS }, (_, index) => (index * STEP) % 1)
  const seeks = await page.evaluate((parts) => recordingBench.seek(parts), anywhere)
  const along = Array.from({ length: SEEKS }, (_, index) => 0.4 + index * SCRUB_STEP)
  const scrubs = await page.evaluate((parts) => recordingBench.seek(parts), along)
  memory.push((await page.evaluate(() => recordingBench.memory())) - empty)
  const plain = await page.evaluate(() => recordingBench.plain(0.5))
  const middle = await page.evaluate(() => recordingBench.seek(Array(9).fill(0.5)))
  const found = async (filter: string, key: 'id' | 'roundTrip') => [
    await page.evaluate(([text, by]) => recordingBench.find(text, by), [filter, key] as const),
  ]
  const pages = [await page.evaluate((ids) => recordingBench.page(ids), PAGE_OF_ROWS)]
  const row = (what: string, times: readonly number[]) => [
    what,
    median(times),
    percentile(times, 95),
    Math.max(...times),
  ]
  return {
    name: `Recording: ${nameOf(written)}`,
    columns: ['milliseconds', 'median', 'p95', 'most'],
    rows: [
      row('opened', opening),
      row('any moment', seeks),
      row('scrubbing along', scrubs),
      row('the middle, by every event from the start', [plain]),
      row('found by client', await found('client:3', 'id')),
      row('all sorted by time taken', await found('', 'roundTrip')),
      row('found by text', await found(TEXT, 'id')),
      row(`${PAGE_OF_ROWS} rows from all over`, pages),
    ],
    notes: [
      `Memory of the page and its worker: ${(Math.max(...memory) / MEGABYTE).toFixed(0)} MB more than without; the file has ${written.megabytes.toFixed(0)} MB.`,
      `Plain ÷ the app's, to the middle: ${(plain / median(seeks)).toFixed(0)} (where it was already near: ${(plain / median(middle)).toFixed(0)}).`,
      'In Chromium, in the app’s own worker, until the state is in the window; drawing it is not in the figures.',
    ],
  }
}

/** Writes this many messages as the app's recorder does. */
async function writeHour(path: string, messages: number): Promise<Written> {
  const packed = promisify(deflateRaw)
  const file = createWriteStream(path)
  const keyframes = new Keyframes()
  let bytes = 0
  let state = INITIAL_STATE
  let events: LabEvent[] = []
  const write = async (part: Uint8Array) => {
    bytes += part.length
    if (!file.write(part)) await once(file, 'drain')
  }
  const flush = async () => {
    const due = keyframes.areDue(state)
    const realTimes = events.map(({ at, seq }) => STARTED_AT + at + (seq % 97) / 1000)
    const slice = sliceOf(events)
    const block = { slice, realTimes, before: due ? state : undefined }
    await write(await encodeBlock(block, (raw) => packed(raw, { level: DEFLATE_LEVEL })))
    keyframes.wrote(slice, due)
    state = reduce(state, events, PACKETS)
    events = []
  }
  await write(encodeHead({ startedAt: STARTED_AT, app: 'bench' }))
  for (const event of hourOfEvents(messages)) {
    if (events.push(event) === BLOCK_EVENTS) await flush()
  }
  if (events.length > 0) await flush()
  await write(encodeEnd())
  file.end()
  await once(file, 'finish')
  return { messages, events: state.seq, megabytes: bytes / MEGABYTE }
}

/** Only a page that is isolated from others may measure its memory. */
function isolate(response: { setHeader(name: string, value: string): void }): void {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
}

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: resolve('tests/bench/page/recording'),
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome114',
      modulePreload: { polyfill: false },
    },
  })
}
