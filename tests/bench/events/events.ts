// A hundred thousand events a second into a screen: what it costs the sending process, and whether the screen keeps its
// frames. The process measures itself in short phases that alternate: with sending, and without. Both generate the same
// events and write them to bytes; the page is open and painting in both.
import { chromium, type Page } from 'playwright-core'
import { type Child, startElectron, startEntry } from '../children'
import type { BenchOptions } from '../options'
import { median, medianInterval } from '../statistics'
import type { BenchTable } from '../table'
import type { ElectronOrder, ElectronReport } from './electron-main'
import { COUNTS, type PageCounts, START } from './page-counts'
import { EVENTS_PER_SECOND, MEASURED_MS, type Phase, type SenderReport } from './sender'
import type { WebAddresses } from './web-host'

/** Phases with sending, of each way. */
const PAIRS = { quick: 32, usual: 72 }
/** The same, before it is measured. */
const WARM_UP_PAIRS = 2
const BROWSER = 'browser, the app’s frames'
const ELECTRON = 'Electron, the app’s frames'

type HostReport = SenderReport<WebAddresses>

interface Measured {
  paintsPerSecond: number
  /** In the phases that send. */
  arrivalsPerSecond: number
  eventsPerArrival: number
  /** In place of events not sent. */
  summaries: number
  /** The part of one core that each phase with sending takes more than its neighbours, at the rate in question. */
  sending: number[]
  /** The part of one core that each phase without sending takes. */
  rest: number[]
}

/** A page and the process that sends to it. */
interface Screen {
  start(): Promise<void>
  counts(): Promise<PageCounts>
  /** Generates events in alternating phases. */
  run(pairs: number): Promise<Phase[]>
}

export async function benchEvents({ quick }: BenchOptions): Promise<BenchTable[]> {
  const results = new Map<string, Measured>()
  const pairs = quick ? PAIRS.quick : PAIRS.usual
  const skipped: string[] = []
  if (process.env.CHROMIUM_PATH === undefined) skipped.push('the browser: no Chromium was found')
  else await benchBrowser(process.env.CHROMIUM_PATH, pairs, results, quick)
  if (process.env.ELECTRON_PATH === undefined) skipped.push('the desktop: no Electron was found')
  else results.set(ELECTRON, await benchElectron(process.env.ELECTRON_PATH, pairs))
  const sending = (way: string) => results.get(way)?.sending ?? []
  return [
    {
      name: 'Events: into the screen, over each way',
      columns: [
        'way',
        'page frames/s',
        'arrivals/s',
        'events each',
        'summaries',
        'sending, %',
        'from',
        'to',
        'generating, %',
      ],
      rows: [...results].map(([way, measured]) => [
        way,
        measured.paintsPerSecond,
        measured.arrivalsPerSecond,
        measured.eventsPerArrival,
        measured.summaries,
        median(measured.sending),
        ...medianInterval(measured.sending),
        median(measured.rest),
      ]),
      notes: [
        'arrivals: taken in by the app’s own store. %: of a core at 100,000 events/s, user and system time of the whole sending',
        'process: in Electron the main process, with IPC and all of its threads. sending: a phase compared with the mean of those',
        'before and after it, which generate and write the same events and send none; the median of such differences, between',
        `"from" and "to" with a certainty of 95 %. ${pairs} phases of ${MEASURED_MS} ms. summaries: in place of events not sent, without`,
        'the one that each phase begins with.',
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
  pairs: number,
  results: Map<string, Measured>,
  quick: boolean,
): Promise<void> {
  const host = startEntry<HostReport>('events-web-host')
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] })
  try {
    const ready = await host.next()
    if (ready.type !== 'ready') throw new Error('The host did not say where it serves.')
    const { frames, batches, each } = ready.address
    const ways = [
      [BROWSER, frames],
      ['browser, batches of plain JSON', batches],
      ['browser, a message per event', each],
    ] as const
    for (const [way, address] of quick ? ways.slice(0, 1) : ways) {
      const page = await browser.newPage()
      await page.goto(address)
      results.set(way, await measure(browserScreen(page, host), pairs))
      await page.close()
    }
  } finally {
    await browser.close()
    await host.stop()
  }
}

function browserScreen(page: Page, host: Child<HostReport>): Screen {
  return {
    start: () => page.evaluate(START),
    counts: () => page.evaluate<PageCounts>(COUNTS),
    async run(pairs) {
      host.send({ pairs })
      return phasesIn(await host.next())
    },
  }
}

async function benchElectron(path: string, pairs: number): Promise<Measured> {
  const child = startElectron<ElectronReport>(path, 'events-electron')
  try {
    const ready = await child.next()
    if (ready.type !== 'ready') throw new Error('Electron did not say that it is ready.')
    return await measure(electronScreen(child), pairs)
  } finally {
    await child.stop()
  }
}

function electronScreen(child: Child<ElectronReport>): Screen {
  const ask = async (order: ElectronOrder): Promise<ElectronReport> => {
    child.send(order)
    return child.next()
  }
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await ask({ evaluate: expression })
    return answer.type === 'value' ? answer.value : undefined
  }
  return {
    async start() {
      await evaluate(START)
    },
    counts: async () => (await evaluate(COUNTS)) as PageCounts,
    run: async (pairs) => phasesIn(await ask({ pairs })),
  }
}

async function measure(screen: Screen, pairs: number): Promise<Measured> {
  await screen.start()
  await screen.run(WARM_UP_PAIRS)
  const before = await screen.counts()
  const phases = await screen.run(pairs)
  const after = await screen.counts()
  const percents = phases.map(percentOf)
  const seconds = (after.atMs - before.atMs) / 1000
  /** The seconds of the phases with sending, with their lead-ins. */
  const sendingSeconds = (seconds * pairs) / phases.length
  const arrivals = after.arrivals - before.arrivals
  const summaries = after.summaries - before.summaries
  return {
    paintsPerSecond: (after.paints - before.paints) / seconds,
    arrivalsPerSecond: arrivals / sendingSeconds,
    eventsPerArrival: (after.events - before.events) / (arrivals - summaries),
    // Frames begin with a summary in each phase; other ways have none.
    summaries: summaries === 0 ? 0 : summaries - pairs,
    sending: percents.flatMap((percent, index) => {
      const [previous, next] = [percents[index - 1], percents[index + 1]]
      if (!phases[index]?.isSending || previous === undefined || next === undefined) return []
      return [percent - (previous + next) / 2]
    }),
    rest: percents.filter((_, index) => !phases[index]?.isSending),
  }
}

/** CPU time at the rate in question: a phase on a busy machine may have some events more or less. */
function percentOf({ cpuSeconds, events }: Phase): number {
  return (100 * cpuSeconds * EVENTS_PER_SECOND) / events
}

function phasesIn(report: HostReport | ElectronReport): Phase[] {
  if (report.type !== 'done') throw new Error('The sender did not say what it sent.')
  return report.phases
}
