// What it costs to run the other algorithms beside a pool's own one, for whole messages through the engine: on a network in
// memory, where nothing else takes time.
import { createTestLab } from '../support/test-lab'
import type { BenchOptions } from './options'
import { median } from './statistics'
import { type BenchTable, spreadCells } from './table'

const ROUNDS = 31
const COUNTS = [4, 100]
const MESSAGES = 1_000
const WARM_UPS = 5
const TARGET_PERCENT = 10

export async function benchShadows({ quick }: BenchOptions): Promise<BenchTable> {
  const rounds = quick ? 2 : ROUNDS
  const rows: (string | number)[][] = []
  const shares: number[] = []
  for (const count of COUNTS) {
    const { off, on } = await measure(count, rounds)
    const percent = off.map((us, round) => (100 * ((on[round] ?? us) - us)) / us)
    if (count === COUNTS[0]) shares.push(...percent)
    rows.push([`${count} servers`, median(off), median(on), ...spreadCells(percent)])
  }
  return {
    name: 'Balancing: what the other algorithms cost, beside the one that chooses',
    columns: ['', 'message, µs', 'with shadows, µs', 'shadows, %', 'least', 'most'],
    rows,
    notes: [
      `Target: at most ${TARGET_PERCENT} % of a message. Kept connections in memory, recorded, round-robin, weights 1 to 3.`,
      `Medians of ${rounds} rounds of ${MESSAGES} messages, with and without in turn.`,
    ],
    figures: [{ name: 'shadows, % of a message', rounds: shares }],
  }
}

/** Microseconds for each message, by round: of a lab whose policy nobody looks at, and of one where somebody does. */
async function measure(count: number, rounds: number) {
  const [without, withThem] = [await begun(count, []), await begun(count, ['111'])]
  const off: number[] = []
  const on: number[] = []
  for (let round = -WARM_UPS; round < rounds; round++) {
    const times = [await without.once(), await withThem.once()] as const
    if (round < 0) continue
    off.push(times[0])
    on.push(times[1])
  }
  await without.close()
  await withThem.close()
  return { off, on }
}

async function begun(count: number, others: readonly string[]) {
  const lab = await createTestLab({
    scenario: {
      name: 'Shadows',
      servers: Array.from({ length: count }, (_, index) => ({
        id: String(1_001 + index),
        policy: '111',
        weight: 1 + (index % 3),
        keepConnection: true,
      })),
      clients: [{ id: '1', policy: '111', payload: 'xyz' }],
    },
  })
  lab.rest()
  const screen = lab.engine.openScreen('operator')
  await screen.execute({ type: 'look', pictures: [], others })
  return {
    close: () => lab.engine.close(),
    async once() {
      const start = performance.now()
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1', count: MESSAGES })
      lab.rest()
      return ((performance.now() - start) * 1_000) / MESSAGES
    },
  }
}
