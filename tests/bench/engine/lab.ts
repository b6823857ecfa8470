// The lab of the engine benchmarks: the classic pool, zero latency, and clients of both policies.
import { setTimeout as wait } from 'node:timers/promises'
import { createEngine, type Engine } from '../../../src/main/engine/index'
import type { NodeId } from '../../../src/shared/ids'
import { CLASSIC_POOL } from '../../../src/shared/scenario'

export const CLIENTS = 32
/** The interval of the timer by whose lateness that of the event loop is measured. */
export const TIMER_MS = 1

export function startEngine(keepConnection: boolean): Promise<Engine> {
  const servers = CLASSIC_POOL.servers.map((server) => ({ ...server, keepConnection }))
  return createEngine({ scenario: { ...CLASSIC_POOL, servers }, proxyPort: 0, latencyMs: 0 })
}

/** Adds clients up to their number, for both policies alike, once the servers have registered. */
export async function clientsOf(engine: Engine): Promise<NodeId[]> {
  while (engine.state.rows.size < CLASSIC_POOL.servers.length) await wait(5)
  while (clientIds(engine).length < CLIENTS) await engine.execute({ type: 'addClient' })
  return clientIds(engine)
}

function clientIds(engine: Engine): NodeId[] {
  return [...engine.state.nodes.values()]
    .filter(({ role }) => role === 'client')
    .map(({ id }) => id)
}
