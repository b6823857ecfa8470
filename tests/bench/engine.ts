// The whole engine in one process, as in the app: inside clients that always have a message out, the proxy, the
// inside servers, and a screen that takes frames in at 60 a second. How much goes through, and how late the
// event loop gets meanwhile: on the desktop it also serves the window.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from '../../src/main/engine/index'
import type { NodeId } from '../../src/shared/ids'
import {
  FRAMES_PER_SECOND as CLASS_FRAMES,
  type ClassMeasured,
  MESSAGES_PER_SECOND,
  measureClass,
} from './engine/class'
import { CLIENTS, clientsOf, startEngine, TIMER_MS } from './engine/lab'
import type { BenchOptions } from './options'
import { median, percentile, ratios } from './statistics'
import { type BenchTable, spreadCells, spreadWords } from './table'

const ROUNDS = 5
const QUICK_ROUNDS = 2
const WARM_UP_MS = 700
const MEASURED_MS = 2_000
const FRAMES_PER_SECOND = 60

const VIEWERS = 200

interface Mode {
  name: string
  keepConnection: boolean
  screens: number
}
const ONE_SCREEN: Mode = { name: 'kept connections, pipelined', keepConnection: true, screens: 1 }
const CLASS: Mode = { name: 'the same with 30 screens', keepConnection: true, screens: 30 }
const MODES: Mode[] = [
  { name: 'a connection per message, as at first', keepConnection: false, screens: 1 },
  ONE_SCREEN,
  CLASS,
]

export async function benchEngine({ quick }: BenchOptions): Promise<BenchTable[]> {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS
  const modes = quick ? [ONE_SCREEN, CLASS] : MODES
  const results = modes.map((): Measured[] => [])
  const classes: ClassMeasured[] = []
  // One that does not count: compilers take their time.
  await measure(ONE_SCREEN)
  for (let round = 0; round < rounds; round++) {
    for (const [index, mode] of modes.entries()) {
      results[index]?.push(await measure(mode))
    }
    classes.push(await measureClass(VIEWERS))
  }
  const rates = (mode: Mode) =>
    (results[modes.indexOf(mode)] ?? []).map(({ messagesPerSecond }) => messagesPerSecond)
  const shares = ratios(rates(CLASS), rates(ONE_SCREEN))
  const rows = modes.map(({ name }, index) => {
    const middle = (field: keyof Measured) =>
      median((results[index] ?? []).map((round) => round[field]))
    return [
      name,
      middle('messagesPerSecond'),
      middle('cpuMicrosPerMessage'),
      middle('p50Ms'),
      middle('p99Ms'),
      middle('lateP99Ms'),
      middle('eventsPerSecond'),
      middle('framesPerSecond'),
      middle('incorrect'),
    ]
  })
  return [
    {
      name: `Engine: the classic pool and ${CLIENTS} clients in one process, zero latency`,
      columns: [
        'proxy to servers',
        'messages/s',
        'CPU µs/message',
        'p50 ms',
        'p99 ms',
        'loop late, p99 ms',
        'events/s',
        'frames/s each',
        'not correct',
      ],
      rows,
      notes: [
        `Closed loop: each client has one message out. Feeds are open and acknowledged at ${FRAMES_PER_SECOND}/s.`,
        `Medians of ${rounds} interleaved rounds. 30 screens ÷ 1, messages/s: ${spreadWords(shares)}.`,
      ],
      figures: [{ name: 'engine 30 screens ÷ 1', rounds: shares }],
    },
    classTable(classes),
  ]
}

function classTable(classes: readonly ClassMeasured[]): BenchTable {
  const row = (what: string, field: keyof ClassMeasured) => [
    what,
    ...spreadCells(classes.map((round) => round[field])),
  ]
  return {
    name: `Engine: ${VIEWERS} viewers at the web host, ${MESSAGES_PER_SECOND} messages/s, kept, ${CLASS_FRAMES} frames/s each`,
    columns: ['', 'median', 'least', 'most'],
    rows: [
      row('messages/s', 'messagesPerSecond'),
      row('frames/s each', 'framesPerSecondEach'),
      row('MB/s sent', 'megabytesPerSecond'),
      row('CPU, % of a core', 'cpuPercent'),
      row('loop late, p50 ms', 'lateP50Ms'),
      row('loop late, p99 ms', 'lateP99Ms'),
      row('not correct', 'incorrect'),
    ],
    figures: [
      {
        name: `engine ${VIEWERS} viewers, loop late p99 ms`,
        rounds: classes.map(({ lateP99Ms }) => lateP99Ms),
      },
    ],
  }
}

interface Measured {
  messagesPerSecond: number
  /** Processor time of the whole process: engine, clients, servers and the feed. */
  cpuMicrosPerMessage: number
  p50Ms: number
  p99Ms: number
  /** By how much a timer of 1 ms is late. */
  lateP99Ms: number
  eventsPerSecond: number
  framesPerSecond: number
  /** Exchanges that ended otherwise than with a correct answer. */
  incorrect: number
}

async function measure({ keepConnection, screens }: Mode): Promise<Measured> {
  const engine = await startEngine(keepConnection)
  const watching = Array.from({ length: screens }, () => watch(engine))
  const frames = () => watching.reduce((sum, screen) => sum + screen.frames, 0)
  const loop = new ClosedLoop(engine, await clientsOf(engine))
  await wait(WARM_UP_MS)

  const before = engine.state
  const framesBefore = frames()
  const lateness = monitorEventLoopDelay({ resolution: TIMER_MS })
  lateness.enable()
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  loop.latenciesMs = []
  await wait(MEASURED_MS)
  const seconds = (performance.now() - startedAt) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  lateness.disable()
  const { latenciesMs } = loop
  const after = engine.state
  const framesSent = frames() - framesBefore

  loop.stop()
  for (const screen of watching) screen.close()
  await engine.close()
  const { verdicts, exchanges } = after.totals
  return {
    messagesPerSecond: latenciesMs.length / seconds,
    cpuMicrosPerMessage: (cpu.user + cpu.system) / latenciesMs.length,
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
    lateP99Ms: lateness.percentile(99) / 1e6 - TIMER_MS,
    eventsPerSecond: (after.seq - before.seq) / seconds,
    framesPerSecond: framesSent / seconds / screens,
    incorrect: verdicts.wrong + verdicts.error + exchanges.lost,
  }
}

/** Each client sends its next message when the last one is finished. */
class ClosedLoop {
  latenciesMs: number[] = []
  readonly stop: () => void
  private readonly sentAt = new Map<NodeId, number>()

  constructor(
    private readonly engine: Engine,
    clients: readonly NodeId[],
  ) {
    this.stop = engine.subscribe((event) => {
      if (event.type !== 'exchange.finished') return
      this.latenciesMs.push(performance.now() - (this.sentAt.get(event.client) ?? Number.NaN))
      this.send(event.client)
    })
    for (const client of clients) this.send(client)
  }

  private send(client: NodeId): void {
    this.sentAt.set(client, performance.now())
    void this.engine.execute({ type: 'sendMessage', client })
  }
}

/** A screen that acknowledges what it has at each of its frames. */
function watch(engine: Engine): { readonly frames: number; close(): void } {
  let frames = 0
  const feed = engine.openScreen('operator').openFeed(() => {
    frames++
  })
  const timer = setInterval(() => feed.acknowledge(frames), 1000 / FRAMES_PER_SECOND)
  return {
    get frames() {
      return frames
    },
    close() {
      clearInterval(timer)
      feed.close()
    },
  }
}
