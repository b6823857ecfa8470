// One fresh start of a student's program, and what the check plays around it: connections to it, and listeners for its own.
import { connect, createServer, type Server, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import {
  listening,
  type OutputLine,
  type ProgramEnd,
  type ProgramWatcher,
  type RunningProgram,
} from '../programs'
import { Changes } from './changes'
import { type How, RequirementFailed } from './failed'
import { Peer, type Received } from './peer'
import { Wire } from './wire'

export interface CheckLimits {
  /** The longest wait until the program listens or connects. */
  readonly startMs: number
  /** The longest wait for an answer; more on a machine that started the program slowly. */
  readonly answerMs: number
}

export const DEFAULT_LIMITS: CheckLimits = { startMs: 10_000, answerMs: 3_000 }

/** A start that took longer than this shows a busy machine: every limit grows with it. */
const USUAL_START_MS = 300
const CONNECT_EVERY_MS = 15
/** A program that ends closes its connections a moment earlier. */
const LAST_WORDS_MS = 300
const SHORTEST_SETTLE_MS = 120
const LONGEST_SETTLE_MS = 2_000
const LOOPBACK = '127.0.0.1'
/** Debian's address of a host's own name. */
const DEBIAN_HOST = '127.0.1.1'
/** Only a program that is not on loopback for so long is sought elsewhere. */
const OTHER_ADDRESSES_MS = 1_000

export class Stage {
  readonly wire = new Wire()
  readonly changes = new Changes()
  protected readonly watcher: ProgramWatcher = {
    onLine: (line) => this.wire.note({ type: 'line', ...line }),
    onEnd: () => {
      this.wire.note({ type: 'exited', how: this.end?.how ?? '' })
      this.changes.changed()
    },
  }
  protected program: RunningProgram | undefined
  /** The address that the program answered on. */
  protected address: string | undefined
  private readonly peers = new Set<Peer>()
  private readonly servers = new Set<Server>()
  private startMs = 0

  constructor(readonly limits: CheckLimits) {}

  get lines(): readonly OutputLine[] {
    return this.program?.lines ?? []
  }

  /** How the program ended. */
  get end(): ProgramEnd | undefined {
    return this.program?.end()
  }

  /** The longest wait for one answer. */
  get answerMs(): number {
    return this.limits.answerMs * Math.max(1, this.startMs / USUAL_START_MS)
  }

  /** A wait after which the program has read what it could read. */
  get settleMs(): number {
    return Math.min(Math.max(SHORTEST_SETTLE_MS, this.startMs * 1.5), LONGEST_SETTLE_MS)
  }

  /** The program has shown that it runs. */
  protected noteStarted(): void {
    if (this.startMs === 0) this.startMs = this.wire.elapsedMs()
  }

  /** Connects to the program; the first time, waits until it listens. */
  async connect(name: string, port: number): Promise<Peer> {
    for (;;) {
      for (const host of this.addressesToTry()) {
        const socket = await dialled(host, port, this.answerMs)
        if (socket === undefined) continue
        this.noteStarted()
        this.address = host
        const peer = this.adopt(name, socket)
        peer.noteOpened('opened')
        return peer
      }
      const listens = `the program to listen on port ${port}`
      if (this.end !== undefined) throw this.failed('hangs', listens, 'nothing listened')
      if (this.address !== undefined) {
        this.wire.note({ type: 'refused', peer: name, connection: this.wire.nextConnection() })
        await this.changes.until(() => this.end, LAST_WORDS_MS)
        throw this.failed('closes', `${name}’s connection to be accepted`, 'it was refused')
      }
      if (this.changes.isEnded || this.wire.elapsedMs() > this.limits.startMs) {
        const seconds = this.limits.startMs / 1000
        throw this.failed('hangs', listens, `nothing listened on it within ${seconds} s`)
      }
      await this.changes.pass(CONNECT_EVERY_MS)
    }
  }

  /** A program that listens on all addresses is to be found on the first, as it would be by hand. */
  private addressesToTry(): readonly string[] {
    if (this.address !== undefined) return [this.address]
    return this.wire.elapsedMs() < OTHER_ADDRESSES_MS ? [LOOPBACK] : ownAddresses()
  }

  /** Listens for the program's connections. */
  async listen(
    name: string,
    port: number,
    accept: (peer: Peer) => void,
    onReceived: (peer: Peer, received: Received) => void,
  ): Promise<{ port: number; stop(): Promise<void> }> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const peer = this.adopt(name, socket, (received) => onReceived(peer, received))
      peer.noteOpened('accepted')
      accept(peer)
      this.changes.changed()
    })
    const actualPort = await listening(server, port, this.address ?? LOOPBACK)
    this.servers.add(server)
    this.wire.note({ type: 'listens', peer: name, port: actualPort })
    const stop = async () => {
      if (!this.servers.delete(server)) return
      this.wire.note({ type: 'stops listening', peer: name, port: actualPort })
      await closed(server)
    }
    return { port: actualPort, stop }
  }

  /** Waits for the next message on this connection. */
  async next(peer: Peer, expected: string, limitMs = this.answerMs): Promise<Received> {
    const index = peer.taken
    const seen = await this.changes.until(
      () => peer.received[index] ?? (peer.isOver || this.end !== undefined ? 'over' : undefined),
      limitMs,
    )
    if (typeof seen === 'object') {
      peer.taken += 1
      return seen
    }
    if (seen === undefined) {
      throw this.failed('hangs', expected, `nothing came within ${seconds(limitMs)}`)
    }
    await this.changes.until(() => this.end, LAST_WORDS_MS)
    const late = peer.received[index]
    if (late === undefined) throw this.failed('closes', expected, 'the connection was closed')
    peer.taken += 1
    return late
  }

  /** Waits until the program has dealt with this connection: it has closed it, or had the time to read it; or it ends by it. */
  async dealtWith(peer: Peer): Promise<void> {
    await this.changes.until(() => peer.isOver || undefined, this.settleMs)
    peer.close()
    // A program that dies of it may close the connection first.
    await this.changes.until(() => this.end, this.settleMs / 2)
  }

  /** A failure; a program that has ended meanwhile is the graver one. */
  failed(how: How, expected: string, came: string): RequirementFailed {
    if (this.end === undefined || how === 'wrong') return new RequirementFailed(how, expected, came)
    return new RequirementFailed(
      'ends',
      expected,
      `${came}, and the program ended (${this.end.how})`,
    )
  }

  /** Ends the program and all that the check began. */
  async close(): Promise<void> {
    this.changes.end()
    const stopping = this.program?.stop()
    for (const peer of this.peers) peer.close()
    await Promise.all([stopping, ...[...this.servers].map(closed)])
  }

  private adopt(name: string, socket: Socket, onReceived?: (received: Received) => void): Peer {
    const { wire, changes } = this
    const peer = new Peer({ name, socket, wire, changes, ...(onReceived && { onReceived }) })
    this.peers.add(peer)
    return peer
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}

/** Undefined: refused, unreachable, or not accepted in time. */
function dialled(host: string, port: number, limitMs: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    // The proxy takes a server to be where its registration comes from: where the check listens.
    const from = host === DEBIAN_HOST && { localAddress: host }
    const socket = connect({ host, port, allowHalfOpen: true, ...from })
    const limit = setTimeout(() => fail(), limitMs)
    const fail = () => {
      clearTimeout(limit)
      socket.destroy()
      resolve(undefined)
    }
    socket.once('error', fail)
    socket.once('connect', () => {
      clearTimeout(limit)
      socket.off('error', fail)
      // A dial to a port that nobody listens on can meet itself.
      if (socket.localPort === port) fail()
      else resolve(socket)
    })
  })
}

/** Loopback first; a program that listens on its host's name has another address of this machine. */
function ownAddresses(): string[] {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return [LOOPBACK, '::1', ...(process.platform === 'linux' ? [DEBIAN_HOST] : []), ...outward]
}

/** Resolves when the port is free: open connections stay. */
async function closed(server: Server): Promise<void> {
  server.close()
}
