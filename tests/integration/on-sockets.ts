// An engine on real sockets with a clock that is advanced by hand, and servers as students write them before it.
import { createManualClock, type ManualClock } from '../../src/main/engine/clock/manual-clock'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/engine/index'
import type { ClosableNetwork } from '../../src/main/engine/net/network'
import { createNodeNetwork } from '../../src/main/engine/net/node-network'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { nextEvent } from './lab'
import { registration, sha1, startProgram, startServer } from './program'

/** The clock and the network of the engine that was started last. */
export let clock: ManualClock
export let network: ClosableNetwork
/** What `stopAll` stops, the latest first. */
export const toStop: (() => Promise<unknown>)[] = []

export async function start(options: EngineOptions = {}): Promise<Engine> {
  clock = createManualClock()
  network = createNodeNetwork()
  const engine = await createEngine({
    proxyPort: 0,
    latencyMs: 0,
    scenario: EMPTY_POOL,
    createClock: () => clock,
    network,
    ...options,
  })
  toStop.push(() => engine.close())
  return engine
}

export async function stopAll(): Promise<void> {
  for (const stop of toStop.splice(0).reverse()) await stop()
}

/** A server as students write them, registered with the proxy; answers unless told to hang. */
export async function joinServer(
  engine: Engine,
  id: string,
  policy: string,
  { hangs = false } = {},
) {
  const { port, stop } = await startServer((socket) => {
    socket.on('data', (bytes) => {
      const { payload, srcid } = JSON.parse(bytes.toString())
      if (hangs) return
      const hash = sha1(payload)
      socket.end(
        JSON.stringify({ type: 2, srcid: id, destid: srcid, payloadsize: 40, payload: hash }),
      )
    })
    socket.on('end', () => socket.end())
  })
  toStop.push(stop)
  await register(engine, id, policy, port)
  return { port, stop }
}

export async function register(
  engine: Engine,
  id: string,
  policy: string,
  port: number,
): Promise<void> {
  const row = nextEvent(engine, 'row.set', ({ row }) => row.server === id)
  const { socket } = startProgram(engine.proxy.port)
  socket.end(registration(id, policy, port))
  await row
}
