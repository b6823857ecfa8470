// The charts in a real browser, drawing in software: what they cost the page under a load of 1,000 messages a second, and how
// long an hour of them takes to be drawn.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import sirv from 'sirv'
import { build } from 'vite'
import { endWithUs } from '../children'
import type { BenchOptions } from '../options'
import { cpuMeter } from '../start-up/process-tree'
import { median } from '../statistics'
import { type BenchTable, spreadCells } from '../table'
import type {} from './page-bench'

const WINDOW = { width: 1600, height: 900 }
const PER_SECOND = 1_000
/** The page is measured once it has shown this many seconds of it. */
const SECONDS_OF_LOAD = 3
/** What it costs to open a tab is not measured: so much time from then on is left out. */
const OPENING_MS = 1_500
/** How long the page is measured for, each time. */
const SAMPLE_MS = { quick: 3_000, whole: 6_000 }

export async function benchCharts({ quick }: BenchOptions): Promise<BenchTable[]> {
  const executablePath = process.env.CHROMIUM_PATH
  if (executablePath === undefined) return []
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    return [await benchHour(browser, quick), await benchLoad(browser, quick)]
  } finally {
    await browser.close()
  }
}

async function benchHour(browser: Browser, quick: boolean): Promise<BenchTable> {
  const folder = await mkdtemp(join(tmpdir(), 'charts-'))
  await build({
    configFile: false,
    root: resolve('tests/bench/page/charts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome114' },
  })
  const server = createServer(sirv(folder)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const page = await browser.newPage({ viewport: WINDOW })
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    await page.waitForFunction('globalThis.chartsBench !== undefined')
    await page.evaluate(() => globalThis.chartsBench?.load())
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const [opened, second]: [Drawn[], Drawn[]] = [[], []]
    for (let round = 0; round < (quick ? 3 : 9); round++) {
      opened.push(await drawn(devtools, () => page.evaluate(() => globalThis.chartsBench?.draw())))
      second.push(
        await drawn(devtools, () => page.evaluate(() => globalThis.chartsBench?.drawSecond())),
      )
    }
    await page.close()
    return {
      name: 'Charts of an hour (eight of them, software rendering, 1600×500)',
      columns: ['', 'ms until on the screen', 'least', 'most', 'ms of the main thread'],
      rows: [hourRow('opened', opened), hourRow('one more second', second)],
      notes: ['Two frames of 16.7 ms are waited for in any case.'],
      figures: [
        { name: 'charts of an hour drawn, ms', rounds: opened.map(({ wallMs }) => wallMs) },
      ],
    }
  } finally {
    server.close()
    await rm(folder, { recursive: true })
  }
}

interface Drawn {
  wallMs: number
  mainMs: number
}

async function drawn(
  devtools: CDPSession,
  draw: () => Promise<number | undefined>,
): Promise<Drawn> {
  const before = (await mainThread(devtools))('TaskDuration')
  const wallMs = (await draw()) ?? Number.NaN
  return { wallMs, mainMs: 1000 * ((await mainThread(devtools))('TaskDuration') - before) }
}

function hourRow(name: string, all: readonly Drawn[]): (string | number)[] {
  const main = median(all.map(({ mainMs }) => mainMs))
  return [name, ...spreadCells(all.map(({ wallMs }) => wallMs)), main]
}

interface Sample extends Usage {
  framesPerSecond: number
  /** The part of one core that the engine uses; NaN where it cannot be read. */
  engine: number
}

async function benchLoad(browser: Browser, quick: boolean): Promise<BenchTable> {
  const folder = await mkdtemp(join(tmpdir(), 'charts-'))
  const host = spawn(process.execPath, [...HOST, '--recordings', folder, '--logs', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  endWithUs(host)
  try {
    const page = await browser.newPage({ viewport: WINDOW })
    await page.goto(await addressOf(host))
    await openLoad(page)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const processes = await browser.newBrowserCDPSession()
    const meters = { devtools, processes, host: host.pid ?? 0 }
    const [charts, packets]: [Sample[], Sample[]] = [[], []]
    const sampleMs = SAMPLE_MS[quick ? 'quick' : 'whole']
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      await page.keyboard.press('1')
      await page.getByRole('grid', { name: 'Packets, newest first' }).waitFor()
      await page.evaluate(countFrames(OPENING_MS))
      packets.push(await sample(page, meters, sampleMs))
      await page.keyboard.press('5')
      await page.getByRole('figure', { name: 'Messages' }).waitFor()
      await page.evaluate(countFrames(OPENING_MS))
      charts.push(await sample(page, meters, sampleMs))
    }
    const rate = median(await answeredBySecond(page))
    await page.close()
    return {
      name: `The page under ${PER_SECOND} messages a second (software rendering, 1600×900)`,
      columns: ['dock', 'frames/s', ...SHARES.map(({ column }) => `${column}, % of a core`)],
      rows: [rowOf('charts', charts), rowOf('packets', packets)],
      notes: [
        `Answered a second in the last seconds: ${Math.round(rate)}. The page's process has its raster threads and the packets' worker too.`,
        'Chromium puts the picture together in the painting process, which a graphics card would do. All of them share the cores.',
      ],
      figures: [
        { name: 'charts: frames/s', rounds: charts.map((one) => one.framesPerSecond) },
        { name: 'charts: % of a core', rounds: charts.map((one) => 100 * one.process) },
      ],
    }
  } finally {
    host.kill()
    await once(host, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

const HOST = ['out/main/headless.cjs', '--port', '0', '--proxy-port', '0', '--no-open', '--fresh']

function rowOf(name: string, samples: readonly Sample[]): (string | number)[] {
  const middle = (of: (sample: Sample) => number) => median(samples.map(of))
  return [
    name,
    middle((one) => one.framesPerSecond),
    ...SHARES.map(({ of }) => middle((one) => 100 * one[of])),
  ]
}

const SHARES = [
  { column: 'script', of: 'script' },
  { column: 'style and layout', of: 'layout' },
  { column: 'main thread', of: 'main' },
  { column: 'page', of: 'process' },
  { column: 'painting', of: 'painting' },
  { column: 'engine', of: 'engine' },
] as const satisfies readonly { column: string; of: keyof Sample }[]

function addressOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stdout === null) return reject(new Error('The host has no standard output.'))
    createInterface({ input: stdout }).once('line', (line) =>
      resolve(line.replace('Roundabout: ', '')),
    )
  })
}

/** Opens a scenario whose clients send that many messages a second to four servers. */
async function openLoad(page: Page): Promise<void> {
  const scenario = {
    format: 'roundabout-scenario',
    version: 5,
    latencyMs: 5,
    servers: ['100', '200', '300', '400'].map((id) => ({ id, policy: '111' })),
    clients: [{ id: '1', policy: '111', payload: 'load' }],
    traffic: [{ client: '1', pattern: 'constant', perSecond: PER_SECOND, clients: 40 }],
  }
  await page.getByRole('tab', { name: 'Charts' }).waitFor()
  const asked = page.waitForEvent('filechooser')
  await page.evaluate(() => {})
  await page.keyboard.press('o')
  const buffer = Buffer.from(JSON.stringify(scenario))
  const mimeType = 'application/octet-stream'
  await (await asked).setFiles({ name: 'load.roundabout-scenario', mimeType, buffer })
  const replace = page.getByRole('button', { name: /^(Open|Replace|Start)/ })
  if (await replace.count()) await replace.first().click()
  await page.keyboard.press('5')
  await page.getByRole('figure', { name: 'Messages' }).waitFor()
  const underLoad = async () => (await answeredBySecond(page)).filter((count) => count > 0).length
  while ((await underLoad()) < SECONDS_OF_LOAD) await nextFrame(page)
}

/** An expression for the page. */
const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(resolve))'

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(NEXT_FRAME)
}

interface Meters {
  devtools: CDPSession
  processes: CDPSession
  /** The engine's process. */
  host: number
}

async function sample(page: Page, meters: Meters, forMs: number): Promise<Sample> {
  const before = await usage(meters)
  const engineMs = process.platform === 'linux' ? cpuMeter(meters.host) : () => Number.NaN
  const startedAt = performance.now()
  const frames = await page.evaluate<number>(countFrames(forMs))
  const seconds = (performance.now() - startedAt) / 1000
  const engine = engineMs() / 1000 / seconds
  const after = await usage(meters)
  const share = (of: keyof Usage) => (after[of] - before[of]) / seconds
  return {
    framesPerSecond: frames / (forMs / 1000),
    engine,
    script: share('script'),
    layout: share('layout'),
    main: share('main'),
    process: share('process'),
    painting: share('painting'),
  }
}

/** An expression for the page. */
const countFrames = (forMs: number) => `new Promise((resolve) => {
  const end = performance.now() + ${forMs}
  let frames = 0
  const step = () => {
    frames++
    if (performance.now() < end) requestAnimationFrame(step)
    else resolve(frames)
  }
  requestAnimationFrame(step)
})`

/** Seconds of processor time so far: of the page's main thread and parts of it, of its whole process, and of the one that paints. */
interface Usage {
  script: number
  layout: number
  main: number
  process: number
  painting: number
}

async function usage({ devtools, processes }: Meters): Promise<Usage> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
  const most = (type: string) =>
    Math.max(...processInfo.filter((one) => one.type === type).map(({ cpuTime }) => cpuTime))
  const seconds = await mainThread(devtools)
  return {
    script: seconds('ScriptDuration'),
    layout: seconds('LayoutDuration') + seconds('RecalcStyleDuration'),
    main: seconds('TaskDuration'),
    // The busiest page.
    process: most('renderer'),
    painting: most('GPU'),
  }
}

/** Its own time on the processor, by kind: what other processes take away from it does not count. */
async function mainThread(devtools: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return (name) => metrics.find((one) => one.name === name)?.value ?? Number.NaN
}

/** In the table of the chart, without the second that is not over. */
function answeredBySecond(page: Page): Promise<number[]> {
  const table = page.getByRole('table', { name: 'Messages: the last seconds' })
  return table.evaluate((element) =>
    [...element.querySelectorAll('tbody tr')].map((row) =>
      Number(row.querySelectorAll('td')[1]?.textContent),
    ),
  )
}
