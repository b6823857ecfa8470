// A lab in memory: an engine on a network in memory, with a clock that is advanced by hand. Things happen only in its
// methods, so it runs as fast as the machine can, and a seed decides the whole run.
import { EMPTY_POOL } from '../../shared/scenario'
import { createManualClock, type ManualClock } from './clock/manual-clock'
import { createRandom } from './clock/random'
import { createEngine, type Engine, type EngineOptions } from './engine'
import { createMemoryNetwork, type MemoryNetwork } from './net/memory-network'
import type { ClosableNetwork } from './net/network'

export interface MemoryLab {
  readonly engine: Engine
  /** The clock of the running session. */
  readonly clock: ManualClock
  readonly network: MemoryNetwork
  /** Lets the sockets carry everything that is due now. */
  settle(): void
  /** Lets that much simulated time pass, and the sockets do what follows from it. */
  pass(ms: number): void
  /** Lets time pass until nothing is scheduled any more. With health checks on, something always is. */
  rest(): void
}

export interface MemoryLabOptions extends Omit<EngineOptions, 'createClock' | 'network'> {
  /** Decides the order in which the sockets act, and the pieces that they carry. */
  seed?: number
  /** Sockets act in turn, and carry whole messages: faster, and nothing is drawn. */
  inOrder?: boolean
  /** Wraps the network that the engine gets, for a test that listens in. */
  tap?: (network: ClosableNetwork) => ClosableNetwork
}

/** Without a scenario: an empty lab. */
export async function createMemoryLab(options: MemoryLabOptions = {}): Promise<MemoryLab> {
  const { seed = 1, inOrder = false, tap = (untapped) => untapped, ...engineOptions } = options
  let clock = createManualClock()
  const network = createMemoryNetwork({ random: inOrder ? undefined : createRandom(seed) })
  const engine = await createEngine({
    proxyPort: 0,
    scenario: EMPTY_POOL,
    ...engineOptions,
    createClock: () => {
      clock = createManualClock()
      return clock
    },
    network: tap(network),
  })
  return {
    engine,
    get clock() {
      return clock
    },
    network,
    settle: () => network.settle(),
    pass(ms) {
      const until = clock.now() + ms
      network.settle()
      while (!clock.paused && clock.now() < until) {
        clock.advance(Math.min(clock.nextDueAt() ?? until, until) - clock.now())
        network.settle()
      }
    },
    rest() {
      network.settle()
      for (let due = clock.nextDueAt(); due !== undefined; due = clock.nextDueAt()) {
        if (clock.paused) throw new Error('A paused lab does not come to rest.')
        clock.advance(due - clock.now())
        network.settle()
      }
    },
  }
}
