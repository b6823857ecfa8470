// What the lab has seen of the socket of an outside program: how much was written to it, and since when it is idle. The
// doctor's notes about a connection that was reset, and about bytes after an answer, are made of it.
import { isLoopback } from '../../../shared/addresses'
import { hexText } from '../../../shared/diagnosis/doctor/evidence'
import type { ConnectionId, NodeId } from '../../../shared/ids'
import { inRealTime } from '../clock/real-limit'
import type { Lab } from '../lab'
import type { DialledConnection } from './connections'
import { warnOfUnasked } from './outside-sender'

/** After a connection was broken off, how long the program has to end. */
const ENDING_MS = 300

/** The end of a connection that is outside. */
export interface OutsideEnd {
  connection: ConnectionId
  /** The node there, if known. */
  other: NodeId
  /** Omitted: the program has dialled. */
  dialled?: DialledConnection
}

export class SocketRecord {
  private written = 0
  /** When bytes went either way last, and for how long none had when the program ended its direction. */
  private lastBytesMs = 0
  private idleAtEndMs: number | undefined

  constructor(
    private readonly lab: Lab,
    private readonly end: OutsideEnd,
  ) {}

  get hasWritten(): boolean {
    return this.written > 0
  }

  wrote(bytes: number): void {
    this.written += bytes
    this.lastBytesMs = this.lab.clock.ranForMs()
  }

  read(): void {
    this.lastBytesMs = this.lab.clock.ranForMs()
  }

  programEnded(): void {
    this.idleAtEndMs ??= this.idleMs
  }

  /** `program`: which has sent the last message. `read`: bytes. `peerEnded`: the program has ended its direction before. */
  noteReset(program: NodeId | undefined, read: number, peerEnded: boolean): void {
    const { lab, written } = this
    const { dialled, connection, other } = this.end
    const node = dialled ? other : program
    if (node === undefined || (dialled && dialled.ports === undefined)) return
    const reset = {
      type: 'socket.noted',
      node,
      what: 'reset',
      connection,
      written,
      read,
      idleMs: (peerEnded ? this.idleAtEndMs : undefined) ?? this.idleMs,
      ...(peerEnded && { ended: true }),
    } as const
    const { network, clock, journal } = lab
    const ports = dialled?.ports
    if (ports === undefined || !isLoopback(ports.address) || network.isListenedOn === undefined) {
      journal.emit(reset)
      return
    }
    // A program that ends closes its sockets one after another.
    clock.schedule(inRealTime(clock, ENDING_MS), async () => {
      const isThere = await network.isListenedOn?.(ports.acceptor)
      journal.emit(isThere === false ? { ...reset, hasEnded: true } : reset)
    })
  }

  noteAfterAnswer(bytes: Uint8Array): void {
    const { connection, other: node } = this.end
    const about = { connection, hex: hexText(bytes), size: bytes.length }
    this.lab.journal.emit({ type: 'socket.noted', node, what: 'after answer', ...about })
    warnOfUnasked(this.lab.journal, node)
  }

  private get idleMs(): number {
    return Math.round(this.lab.clock.ranForMs() - this.lastBytesMs)
  }
}
