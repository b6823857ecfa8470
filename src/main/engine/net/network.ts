// TCP as the engine sees it. Two implementations satisfy this contract, checked by network.test.ts:
// node-network.ts on real sockets, and memory-network.ts in memory, where a test can replay a run
// from its seed.

export interface Endpoint {
  host: string
  port: number
}

export interface Connection {
  /** The addresses are valid from `opened` or `accept` on. */
  readonly localPort: number
  /** An IPv4-mapped address is given as IPv4, here and for the peer. */
  readonly localAddress: string
  readonly remotePort: number
  readonly remoteAddress: string
  /**
   * Never throws; ignored after `end` or `destroy`. The bytes must not be modified afterwards.
   * Everything that is written in one turn of the event loop, or because of one batch of reads, is sent together, at its end.
   */
  write(bytes: Uint8Array): void
  /** Half-closes: sends what was written, then the end. Reading continues. */
  end(): void
  /**
   * As `end`, for when the peer has ended: where it has not only ended but gone, `closed` reports a RESET. Nothing else is
   * sent for that. Whether a peer on another machine has gone may not be known yet.
   */
  endAndCheck(): void
  /** Closes both directions at once; unsent bytes are lost. `closed` follows. */
  destroy(): void
  /**
   * Sends what was written, then breaks off. `closed` follows. The peer sees a reset; if it reads the last bytes together
   * with it, Node reports an end to it, and the reset when it writes.
   */
  reset(): void
  /** Bytes passed to `write` that the operating system has not accepted yet. */
  readonly unsentBytes: number
  /**
   * Stops reading: no `data` until `resume`, and eventually the peer cannot send any more. An end
   * without bytes before it, or a reset, may be reported nevertheless.
   */
  pause(): void
  resume(): void
  /** Replaces the handlers. An accepted connection gets its first ones within `accept`. */
  setHandlers(handlers: ConnectionHandlers): void
}

/** Called from the event loop, never from within a call to the connection. */
export interface ConnectionHandlers {
  /** A dialled connection is established. */
  opened?(): void
  /** The receiver may keep the bytes. */
  data(bytes: Uint8Array): void
  /** The peer will send no more; our direction stays open. */
  ended(): void
  /**
   * The last call, exactly once for every connection, including a failed dial. No error: a regular
   * close.
   */
  closed(error?: NetworkError): void
  /** `unsentBytes` is 0 again after a write. */
  drained?(): void
}

export interface NetworkError {
  /**
   * REFUSED: no listener there. RESET: the peer reset the connection. UNREACHABLE: no route, or no
   * such host.
   */
  code: 'REFUSED' | 'RESET' | 'UNREACHABLE' | 'OTHER'
  message: string
}

export interface Listener {
  readonly port: number
  readonly address: string
  /** Stops accepting; resolves once the port is free. Open connections stay. */
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
  /** The address of this machine that the peer sees; by default the system chooses. */
  from?: string
  handlers: ConnectionHandlers
}

export interface Network {
  /** Rejects with a PortError or an AddressError if the port or the address is the reason, otherwise with another Error. */
  listen(options: ListenOptions): Promise<Listener>
  dial(options: DialOptions): Connection
  /** Where a program of this machine listens, if not where it said; undefined where the system does not tell. */
  findListener?(sought: SoughtListener): Promise<ListeningAddress | undefined>
  /** Whether any program of this machine listens on this port; undefined where the system does not tell. */
  isListenedOn?(port: number): Promise<boolean | undefined>
}

export interface ListeningAddress {
  readonly address: string
  readonly port: number
}

export interface SoughtListener {
  /** Nobody listens on this port of the address where it was looked for. */
  readonly port: number
  /** A connection of the program that is open: its own port, and the other end's. */
  readonly connection: { readonly port: number; readonly otherPort: number } | undefined
}

/** A network that can be closed as a whole. */
export interface ClosableNetwork extends Network {
  /** Number of listeners and connections not yet closed. */
  openSockets(): number
  /** Closes every listener and destroys every connection; resolves when none is left. */
  close(): Promise<void>
  /** In memory only: performs all actions now. */
  settle?(): void
}

/**
 * This port cannot be listened on, but another may work. The message is a clause, so that advice
 * can follow it.
 */
export abstract class PortError extends Error {}

export class PortTakenError extends PortError {
  constructor(readonly port: number) {
    super(`Port ${port} is in use by another program`)
    this.name = 'PortTakenError'
  }
}

/** Low ports, and on Windows those that the system reserves. */
export class PortDeniedError extends PortError {
  constructor(readonly port: number) {
    super(`Port ${port} needs rights that this program does not have`)
    this.name = 'PortDeniedError'
  }
}

/** This machine has no such address; every port would fail. */
export class AddressError extends Error {
  constructor(readonly host: string) {
    super(`This machine has no address ${host}`)
    this.name = 'AddressError'
  }
}

/** Handlers for a connection without an owner. */
export const NO_HANDLERS: ConnectionHandlers = { data() {}, ended() {}, closed() {} }
