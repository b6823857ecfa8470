// Servers as students write them, good and bad ones, on any network.

import type { Clock } from '../../src/main/engine/clock/clock'
import type { Random } from '../../src/main/engine/clock/random'
import type { Connection, Network } from '../../src/main/engine/net/network'
import { hashOf } from '../../src/main/engine/protocol/verdict'
import { composeAnswer, composeRegistration } from '../../src/shared/protocol/compose'
import { MessageScanner } from '../../src/shared/protocol/scanner'

export interface Surroundings {
  network: Network
  proxy: { host: string; port: number }
  random: Random
  clock: Clock
}

export const SERVER_MANNERS = [
  'good',
  'good',
  'good',
  'does not listen',
  'listens late',
  'hangs',
  'answers garbage',
  'answers with a question',
  'answers wrongly',
  'answers twice',
  'closes',
  'resets',
  'half an answer',
] as const

type ServerManner = (typeof SERVER_MANNERS)[number]

const text = new TextEncoder()

export function createOutsideServer(
  { network, proxy, random, clock }: Surroundings,
  { id, policy, manner }: { id: string; policy: string; manner: ServerManner },
): Promise<unknown> {
  const port = 10_000 + random.integer(30_000)
  register()
  if (manner === 'does not listen') return Promise.resolve()
  if (manner === 'listens late') {
    clock.schedule(350, () => void listen())
    return Promise.resolve()
  }
  return listen()

  function register(): void {
    const connection = network.dial({
      ...proxy,
      handlers: { data() {}, ended: () => connection.end(), closed() {} },
    })
    connection.write(composeRegistration(id, policy, port))
    connection.end()
  }

  /**
   * Another server may have the port: then this one does not listen, as happens to students too.
   */
  function listen(): Promise<unknown> {
    return network.listen({ host: proxy.host, port, accept }).catch(() => undefined)
  }

  function accept(connection: Connection): void {
    const scanner = new MessageScanner()
    connection.setHandlers({
      data(bytes) {
        for (const item of scanner.push(bytes)) {
          if (item.kind !== 'message' || item.message.type !== 0) continue
          answer(connection, item.message.source, item.message.payload, item.bytes)
        }
      },
      ended: () => connection.end(),
      closed() {},
    })
  }

  function answer(
    connection: Connection,
    client: string,
    payload: string,
    bytes: Uint8Array,
  ): void {
    const right = composeAnswer(id, client, hashOf(payload))
    switch (manner) {
      case 'hangs':
        return
      case 'answers garbage':
        connection.write(text.encode('HTTP/1.1 200 OK\r\n\r\n'))
        return
      case 'answers with a question':
        connection.write(bytes)
        return
      case 'answers wrongly':
        connection.write(composeAnswer(id, client, WRONG_HASH))
        return
      case 'answers twice':
        connection.write(right)
        connection.write(right)
        return
      case 'closes':
        connection.end()
        return
      case 'resets':
        connection.destroy()
        return
      case 'half an answer':
        connection.write(right.subarray(0, 10))
        connection.end()
        return
      default:
        connection.write(right)
        connection.end()
    }
  }
}

export const WRONG_HASH = 'f'.repeat(40)
