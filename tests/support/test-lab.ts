// For tests: an engine on a network in memory and a clock by hand, and programs that talk to its proxy as any
// program in the wild does. Nothing happens but what a test asks for, and a seed is a whole run.

import {
  createMemoryLab,
  type Engine,
  type MemoryLab,
  type MemoryLabOptions,
} from '../../src/main/engine/index'
import type { MemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { Connection } from '../../src/main/engine/net/network'
import type { LabEvent } from '../../src/shared/events'
import type { AnswerMessage } from '../../src/shared/protocol/message'
import { MessageScanner } from '../../src/shared/protocol/scanner'

export interface TestLab extends MemoryLab {
  /** All since the engine was made. */
  events: readonly LabEvent[]
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

export async function createTestLab(options: MemoryLabOptions = {}): Promise<TestLab> {
  const lab = await createMemoryLab({ latencyMs: 0, ...options })
  const { engine, network } = lab
  const events: LabEvent[] = []
  engine.subscribe((event) => events.push(event))
  return {
    engine,
    get clock() {
      return lab.clock
    },
    network,
    events,
    settle: lab.settle,
    pass: lab.pass,
    rest: lab.rest,
    arrive() {
      network.settle()
      const { clock } = lab
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
