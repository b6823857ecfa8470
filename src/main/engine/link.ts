// A link holds each packet for its latency and only then hands it over: what is drawn on the way is the message
// itself. One link per connection and direction; packets keep their order. While the clock is paused nothing is
// handed over, whatever the latency.
import type { PacketKind } from '../../shared/events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../shared/ids'
import type { ErrorCode } from '../../shared/protocol/errors'
import type { Timer } from './clock/clock'
import { toMicroseconds } from './journal'
import type { Lab } from './lab'

interface Parcel {
  kind: PacketKind
  /** `new`: this packet begins an exchange. 0: it belongs to none. */
  exchange: ExchangeId | 'new'
  bytes: Uint8Array
  /** Whose it is and whom it is for, where several programs share the connection; else the link's own ends. */
  from?: NodeId | undefined
  to?: NodeId | undefined
  /** Called at once with the exchange's number, before anything is handed over. */
  sent?(exchange: ExchangeId): void
  /** Called once, when the link hands the packet over, with its number and its exchange's. */
  handOver(packet: PacketId, exchange: ExchangeId): void
}

interface Held {
  packet: PacketId
  timer: Timer
}

export class Link {
  private readonly held: Held[] = []
  private lastDueAt: SimMs = 0

  constructor(
    private readonly lab: Lab,
    private readonly from: NodeId,
    private readonly to: NodeId,
    private readonly connection: ConnectionId,
  ) {}

  /** Nothing is on its way. */
  get idle(): boolean {
    return this.held.length === 0
  }

  carry(parcel: Parcel): void {
    const { clock, journal, latencyMs } = this.lab
    const packet = journal.nextPacket()
    const exchange = parcel.exchange === 'new' ? packet : parcel.exchange
    const now = clock.now()
    const dueAt = Math.max(now + latencyMs, this.lastDueAt)
    this.lastDueAt = dueAt
    journal.emit({
      type: 'packet.sent',
      packet,
      exchange,
      kind: parcel.kind,
      from: parcel.from ?? this.from,
      to: parcel.to ?? this.to,
      connection: this.connection,
      dueAt: toMicroseconds(dueAt),
      bytes: parcel.bytes,
    })
    parcel.sent?.(exchange)
    if (dueAt === now && this.idle && !clock.paused) {
      parcel.handOver(packet, exchange)
      return
    }
    const timer = clock.schedule(dueAt - now, () => {
      this.held.shift()
      parcel.handOver(packet, exchange)
    })
    this.held.push({ packet, timer })
  }

  /** Takes off the link what it still holds. */
  drop(reason: ErrorCode): void {
    for (const { packet, timer } of this.held.splice(0)) {
      this.lab.clock.cancel(timer)
      this.lab.journal.emit({ type: 'packet.dropped', packet, reason })
    }
  }
}
