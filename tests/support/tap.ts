// For tests: listens in on the sockets of an engine, and keeps what goes through each of them, byte for byte.
import type {
  ClosableNetwork,
  Connection,
  ConnectionHandlers,
  NetworkError,
} from '../../src/main/engine/net/network'

export interface Tap {
  network: ClosableNetwork
  /** Calls of `write`, of all sockets. */
  readonly writes: number
  /** What the engine has written to the sockets with these ports at its end and at the other. */
  written(localPort: number, remotePort: number): Buffer
  read(localPort: number, remotePort: number): Buffer
}

export function tapNetwork(network: ClosableNetwork): Tap {
  const written = new Map<string, Uint8Array[]>()
  const read = new Map<string, Uint8Array[]>()
  let writes = 0

  function note(log: Map<string, Uint8Array[]>, connection: Connection, bytes: Uint8Array): void {
    const key = keyOf(connection.localPort, connection.remotePort)
    const parts = log.get(key) ?? []
    log.set(key, parts)
    parts.push(bytes)
  }

  function listenIn(
    handlers: ConnectionHandlers,
    connection: () => Connection,
  ): ConnectionHandlers {
    return {
      opened: () => handlers.opened?.(),
      data(bytes: Uint8Array) {
        note(read, connection(), bytes)
        handlers.data(bytes)
      },
      ended: () => handlers.ended(),
      closed: (error?: NetworkError) => handlers.closed(error),
      drained: () => handlers.drained?.(),
    }
  }

  function tapped(connection: Connection): Connection {
    const write = connection.write.bind(connection)
    connection.write = (bytes) => {
      writes++
      note(written, connection, bytes)
      write(bytes)
    }
    const setHandlers = connection.setHandlers.bind(connection)
    connection.setHandlers = (handlers) => setHandlers(listenIn(handlers, () => connection))
    return connection
  }

  return {
    network: {
      listen: (options) =>
        network.listen({ ...options, accept: (connection) => options.accept(tapped(connection)) }),
      dial(options) {
        const connection: Connection = network.dial({
          ...options,
          handlers: listenIn(options.handlers, () => connection),
        })
        return tapped(connection)
      },
      openSockets: () => network.openSockets(),
      close: () => network.close(),
    },
    get writes() {
      return writes
    },
    written: (localPort, remotePort) => joined(written.get(keyOf(localPort, remotePort))),
    read: (localPort, remotePort) => joined(read.get(keyOf(localPort, remotePort))),
  }
}

function joined(parts: readonly Uint8Array[] = []): Buffer {
  return Buffer.concat(parts)
}

function keyOf(localPort: number, remotePort: number): string {
  return `${localPort}>${remotePort}`
}
