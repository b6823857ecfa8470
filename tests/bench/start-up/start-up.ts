// What the app costs before anything is done with it: until its screen can be used, until the first packet is on it, and at
// rest. Beside a window with nothing in it, turn by turn in the same run, which is what Electron itself costs here.
import { formatBytes, listParts } from '../../../scripts/package/sizes.mjs'
import type { BenchOptions } from '../options'
import { median, ratios } from '../statistics'
import { type BenchTable, spreadCells } from '../table'
import { atRest, BARE_IS_SHOWN, FIRST_PACKET, POOL_IS_USABLE, press } from './in-the-page'
import { cpuMeter, cpuSoFarMs, memoryMb } from './process-tree'
import { bareWindow, builtApp, type Program, packagedApp, type Started, start } from './program'

const ROUNDS = 5
/** Apps and bare windows that are watched side by side, the apps paused, and for how long. */
const PAUSED = { quick: { pairs: 2, seconds: 36 }, usual: { pairs: 3, seconds: 120 } }
/** Without being asked anything, before memory and processor time are looked at, and for how long that is. */
const SETTLE_MS = 6_000
const WATCHED_SECONDS = 10

/** Each figure of a round by its name; the bare window has some of them only. */
type Figures = { [figure in Figure]?: number | undefined }

const FIGURES = {
  usable: 'first usable screen, ms',
  work: 'processor time until then, ms',
  packet: 'first packet on the screen, ms',
  memory: 'memory at rest, MB',
  rest: 'at rest, % of a core',
  restMean: '  with what is tidied up, %',
  paused: 'paused with packets under way, %',
  pausedMean: '  with what is tidied up, %',
  past: 'looking at the past, %',
  pastMean: '  with what is tidied up, %',
} as const
type Figure = keyof typeof FIGURES

export async function benchStartUp({ quick }: BenchOptions): Promise<BenchTable[]> {
  const electron = process.env.ELECTRON_PATH
  if (electron === undefined) return []
  const bare = bareWindow(electron)
  if (quick) {
    return [pausedTable(await watchPaused(builtApp(electron), bare, PAUSED.quick))]
  }
  const packaged = packagedApp()
  const app = packaged?.program ?? builtApp(electron)
  // What has to be read from the disk once is read.
  await appRound(app, { timesOnly: true })
  await bareRound(bare, { timesOnly: true })
  const rounds: { app: Figures; bare: Figures }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ app: await appRound(app), bare: await bareRound(bare) })
  }
  const paused = await watchPaused(app, bare, PAUSED.usual)
  const tables = [startUpTable(rounds, packaged !== undefined), pausedTable(paused)]
  if (packaged) tables.push(packageTable(packaged.folder))
  return tables
}

/** CPU in % of a core, of each second. */
interface Paused {
  app: number[]
  bare: number[]
}

/**
 * Some apps and as many bare windows, all at the same time: they do next to nothing, and no round would fit into a minute
 * behind another, since the collections begin half a minute after the last one.
 */
async function watchPaused(
  program: Program,
  bareProgram: Program,
  { pairs, seconds }: { pairs: number; seconds: number },
): Promise<Paused[]> {
  if (process.platform !== 'linux') return []
  const started: { app: Started; bare: Started }[] = []
  try {
    for (let pair = 0; pair < pairs; pair++) {
      const bare = await start(bareProgram)
      const app = await start(program)
      started.push({ app, bare })
      await bare.page.evaluateInTheEnd(BARE_IS_SHOWN)
      await app.page.evaluateInTheEnd(POOL_IS_USABLE)
      await app.page.evaluate(FIRST_PACKET)
      await app.page.evaluate(press('Pause'))
      bare.page.close()
      app.page.close()
    }
    await pass(SETTLE_MS)
    const found = started.map((): Paused => ({ app: [], bare: [] }))
    for (let second = 0; second < seconds; second++) {
      const meters = started.map(
        ({ app, bare }) => [cpuMeter(app.pid), cpuMeter(bare.pid)] as const,
      )
      await pass(1_000)
      meters.forEach(([app, bare], pair) => {
        found[pair]?.app.push(app() / 10)
        found[pair]?.bare.push(bare() / 10)
      })
    }
    return found
  } finally {
    for (const { app, bare } of started) {
      await app.stop()
      await bare.stop()
    }
  }
}

function pausedTable(pairs: readonly Paused[]): BenchTable {
  const row = (what: string, figure: (seconds: readonly number[]) => number) => {
    const app = pairs.map((pair) => figure(pair.app))
    const bare = pairs.map((pair) => figure(pair.bare))
    const beside = ratios(app, bare)
    return { beside, cells: [what, median(app), median(bare), ...spreadCells(beside)] }
  }
  const first = row('mean of the first minute', (seconds) => mean(seconds.slice(0, 60)))
  const later = row('mean of the second minute', (seconds) => mean(seconds.slice(60)))
  const isLong = pairs.some(({ app }) => app.length > 60)
  return {
    name: 'Paused with packets in flight, CPU of all processes, % of a core',
    columns: ['', 'app', 'bare window', 'ratio', 'least', 'most'],
    rows: [first, row('its median second', (seconds) => median(seconds.slice(0, 60)))]
      .concat(isLong ? later : [])
      .map(({ cells }) => cells),
    notes: [
      'The first minute (36 seconds of it in the quick form) begins six seconds after the last action. It has what V8 tidies up once, half a',
      'minute after the start: in the main process and in a bare window’s page, and not in the app’s (src/main/desktop/rest.ts).',
    ],
    figures: [
      { name: 'paused CPU ÷ bare window', rounds: first.beside },
      ...(isLong
        ? [{ name: 'paused CPU ÷ bare window, second minute', rounds: later.beside }]
        : []),
    ],
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

interface RoundOptions {
  timesOnly?: boolean
}

async function appRound(program: Program, { timesOnly }: RoundOptions = {}): Promise<Figures> {
  const app = await start(program)
  try {
    const usable = Number(await app.page.evaluateInTheEnd(POOL_IS_USABLE)) - app.startedAt
    const work = onLinux(cpuSoFarMs, app)
    const packet = Number(await app.page.evaluate(FIRST_PACKET)) - app.startedAt
    if (timesOnly) return { usable, packet }
    await app.page.evaluate(atRest)
    const rest = await watch(app)
    const memory = onLinux(memoryMb, app)

    const page = await app.openPage()
    await page.evaluate(FIRST_PACKET)
    await page.evaluate(press('Pause'))
    page.close()
    const paused = await watch(app)

    const again = await app.openPage()
    await again.evaluate(press('Step back'))
    again.close()
    const past = await watch(app)
    return {
      usable,
      work,
      packet,
      memory,
      rest: rest?.quiet,
      paused: paused?.quiet,
      past: past?.quiet,
      restMean: rest?.mean,
      pausedMean: paused?.mean,
      pastMean: past?.mean,
    }
  } finally {
    await app.stop()
  }
}

async function bareRound(program: Program, { timesOnly }: RoundOptions = {}): Promise<Figures> {
  const bare = await start(program)
  try {
    const usable = Number(await bare.page.evaluateInTheEnd(BARE_IS_SHOWN)) - bare.startedAt
    const work = onLinux(cpuSoFarMs, bare)
    if (timesOnly) return { usable }
    const rest = await watch(bare)
    const memory = onLinux(memoryMb, bare)
    return { usable, work, memory, rest: rest?.quiet, restMean: rest?.mean }
  } finally {
    await bare.stop()
  }
}

/** Processor time in % of a core: of the middle one of some seconds, and of all of them. */
interface Watched {
  quiet: number
  mean: number
}

/**
 * What it uses while nothing is asked of it. For about a minute after something happened, V8 tidies up now and then: the
 * middle second is one without.
 */
async function watch({ pid, page }: Started): Promise<Watched | undefined> {
  if (process.platform !== 'linux') return undefined
  page.close()
  await pass(SETTLE_MS)
  const seconds: number[] = []
  for (let second = 0; second < WATCHED_SECONDS; second++) {
    const used = cpuMeter(pid)
    await pass(1_000)
    seconds.push(used() / 10)
  }
  return { quiet: median(seconds), mean: mean(seconds) }
}

/** What only Linux tells of a process from outside. */
function onLinux(read: (pid: number) => number, { pid }: Started): number | undefined {
  return process.platform === 'linux' ? read(pid) : undefined
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function startUpTable(
  rounds: readonly { app: Figures; bare: Figures }[],
  isPackaged: boolean,
): BenchTable {
  const rows = Object.entries(FIGURES).map(([figure, name]) => {
    const app = rounds.flatMap((round) => round.app[figure as Figure] ?? [])
    const bare = rounds.flatMap((round) => round.bare[figure as Figure] ?? [])
    return [name, ...medianAndSpread(app), ...medianAndSpread(bare)]
  })
  return {
    name: `Start-up and rest, ${isPackaged ? 'the packaged app' : 'the built app, not packaged'}`,
    columns: ['', 'app', 'least', 'most', 'bare window', 'its least', 'its most'],
    rows,
    notes: [
      'Times from the start of the process. Usable: the classic pool is within sight, painted, and "Send message" can be pressed.',
      'First packet: "Send all" is pressed as soon as the screen is usable. Memory and CPU: of all processes together, Linux only.',
      'CPU: the middle one of ten seconds; "tidied up" is the mean of them, with what V8 still does after something happened.',
    ],
  }
}

/** Empty where nothing was measured. */
function medianAndSpread(values: readonly number[]): (string | number)[] {
  if (values.length === 0) return ['', '', '']
  return [median(values), Math.min(...values), Math.max(...values)]
}

function packageTable(folder: string): BenchTable {
  const parts = listParts(folder)
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    name: 'Package: the app by its parts',
    columns: ['part', 'size', '%'],
    rows: [
      ...parts.map(({ name, bytes }) => [name, formatBytes(bytes), (100 * bytes) / total]),
      ['together', formatBytes(total), 100],
    ],
  }
}
