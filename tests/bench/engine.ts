// The whole engine in one process, as in the app: inside clients that always have a message out, the proxy, the
// inside servers, and a screen that takes frames in at 60 a second. How much goes through, and how late the
// event loop gets meanwhile: on the desktop it also serves the window.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { createEngine, type Engine } from '../../src/main/engine/index'
import type { NodeId } from '../../src/shared/ids'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import type { BenchOptions } from './options'
import { median, percentile } from './statistics'
import type { BenchTable } from './table'

const ROUNDS = 3
const CLIENTS = 32
const WARM_UP_MS = 700
const MEASURED_MS = 2_000
const FRAMES_PER_SECOND = 60
const TIMER_MS = 1

const MODES = [
  { name: 'a connection per message, as at first', keepConnection: false },
  { name: 'kept connections, pipelined', keepConnection: true },
]

export async function benchEngine({ quick }: BenchOptions): Promise<BenchTable[]> {
  const rounds = quick ? 1 : ROUNDS
  const results = MODES.map((): Measured[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, mode] of MODES.entries()) {
      results[index]?.push(await measure(mode.keepConnection))
    }
  }
  const rows = MODES.map(({ name }, index) => {
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
        'frames/s',
        'not correct',
      ],
      rows,
      notes: [
        `Closed loop: each client has one message out. A feed is open and acknowledged at ${FRAMES_PER_SECOND}/s.`,
        `Medians of ${rounds} interleaved rounds.`,
      ],
    },
  ]
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

async function measure(keepConnection: boolean): Promise<Measured> {
  const servers = CLASSIC_POOL.servers.map((server) => ({ ...server, keepConnection }))
  const engine = await createEngine({
    scenario: { ...CLASSIC_POOL, servers },
    proxyPort: 0,
    latencyMs: 0,
  })
  const screen = watch(engine)
  const loop = new ClosedLoop(engine, await clientsOf(engine))
  await wait(WARM_UP_MS)

  const before = engine.state
  const framesBefore = screen.frames
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
  const frames = screen.frames - framesBefore

  loop.stop()
  screen.close()
  await engine.close()
  const { verdicts, exchanges } = after.totals
  return {
    messagesPerSecond: latenciesMs.length / seconds,
    cpuMicrosPerMessage: (cpu.user + cpu.system) / latenciesMs.length,
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
    lateP99Ms: lateness.percentile(99) / 1e6 - TIMER_MS,
    eventsPerSecond: (after.seq - before.seq) / seconds,
    framesPerSecond: frames / seconds,
    incorrect: verdicts.wrong + verdicts.error + exchanges.lost,
  }
}

/** Adds clients up to their number, for both policies alike, once the servers have registered. */
async function clientsOf(engine: Engine): Promise<NodeId[]> {
  while (engine.state.rows.size < CLASSIC_POOL.servers.length) await wait(5)
  while (clientIds(engine).length < CLIENTS) await engine.execute({ type: 'addClient' })
  return clientIds(engine)
}

function clientIds(engine: Engine): NodeId[] {
  return [...engine.state.nodes.values()]
    .filter(({ role }) => role === 'client')
    .map(({ id }) => id)
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
