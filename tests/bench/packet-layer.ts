// The packet layer in a real browser, drawing in software, beside the common way: an SVG element with an
// `animateMotion` for every packet, in a custom edge. Both are sampled in the same way, turn by turn.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type CDPSession, chromium, type JSHandle, type Page } from 'playwright-core'
import sirv from 'sirv'
import { build } from 'vite'
import { largestLag } from './packet-lag'
import type { PageBench } from './page/bench'
import { median } from './statistics'
import type { BenchTable } from './table'

const WAYS = ['layer', 'svg'] as const
type Way = (typeof WAYS)[number]

const SERVERS = [50, 300]
const PACKETS = [100, 1_000, 2_000, 5_000, 20_000]
/** More than this, and the page with SVG does not come back. */
const MOST_SVG_PACKETS = 5_000
const WINDOW = { width: 1280, height: 800 }

interface PacketLayerOptions {
  /** One round and fewer numbers: a look, not a measurement. */
  quick?: boolean
}

interface Sample {
  framesPerSecond: number
  mainMsPerFrame: number
}

/** What is compared: one line of the table. */
interface Case {
  servers: number
  packets: number
  moving: boolean
}

export async function benchPacketLayer({
  quick = false,
}: PacketLayerOptions = {}): Promise<BenchTable> {
  const folder = await mkdtemp(join(tmpdir(), 'packet-layer-'))
  await buildPage(folder)
  const server = createServer(sirv(folder)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    return await measure(browser, `http://127.0.0.1:${port}`, quick)
  } finally {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true })
  }
}

async function measure(browser: Browser, url: string, quick: boolean): Promise<BenchTable> {
  const rounds = quick ? 1 : 3
  const sampleMs = quick ? 400 : 600
  const cases = casesOf(quick ? [1_000, 5_000, 20_000] : PACKETS)
  const samples = new Map<Case, Record<Way, Sample[]>>(
    cases.map((one) => [one, { layer: [], svg: [] }]),
  )
  for (const servers of SERVERS) {
    const pages = await Promise.all(WAYS.map((way) => openPage(browser, url, way, servers)))
    for (let round = 0; round < rounds; round++) {
      for (const [one, taken] of samples) {
        if (one.servers !== servers) continue
        for (const subject of pages) {
          if (subject.way === 'svg' && one.packets > MOST_SVG_PACKETS) continue
          taken[subject.way].push(await subject.sample(one, sampleMs))
        }
      }
    }
    for (const { page } of pages) await page.context().close()
  }
  return {
    name: 'Packet layer (software rendering, 1280×800)',
    columns: [
      'servers',
      'view',
      'packets',
      'frames/s',
      'main ms/frame',
      'SVG frames/s',
      'SVG main ms/frame',
      'SVG ÷ layer, main thread',
    ],
    rows: [...samples].map(([one, { layer, svg }]) => rowOf(one, layer, svg)),
    notes: [
      `Medians of ${rounds} rounds, both ways in turn. The layer's frames/s are those of the slower of its worker and the window.`,
      "The layer's packets arrive and are replaced all the time; the SVG ones repeat, which spares them that work.",
      await lagNote(browser, url, quick ? 8 : 20),
    ],
  }
}

function casesOf(packetCounts: readonly number[]): Case[] {
  return SERVERS.flatMap((servers) =>
    [false, true].flatMap((moving) =>
      packetCounts.map((packets) => ({ servers, moving, packets })),
    ),
  )
}

function rowOf({ servers, packets, moving }: Case, layer: Sample[], svg: Sample[]) {
  const ours = middle(layer)
  const theirs = svg.length > 0 ? middle(svg) : undefined
  return [
    servers,
    moving ? 'panning, zooming' : 'still',
    packets,
    ours.framesPerSecond,
    ours.mainMsPerFrame,
    theirs?.framesPerSecond ?? '–',
    theirs?.mainMsPerFrame ?? '–',
    theirs ? theirs.mainMsPerFrame / ours.mainMsPerFrame : '–',
  ]
}

function middle(samples: readonly Sample[]): Sample {
  return {
    framesPerSecond: median(samples.map((sample) => sample.framesPerSecond)),
    mainMsPerFrame: median(samples.map((sample) => sample.mainMsPerFrame)),
  }
}

async function openPage(browser: Browser, url: string, way: Way, servers: number) {
  const context = await browser.newContext({ viewport: WINDOW })
  const page = await context.newPage()
  await page.goto(`${url}/?way=${way}&servers=${servers}`)
  const bench: JSHandle<PageBench> = await page.waitForFunction('window.bench')
  const devtools = await context.newCDPSession(page)
  // Its own time on the processor: what other processes take away from it does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    way,
    page,
    bench,
    sample: (one: Case, sampleMs: number) => sample(page, bench, devtools, one, sampleMs),
  }
}

/** One measurement; the page is quiet before and after it. */
async function sample(
  page: Page,
  bench: JSHandle<PageBench>,
  devtools: CDPSession,
  { packets, moving }: Case,
  sampleMs: number,
): Promise<Sample> {
  await bench.evaluate((it, count) => it.setPackets(count), packets)
  if (moving) await bench.evaluate((it) => it.move())
  await page.waitForTimeout(300)
  // Counting frames in the window costs the window frames that it would not have had to make; so where nothing
  // else asks it for frames, its work is measured before they are counted.
  let busy = moving ? undefined : await mainThreadShare(page, devtools, sampleMs)
  await bench.evaluate((it) => it.count())
  const counting = mainThreadShare(page, devtools, sampleMs)
  busy ??= await counting
  await counting
  const frames = await bench.evaluate((it) => it.counted())
  await bench.evaluate((it) => {
    it.rest()
    it.setPackets(0)
  })
  const rates = [frames.window, frames.worker].filter((times) => times.length > 1).map(rate)
  const framesPerSecond = Math.min(60, ...rates)
  return { framesPerSecond, mainMsPerFrame: (busy * 1000) / framesPerSecond }
}

/** The share of the time (0 to 1) for which the window's main thread was at work. */
async function mainThreadShare(page: Page, devtools: CDPSession, forMs: number): Promise<number> {
  const before = await taskMs(devtools)
  const startedAt = performance.now()
  await page.waitForTimeout(forMs)
  const worked = (await taskMs(devtools)) - before
  return worked / (performance.now() - startedAt)
}

async function taskMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  const task = metrics.find(({ name }) => name === 'TaskDuration')
  return (task?.value ?? Number.NaN) * 1000
}

/** Frames a second, from the frames' times in ms. */
function rate(times: readonly number[]): number {
  const [first = Number.NaN] = times
  return ((times.length - 1) * 1000) / ((times.at(-1) ?? Number.NaN) - first)
}

async function lagNote(browser: Browser, url: string, pictures: number): Promise<string> {
  const { page, bench } = await openPage(browser, url, 'layer', 300)
  const lag = await largestLag(page, bench, pictures)
  await page.context().close()
  return `In ${lag.pictures} pictures taken while panning and zooming, the packet was at most ${lag.pixels.toFixed(1)} px from its place on the graph (missing in ${lag.missing}).`
}

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: resolve('tests/bench/page'),
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome114',
      modulePreload: { polyfill: false },
    },
  })
}

function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(path)) throw new Error(`No Chromium at ${path}; set CHROMIUM_PATH.`)
  return path
}
