// What stands in the proxy's place in a lab in memory: a proxy that takes turns, and serves one client after another.
import type { MemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { Connection } from '../../src/main/engine/net/network'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import type { ProxyPrograms } from '../../src/shared/proxy-programs'

const HOST = '127.0.0.1'
const FIRST_PORT = 17_000

interface Server {
  readonly policy: string
  readonly port: number
}

/** Like the program of the lesson about one idle client: while it waits for a client's message, nobody else is served. */
export function memoryPrograms(network: () => MemoryNetwork): ProxyPrograms {
  let port = FIRST_PORT
  return {
    async start() {
      const own = ++port
      const program = new OneAtATime(network())
      const { close } = await network().listen({
        host: HOST,
        port: own,
        accept: (connection) => program.accept(connection),
      })
      return { name: 'one_at_a_time.py', host: HOST, port: own, stop: close }
    },
  }
}

class OneAtATime {
  private readonly servers: Server[] = []
  private readonly waiting: { connection: Connection; bytes: Uint8Array[]; isOver: boolean }[] = []

  constructor(private readonly network: MemoryNetwork) {}

  accept(connection: Connection): void {
    const client = { connection, bytes: [] as Uint8Array[], isOver: false }
    const scanner = new MessageScanner()
    connection.setHandlers({
      data: (bytes) => {
        for (const item of scanner.push(bytes)) {
          if (item.kind !== 'message') continue
          const { message } = item
          if (message.type === 1) {
            this.servers.push({ policy: message.policy, port: message.listenPort })
            this.leave(client)
          } else if (message.type === 0) {
            client.bytes.push(item.bytes)
            this.serveFirst()
          }
        }
      },
      ended: () => {
        connection.end()
        this.leave(client)
      },
      closed: () => this.leave(client),
    })
    this.waiting.push(client)
  }

  private leave(client: (typeof this.waiting)[number]): void {
    const place = this.waiting.indexOf(client)
    if (place !== -1) this.waiting.splice(place, 1)
    this.serveFirst()
  }

  /** Only the program that connected first is read, until it has gone. */
  private serveFirst(): void {
    const [first] = this.waiting
    const bytes = first?.bytes.shift()
    if (first === undefined || bytes === undefined) return
    const scanned = new MessageScanner().push(bytes)[0]
    if (scanned?.kind !== 'message' || scanned.message.type !== 0) return
    const { policy } = scanned.message
    const place = this.servers.findIndex((server) => server.policy === policy)
    const [server] = place === -1 ? [] : this.servers.splice(place, 1)
    if (server === undefined) {
      first.connection.destroy()
      return
    }
    this.servers.push(server)
    const upstream = this.network.dial({
      host: HOST,
      port: server.port,
      handlers: {
        opened: () => upstream.write(bytes),
        data: (answer) => {
          first.connection.write(answer)
          upstream.end()
          this.serveFirst()
        },
        ended() {},
        closed() {},
      },
    })
  }
}
