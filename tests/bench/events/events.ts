// A hundred thousand events a second into a screen: what it costs the sending side, and whether the screen
// keeps its frames. Each figure is the difference to a run beside it that generates the same events for nobody.
import { chromium, type Page } from 'playwright-core'
import { type Child, startElectron, startEntry } from '../children'
import type { BenchOptions } from '../options'
import { median } from '../statistics'
import { type BenchTable, spreadCells } from '../table'
import type { ElectronOrder, ElectronReport } from './electron-main'
import { COUNTS, type PageCounts, START } from './page-counts'
import type { SenderReport, Sent } from './sender'
import type { WebAddresses } from './web-host'

const ROUNDS = 5
const QUICK_ROUNDS = 2
const BROWSER = 'browser, the app’s frames'
const ELECTRON = 'Electron, the app’s frames'
const REFERENCE_EVENTS_PER_SECOND = 100_000

type HostReport = SenderReport<WebAddresses>
/** Way → its rounds. */
type Results = Map<string, Measured[]>

interface Measured {
  /** Into the screen. */
  eventsPerSecond: number
  paintsPerSecond: number
  arrivalsPerSecond: number
  summaries: number
  /** Of one core, at the reference rate: for sending, and for generating, recording and everything else. */
  sendingPercent: number
  restPercent: number
}

/** A page and the process that sends to it. */
interface Screen {
  reload(): Promise<void>
  start(): Promise<void>
  counts(): Promise<PageCounts>
  /** Generates events for a while. */
  run(measuring: () => Promise<void>): Promise<Sent>
}

export async function benchEvents({ quick }: BenchOptions): Promise<BenchTable[]> {
  const results: Results = new Map()
  const rounds = quick ? QUICK_ROUNDS : ROUNDS
  const skipped: string[] = []
  if (process.env.CHROMIUM_PATH === undefined) skipped.push('the browser: no Chromium was found')
  else await benchBrowser(process.env.CHROMIUM_PATH, rounds, results, quick)
  if (process.env.ELECTRON_PATH === undefined) skipped.push('the desktop: no Electron was found')
  else await benchElectron(process.env.ELECTRON_PATH, rounds, results)
  const sending = (way: string) =>
    (results.get(way) ?? []).map(({ sendingPercent }) => sendingPercent)
  return [
    {
      name: 'Events: into the screen, over each way',
      columns: [
        'way',
        'events/s',
        'page frames/s',
        'arrivals/s',
        'summaries',
        'sending, %',
        'least',
        'most',
        'generating, %',
      ],
      rows: [...results].map(([way, measured]) => {
        const middle = (field: keyof Measured) => median(measured.map((round) => round[field]))
        return [
          way,
          middle('eventsPerSecond'),
          middle('paintsPerSecond'),
          middle('arrivalsPerSecond'),
          middle('summaries'),
          ...spreadCells(measured.map(({ sendingPercent }) => sendingPercent)),
          middle('restPercent'),
        ]
      }),
      notes: [
        'events/s: taken in by the app’s own store. %: of a core at 100,000 events/s; sending is what comes on top',
        'of generating and recording the same events for nobody. summaries: in place of events not sent.',
        `Medians of ${rounds} interleaved rounds.`,
        ...skipped.map((text) => `Left out: ${text}.`),
      ],
      figures: [
        { name: 'events into Electron, % of a core', rounds: sending(ELECTRON) },
        { name: 'events into browser, % of a core', rounds: sending(BROWSER) },
      ],
    },
  ]
}

async function benchBrowser(
  path: string,
  rounds: number,
  results: Results,
  quick: boolean,
): Promise<void> {
  const host = startEntry<HostReport>('events-web-host')
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] })
  try {
    const ready = await host.next()
    if (ready.type !== 'ready') throw new Error('The host did not say where it serves.')
    const page = await browser.newPage()
    const { frames, batches, each } = ready.address
    for (let round = 0; round < rounds; round++) {
      const ways = [
        [BROWSER, frames],
        ['browser, batches of plain JSON', batches],
        ['browser, a message per event', each],
      ] as const
      for (const [way, address] of quick ? ways.slice(0, 1) : ways) {
        keep(results, way, await measure(browserScreen(page, address, host)))
      }
    }
  } finally {
    await browser.close()
    await host.stop()
  }
}

function browserScreen(page: Page, address: string, host: Child<HostReport>): Screen {
  return {
    async reload() {
      // A change of the fragment alone would not load the page anew.
      await page.goto('about:blank')
      await page.goto(address)
    },
    start: () => page.evaluate(START),
    counts: () => page.evaluate<PageCounts>(COUNTS),
    async run(measuring) {
      host.send('run')
      await host.next()
      await measuring()
      return sentIn(await host.next())
    },
  }
}

async function benchElectron(path: string, rounds: number, results: Results): Promise<void> {
  const child = startElectron<ElectronReport>(path, 'events-electron')
  try {
    const ready = await child.next()
    if (ready.type !== 'ready') throw new Error('Electron did not say that it is ready.')
    const screen = electronScreen(child)
    for (let round = 0; round < rounds; round++) {
      keep(results, ELECTRON, await measure(screen))
    }
  } finally {
    await child.stop()
  }
}

function electronScreen(child: Child<ElectronReport>): Screen {
  const ask = async (order: ElectronOrder): Promise<unknown> => {
    child.send(order)
    const answer = await child.next()
    return answer.type === 'value' ? answer.value : undefined
  }
  return {
    async reload() {
      await ask('reload')
    },
    async start() {
      await ask({ evaluate: START })
    },
    counts: async () => (await ask({ evaluate: COUNTS })) as PageCounts,
    async run(measuring) {
      child.send('run')
      await child.next()
      await measuring()
      return sentIn(await child.next())
    },
  }
}

/** First for nobody, with the page open and painting; then with the page taking everything in. */
async function measure(screen: Screen): Promise<Measured> {
  await screen.reload()
  const idle = await screen.run(async () => {})
  await screen.start()
  let before: PageCounts | undefined
  const sent = await screen.run(async () => {
    before = await screen.counts()
  })
  const after = await screen.counts()
  if (before === undefined) throw new Error('The page was not asked for its counts.')
  const seconds = (after.atMs - before.atMs) / 1000
  const restPercent = percentOf(idle)
  return {
    eventsPerSecond: (after.events - before.events) / seconds,
    paintsPerSecond: (after.paints - before.paints) / seconds,
    arrivalsPerSecond: (after.arrivals - before.arrivals) / seconds,
    summaries: after.summaries - before.summaries,
    sendingPercent: percentOf(sent) - restPercent,
    restPercent,
  }
}

/** CPU time at the rate in question, whatever rate this run came to on a busy machine. */
function percentOf({ cpuSeconds, events }: Sent): number {
  return (100 * cpuSeconds * REFERENCE_EVENTS_PER_SECOND) / events
}

function sentIn(report: HostReport | ElectronReport): Sent {
  if (report.type !== 'done') throw new Error('The sender did not say what it sent.')
  return report
}

function keep(results: Results, way: string, measured: Measured): void {
  const rounds = results.get(way)
  if (rounds) rounds.push(measured)
  else results.set(way, [measured])
}
