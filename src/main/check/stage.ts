// One fresh start of a student's program, and what the check plays around it: connections to it, and listeners for its own.
import { createServer, type Server, type Socket } from 'node:net'
import type { How } from '../../shared/check/result'
import { listed } from '../../shared/format'
import {
  listening,
  type OutputLine,
  type ProgramEnd,
  type ProgramWatcher,
  type RunningProgram,
} from '../programs'
import { Changes } from './changes'
import { dialProgram, LOOPBACK, ownAddresses } from './dial'
import { RequirementFailed } from './failed'
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
/** A program may also sleep before it listens, or be slow to load: that says less about how long its answers take. */
const MOST_GROWTH = 4
const CONNECT_EVERY_MS = 15
/** A program that ends closes its connections a moment earlier. */
const LAST_WORDS_MS = 300
const SHORTEST_SETTLE_MS = 120
const LONGEST_SETTLE_MS = 2_000
/** While a backlog is full, systems repeat the request for a connection after 1, 3 and 7 s. */
const ACCEPT_MS = 4_500
/** Only a program that is not on loopback for so long is sought elsewhere. */
const OTHER_ADDRESSES_MS = 1_000

export const ENDS_HINT =
  'Start it by hand with the same command, and mend what it says. It must run until it is ended from outside.'
const BACKLOG_HINT =
  'Accept in a loop, without waiting for one client before the next; and let more than a few wait meanwhile: listen(64), not listen(1).'
const ELSEWHERE_HINT =
  'Take the port from the command line, in the form in which the command gives it; a port that stands in the program serves only one of them at a time.'

/** A server of the check, at one port of one or more addresses. */
interface Listener {
  listenOn(host: string): Promise<unknown>
  close(): void
}

export class Stage {
  readonly wire = new Wire()
  readonly changes = new Changes()
  protected readonly watcher: ProgramWatcher = {
    onLine: (line) => {
      this.wire.note({ type: 'line', ...line })
      this.changes.changed()
    },
    onEnd: () => {
      this.wire.note({ type: 'exited', how: this.end?.how ?? '' })
      this.changes.changed()
    },
  }
  protected program: RunningProgram | undefined
  /** The address that the program answered on. */
  protected address: string | undefined
  /** What the wait that is going on waits for. */
  waitingFor = 'it to be done'
  private readonly peers = new Set<Peer>()
  private readonly listeners = new Set<Listener>()
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
    const growth = Math.max(1, this.startMs / USUAL_START_MS)
    return this.limits.answerMs * Math.min(growth, MOST_GROWTH)
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
    const accepted = `${name}’s connection to be accepted`
    for (;;) {
      let isSilent = false
      for (const host of this.addressesToTry()) {
        const socket = await dialProgram(host, port, this.answerMs + ACCEPT_MS)
        if (typeof socket === 'object') return this.connected(name, socket, host)
        isSilent ||= socket === 'silent'
      }
      const listens = `the program to listen on port ${port}`
      if (this.end !== undefined) throw this.failed('hangs', listens, 'nothing listened', ENDS_HINT)
      if (this.address !== undefined) {
        if (isSilent) {
          const came = 'it was not accepted in time'
          throw this.failed('hangs', accepted, came, BACKLOG_HINT)
        }
        this.wire.note({ type: 'refused', peer: name, connection: this.wire.nextConnection() })
        await this.changes.until(() => this.end, LAST_WORDS_MS)
        throw this.failed('closes', accepted, 'it was refused')
      }
      if (this.changes.isEnded || this.wire.elapsedMs() > this.limits.startMs) {
        const others = this.program?.listeningPorts?.() ?? []
        const elsewhere =
          others.length === 0
            ? ''
            : `; the program listens on ${listed(others.map(String))} instead`
        const came = `nothing listened on it within ${seconds(this.limits.startMs)}${elsewhere}`
        throw this.failed('hangs', listens, came, this.listenHint(others.length > 0))
      }
      await this.changes.pass(CONNECT_EVERY_MS)
    }
  }

  /** Where to look if nobody listens; absent: where the requirement says. */
  protected listenHint(isElsewhere: boolean): string | undefined {
    return isElsewhere ? ELSEWHERE_HINT : undefined
  }

  private async connected(name: string, socket: Socket, host: string): Promise<Peer> {
    const peer = this.adopt(name, socket)
    this.noteStarted()
    if (this.address === undefined) {
      this.address = host
      // A proxy reaches servers at the address that their registrations come from.
      if (host !== LOOPBACK) {
        await Promise.all([...this.listeners].map((listener) => listener.listenOn(host)))
      }
    }
    peer.noteOpened('opened')
    // The check has ended meanwhile, and closed what was open.
    if (this.changes.isEnded) peer.close()
    return peer
  }

  /** A program that listens on all addresses is to be found on the first, as it would be by hand. */
  private addressesToTry(): readonly string[] {
    if (this.address !== undefined) return [this.address]
    return this.wire.elapsedMs() < OTHER_ADDRESSES_MS ? [LOOPBACK] : ownAddresses()
  }

  /** Listens for the program's connections; where this machine has the other hosts, on them, too. */
  async listen(
    name: string,
    port: number,
    accept: (peer: Peer) => void,
    onReceived: (peer: Peer, received: Received) => void,
    otherHosts: readonly string[] = [],
  ): Promise<{ port: number; stop(): Promise<void> }> {
    const servers: Server[] = []
    const listenOn = (host: string, atPort: number) => {
      const server = createServer({ allowHalfOpen: true }, (socket) => {
        const peer = this.adopt(name, socket, (received) => onReceived(peer, received))
        peer.noteOpened('accepted')
        accept(peer)
        this.changes.changed()
      })
      servers.push(server)
      return listening(server, atPort, host)
    }
    const actualPort = await listenOn(this.address ?? LOOPBACK, port)
    await Promise.allSettled(otherHosts.map((host) => listenOn(host, actualPort)))
    const listener: Listener = {
      listenOn: (host) => listenOn(host, actualPort),
      close() {
        // Open connections stay.
        for (const server of servers) server.close()
      },
    }
    this.listeners.add(listener)
    this.wire.note({ type: 'listens', peer: name, port: actualPort })
    const stop = async () => {
      if (!this.listeners.delete(listener)) return
      this.wire.note({ type: 'stops listening', peer: name, port: actualPort })
      listener.close()
    }
    return { port: actualPort, stop }
  }

  /** Waits for the next message on this connection. */
  async next(peer: Peer, expected: string, limitMs = this.answerMs): Promise<Received> {
    const index = peer.taken
    this.waitingFor = expected
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
  failed(how: How, expected: string, came: string, hint?: string): RequirementFailed {
    if (this.end === undefined || how === 'wrong') {
      return new RequirementFailed(how, expected, came, hint)
    }
    const ended = `${came}, and the program ended (${this.end.how})`
    return new RequirementFailed('ends', expected, ended, hint)
  }

  /** Ends the program and all that the check began. */
  async close(): Promise<void> {
    this.changes.end()
    const stopping = this.program?.stop()
    for (const peer of this.peers) peer.close()
    for (const listener of this.listeners) listener.close()
    await stopping
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
