// TCP as the engine sees it. Two implementations keep to this contract, checked by network.test.ts: node-network.ts
// on real sockets, memory-network.ts in memory, where a test can replay a run from its seed.

export interface Connection {
  /** The addresses are valid from `opened`, or `accept`, on. */
  readonly localPort: number
  /** An IPv4 address of an IPv6 socket is given as IPv4, here and for the peer. */
  readonly localAddress: string
  readonly remotePort: number
  readonly remoteAddress: string
  /**
   * Never throws; ignored after `end` or `destroy`. The bytes must not be changed afterwards. What is
   * written in one turn of the event loop leaves together, at its end.
   */
  write(bytes: Uint8Array): void
  /** Half-close: sends what was written, then the end. Reading goes on. */
  end(): void
  /** Closes both directions at once; what was not sent is lost. `closed` follows. */
  destroy(): void
  /** Bytes handed to `write` and not yet taken by the operating system. */
  readonly unsentBytes: number
  /**
   * Stops reading: no `data` until `resume`, and in time the peer cannot send any more. An end with no
   * bytes before it may be seen all the same, and so may a reset.
   */
  pause(): void
  resume(): void
  /** Takes the place of the handlers so far. An accepted connection gets its first ones within `accept`. */
  setHandlers(handlers: ConnectionHandlers): void
}

/** Called from the event loop, never from within a call to the connection. */
export interface ConnectionHandlers {
  /** A dialled connection stands. */
  opened?(): void
  /** The bytes are the receiver's to keep. */
  data(bytes: Uint8Array): void
  /** The peer will send no more; our direction stays open. */
  ended(): void
  /** The last call, exactly once, whatever the reason; a dial that failed too. Without an error, no one's fault. */
  closed(error?: NetworkError): void
  /** After a write: `unsentBytes` is 0 again. */
  drained?(): void
}

export interface NetworkError {
  /** REFUSED: nobody listens there. RESET: the peer broke off. UNREACHABLE: no way there, or no such host. */
  code: 'REFUSED' | 'RESET' | 'UNREACHABLE' | 'OTHER'
  message: string
}

export interface Listener {
  readonly port: number
  readonly address: string
  /** Stops accepting, and frees the port by the time it resolves; open connections stay. */
  close(): Promise<void>
}

export interface ListenOptions {
  /** An address of this machine. */
  host: string
  /** 0: any free one. */
  port: number
  accept: (connection: Connection) => void
}

export interface DialOptions {
  host: string
  port: number
  handlers: ConnectionHandlers
}

export interface Network {
  /** Rejects with a PortError where it is for the port, else with another Error. */
  listen(options: ListenOptions): Promise<Listener>
  dial(options: DialOptions): Connection
}

/** A network that can be taken down as a whole. */
export interface ClosableNetwork extends Network {
  /** Listeners and connections not yet closed. */
  openSockets(): number
  /** Closes every listener and destroys every connection; resolves when none is left. */
  close(): Promise<void>
  /** Does all there is to do now, where that can be known: in memory. */
  settle?(): void
}

/** One cannot listen on this port; another one may do. The message is a clause: what to do about it may follow. */
export abstract class PortError extends Error {}

export class PortTakenError extends PortError {
  constructor(readonly port: number) {
    super(`Port ${port} is in use by another program`)
    this.name = 'PortTakenError'
  }
}

/** Low ports, and on Windows those that the system reserves for itself. */
export class PortDeniedError extends PortError {
  constructor(readonly port: number) {
    super(`Port ${port} needs rights that this program does not have`)
    this.name = 'PortDeniedError'
  }
}

/** The handlers of a connection that nobody has claimed yet. */
export const NO_HANDLERS: ConnectionHandlers = { data() {}, ended() {}, closed() {} }
