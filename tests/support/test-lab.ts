// For tests: an engine on a network in memory and a clock by hand, and programs that talk to its proxy as any
// program in the wild does. Nothing happens but what a test asks for, and a seed is a whole run.

import { createManualClock, type ManualClock } from '../../src/main/engine/clock/manual-clock'
import { createRandom } from '../../src/main/engine/clock/random'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/engine/engine'
import { createMemoryNetwork, type MemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { ClosableNetwork, Connection } from '../../src/main/engine/net/network'
import type { LabEvent } from '../../src/shared/events'
import type { AnswerMessage } from '../../src/shared/protocol/message'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import { EMPTY_POOL } from '../../src/shared/scenario'

export interface TestLab {
  engine: Engine
  /** The clock of the running session. */
  readonly clock: ManualClock
  network: MemoryNetwork
  /** All since the engine was made. */
  events: readonly LabEvent[]
  /** Lets the sockets do all there is to do now. */
  settle(): void
  /** Lets that much simulated time pass, and the sockets do what follows from it. */
  pass(ms: number): void
  /** Lets time pass until nothing is scheduled any more. With health checks on, something always is. */
  rest(): void
  /** Lets time pass until nothing is on a link any more that is not held. */
  arrive(): void
  /** Connects a program to the proxy. */
  program(): TestProgram
}

interface TestProgram {
  connection: Connection
  answers: readonly AnswerMessage[]
  /** The proxy has closed its side, or the connection is gone. */
  readonly over: boolean
  send(...texts: (string | Uint8Array)[]): void
}

export async function createTestLab(
  options: Omit<EngineOptions, 'createClock' | 'network'> & {
    seed?: number
    /** What the engine gets in place of the network, to listen in on it. */
    tap?: (network: ClosableNetwork) => ClosableNetwork
  } = {},
): Promise<TestLab> {
  const { seed = 1, tap = (untapped) => untapped, ...engineOptions } = options
  let clock = createManualClock()
  const network = createMemoryNetwork({ random: createRandom(seed) })
  const engine = await createEngine({
    proxyPort: 0,
    latencyMs: 0,
    scenario: EMPTY_POOL,
    ...engineOptions,
    createClock: () => {
      clock = createManualClock()
      return clock
    },
    network: tap(network),
  })
  const events: LabEvent[] = []
  engine.subscribe((event) => events.push(event))

  function pass(ms: number): void {
    const until = clock.now() + ms
    network.settle()
    while (!clock.paused && clock.now() < until) {
      clock.advance(Math.min(clock.nextDueAt() ?? until, until) - clock.now())
      network.settle()
    }
  }

  return {
    engine,
    get clock() {
      return clock
    },
    network,
    events,
    settle: () => network.settle(),
    pass,
    rest() {
      network.settle()
      for (let due = clock.nextDueAt(); due !== undefined; due = clock.nextDueAt()) {
        if (clock.paused) throw new Error('A paused lab does not come to rest.')
        clock.advance(due - clock.now())
        network.settle()
      }
    },
    arrive() {
      network.settle()
      while ([...engine.state.inFlight.values()].some(({ held }) => held === undefined)) {
        clock.advance((clock.nextDueAt() ?? clock.now()) - clock.now())
        network.settle()
      }
    },
    program: () => connectProgram(engine, network),
  }
}

const utf8 = new TextEncoder()

function connectProgram(engine: Engine, network: MemoryNetwork): TestProgram {
  const scanner = new MessageScanner()
  const answers: AnswerMessage[] = []
  let over = false
  const connection = network.dial({
    ...engine.proxy,
    handlers: {
      data(bytes) {
        for (const item of scanner.push(bytes)) {
          if (item.kind === 'fault') throw new Error(`Not an answer: ${item.fault.message}`)
          if (item.message.type !== 2) throw new Error(`Not an answer: type ${item.message.type}`)
          answers.push(item.message)
        }
      },
      ended() {
        over = true
      },
      closed() {
        over = true
      },
    },
  })
  return {
    connection,
    answers,
    get over() {
      return over
    },
    send(...texts) {
      for (const text of texts) {
        connection.write(typeof text === 'string' ? utf8.encode(text) : text)
      }
    },
  }
}
