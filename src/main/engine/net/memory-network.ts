// A network in memory that behaves like TCP but not like any particular run: the order of actions
// and the cuts between bytes are drawn from a seed. A test that fails with a seed fails with it
// again. Without a seed the order is fixed, and nothing is cut, which is faster.
import { LOOPBACK_IPV6 } from '../../../shared/addresses'
import { ChurningSet } from '../../../shared/churning-map'
import type { Random } from '../clock/random'
import { MemoryConnection, type MemoryMedium, type SocketAction } from './memory-connection'
import {
  type ClosableNetwork,
  type Connection,
  type DialOptions,
  type Listener,
  type ListenOptions,
  NO_HANDLERS,
  PortTakenError,
} from './network'

interface MemoryNetworkOptions {
  /** Left out: sockets act in turn, and each carries all it has at once. */
  random?: Random | undefined
  /**
   * Called when there is something to do, to have `run` called later (`queueMicrotask`,
   * `setImmediate`); `run` settles. Without it, nothing happens until `settle` is called.
   */
  schedule?: (run: () => void) => void
  /** Unread bytes that a receiver accepts. */
  windowBytes?: number
}

export interface MemoryNetwork extends ClosableNetwork {
  /** Performs all actions, and those that follow from them. */
  settle(): void
}

const DEFAULT_WINDOW_BYTES = 64 * 1024
const FIRST_FREE_PORT = 49_152
const ANY_ADDRESS = '0.0.0.0'
const LOOPBACK = '127.0.0.1'
/**
 * One cut in four makes a tiny piece, so that headers, numbers and characters are split too.
 */
const TINY_ONE_IN = 4
const TINY_BYTES = 8

export function createMemoryNetwork(options: MemoryNetworkOptions): MemoryNetwork {
  return new Simulation(options)
}

interface ListeningPort {
  readonly address: string
  readonly port: number
  readonly accept: (connection: Connection) => void
}

class Simulation implements MemoryNetwork, MemoryMedium {
  readonly windowBytes: number
  private readonly random: Random | undefined
  private readonly schedule: ((run: () => void) => void) | undefined
  private readonly listening = new Set<ListeningPort>()
  private readonly connections = new ChurningSet<MemoryConnection>()
  /** Connections that may have something to do. */
  private readonly busy: MemoryConnection[] = []
  private isScheduled = false
  private isSettling = false
  private isClosed = false
  private lastPort = FIRST_FREE_PORT - 1

  constructor({ random, schedule, windowBytes = DEFAULT_WINDOW_BYTES }: MemoryNetworkOptions) {
    this.random = random
    this.schedule = schedule
    this.windowBytes = windowBytes
  }

  async listen({ host, port, accept }: ListenOptions): Promise<Listener> {
    if (this.isClosed) throw new Error('The network is closed.')
    const address = addressOf(host)
    const entry = { address, port: port === 0 ? this.freePort() : port, accept }
    if (this.isTaken(address, entry.port)) throw new PortTakenError(port)
    this.listening.add(entry)
    return {
      address,
      port: entry.port,
      close: async () => {
        this.listening.delete(entry)
      },
    }
  }

  dial({ host, port, from, handlers }: DialOptions): Connection {
    const addresses = {
      localPort: this.freePort(),
      localAddress: from ?? (host === LOOPBACK_IPV6 ? LOOPBACK_IPV6 : LOOPBACK),
      remotePort: port,
      remoteAddress: addressOf(host),
    }
    const connection = new MemoryConnection(this, addresses, handlers)
    this.connections.add(connection)
    if (this.isClosed) connection.destroy()
    else connection.begin(() => this.connect(connection))
    return connection
  }

  openSockets(): number {
    return this.connections.size + this.listening.size
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.listening.clear()
    for (const connection of [...this.connections.values()]) connection.destroy()
    this.settle()
  }

  settle(): void {
    // A handler that calls `settle` would see its connection in the middle of an action.
    if (this.isSettling) return
    this.isSettling = true
    try {
      for (let next = this.draw(); next !== undefined; next = this.draw()) this.act(next)
    } finally {
      this.isSettling = false
      // After a handler has thrown there may be more to do.
      if (this.busy.length > 0) this.wake()
    }
  }

  markBusy(connection: MemoryConnection): void {
    if (connection.isBusy) return
    connection.isBusy = true
    this.busy.push(connection)
    this.wake()
  }

  forget(connection: MemoryConnection): void {
    this.connections.delete(connection)
  }

  /** Draws the size of the next piece, out of `most` bytes. */
  cut(most: number): number {
    const { random } = this
    if (random === undefined) return most
    const range = random.integer(TINY_ONE_IN) === 0 ? Math.min(most, TINY_BYTES) : most
    return 1 + random.integer(range)
  }

  private draw(): MemoryConnection | undefined {
    if (this.busy.length === 0) return undefined
    if (this.random === undefined) return this.busy.shift()
    const index = this.random.integer(this.busy.length)
    const drawn = this.busy[index]
    const last = this.busy.pop()
    if (last !== undefined && last !== drawn) this.busy[index] = last
    return drawn
  }

  private act(connection: MemoryConnection): void {
    connection.isBusy = false
    const action = this.drawAction(connection)
    if (action === undefined) return
    this.markBusy(connection)
    connection.perform(action)
  }

  private drawAction(connection: MemoryConnection): SocketAction | undefined {
    if (this.random === undefined) return connection.firstAction()
    const actions = connection.possibleActions()
    return actions.length === 0 ? undefined : actions[this.random.integer(actions.length)]
  }

  private connect(dialler: MemoryConnection): void {
    const listener = this.listenerAt(dialler.remoteAddress, dialler.remotePort)
    if (listener === undefined) {
      const message = `Nothing listens on ${dialler.remoteAddress}:${dialler.remotePort}.`
      dialler.fail({ code: 'REFUSED', message })
      return
    }
    const accepted = new MemoryConnection(
      this,
      {
        localPort: listener.port,
        localAddress: dialler.remoteAddress,
        remotePort: dialler.localPort,
        remoteAddress: dialler.localAddress,
      },
      NO_HANDLERS,
    )
    this.connections.add(accepted)
    dialler.join(accepted)
    accepted.join(dialler)
    dialler.begin(() => dialler.open())
    accepted.begin(() => {
      // Connections that still waited when the listener closed are not accepted.
      if (!this.listening.has(listener)) return accepted.abort()
      accepted.open()
      listener.accept(accepted)
    })
  }

  private wake(): void {
    if (this.isScheduled || this.isSettling || this.schedule === undefined) return
    this.isScheduled = true
    this.schedule(() => {
      this.isScheduled = false
      this.settle()
    })
  }

  private listenerAt(address: string, port: number): ListeningPort | undefined {
    for (const entry of this.listening) {
      if (entry.port === port && (entry.address === address || entry.address === ANY_ADDRESS)) {
        return entry
      }
    }
    return undefined
  }

  private isTaken(address: string, port: number): boolean {
    for (const entry of this.listening) {
      if (entry.port !== port) continue
      if (entry.address === address || entry.address === ANY_ADDRESS || address === ANY_ADDRESS) {
        return true
      }
    }
    return false
  }

  private freePort(): number {
    do this.lastPort = this.lastPort === 65_535 ? FIRST_FREE_PORT : this.lastPort + 1
    while (this.isTaken(ANY_ADDRESS, this.lastPort))
    return this.lastPort
  }
}

function addressOf(host: string): string {
  return host === 'localhost' ? LOOPBACK : host
}
