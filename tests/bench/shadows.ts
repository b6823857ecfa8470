// What it costs to run the other algorithms beside a pool's own one: of a message's whole way through the engine, over real
// sockets, with its client and its server.
import { createEngine, type Engine } from '../../src/main/engine/index'
import type { Scenario } from '../../src/shared/scenario'
import type { BenchOptions } from './options'
import { median } from './statistics'
import { type BenchTable, spreadCells } from './table'

const ROUNDS = 21
const MESSAGES = 1_000
const WARM_UPS = 3
const TARGET_PERCENT = 10
const CLIENTS = 8

interface Mode {
  readonly name: string
  readonly servers: number
  readonly keepConnection: boolean
}
const USUAL: Mode = { name: '4 servers', servers: 4, keepConnection: false }
const MODES: readonly Mode[] = [
  USUAL,
  { name: '100 servers', servers: 100, keepConnection: false },
  { name: '4 servers, kept connections', servers: 4, keepConnection: true },
]

export async function benchShadows({ quick }: BenchOptions): Promise<BenchTable> {
  const rounds = quick ? 2 : ROUNDS
  const rows: (string | number)[][] = []
  const shares: number[] = []
  for (const mode of MODES) {
    const { off, on } = await measure(mode, rounds)
    const percent = off.map((us, round) => (100 * ((on[round] ?? us) - us)) / us)
    if (mode === USUAL) shares.push(...percent)
    rows.push([mode.name, median(off), median(on), ...spreadCells(percent)])
  }
  return {
    name: 'Balancing: what the other algorithms cost, beside the one that chooses',
    columns: ['', 'message, CPU µs', 'with the others', 'the others, %', 'least', 'most'],
    rows,
    notes: [
      `Target: at most ${TARGET_PERCENT} % of a message. Recorded, round-robin, weights 1 to 3; without latency, and with a`,
      `connection for each message unless they are kept. Medians of ${rounds} rounds of ${MESSAGES} messages, with and without in turn.`,
    ],
    figures: [{ name: 'shadows, % of a message', rounds: shares }],
  }
}

/** Microseconds for each message, by round: of a lab whose policy nobody looks at, and of one where somebody does. */
async function measure(mode: Mode, rounds: number) {
  const [without, withThem] = [await begun(mode, []), await begun(mode, ['111'])]
  const off: number[] = []
  const on: number[] = []
  for (let round = -WARM_UPS; round < rounds; round++) {
    const times = [await sendAll(without), await sendAll(withThem)] as const
    if (round < 0) continue
    off.push(times[0])
    on.push(times[1])
  }
  await without.close()
  await withThem.close()
  return { off, on }
}

async function begun({ servers, keepConnection }: Mode, others: readonly string[]) {
  const scenario: Scenario = {
    name: 'Shadows',
    servers: Array.from({ length: servers }, (_, index) => ({
      id: String(1_001 + index),
      policy: '111',
      weight: 1 + (index % 3),
      keepConnection,
    })),
    clients: Array.from({ length: CLIENTS }, (_, index) => ({
      id: String(1 + index),
      policy: '111',
      payload: 'xyz',
    })),
  }
  const engine = await createEngine({ scenario, proxyPort: 0, latencyMs: 0 })
  await until(engine, () => engine.state.rows.size === servers)
  await engine.openScreen('operator').execute({ type: 'look', pictures: [], others })
  return engine
}

async function sendAll(engine: Engine): Promise<number> {
  let left = MESSAGES
  const stop = engine.subscribe(({ type }) => {
    if (type === 'exchange.finished') left--
  })
  const before = process.cpuUsage()
  for (let client = 1; client <= CLIENTS; client++) {
    const count = MESSAGES / CLIENTS
    void engine.execute({ type: 'sendMessage', client: `client:${client}`, count })
  }
  await until(engine, () => left === 0)
  const { user, system } = process.cpuUsage(before)
  stop()
  return (user + system) / MESSAGES
}

/** Waits for events until this is true. */
function until(engine: Engine, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.subscribe(() => {
      if (!isSo()) return
      stop()
      resolve()
    })
    if (isSo()) {
      stop()
      resolve()
    }
  })
}
