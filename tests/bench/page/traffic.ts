// Synthetic traffic for the packet layer, told as the engine tells it: every 16 ms a batch of events. Packets
// arrive and are sent all the time; their number in flight stays the same.

import type { PacketLayer } from '../../../src/renderer/src/canvas/packets/layer'
import type { DrawnLink } from '../../../src/renderer/src/canvas/packets/link-book'
import type { LabEvent, PacketKind } from '../../../src/shared/events'
import { type PacketId, PROXY } from '../../../src/shared/ids'
import { FLIGHT_MS } from './edges'

const NO_BYTES = new Uint8Array(0)
const KINDS: readonly PacketKind[] = [0, 2, 0, 2, 0, 2, 1, 'error']

export class Traffic {
  private readonly inFlight: { id: PacketId; dueAt: number }[] = []
  private readonly startedAt = performance.now()
  private seq = 0
  private lastId = 0
  private wanted = 0
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly layer: PacketLayer,
    private readonly links: readonly DrawnLink[],
  ) {}

  /** Keeps this many packets in flight from now on. */
  set(packets: number): void {
    clearInterval(this.timer)
    this.layer.reset([])
    this.inFlight.length = 0
    this.wanted = packets
    const now = this.now()
    this.layer.setClock(now, 1)
    const events: LabEvent[] = []
    // As if they had been sent one by one over the time of a flight.
    for (let index = 0; index < packets; index++) {
      events.push(this.sent(now - FLIGHT_MS + ((index + 1) * FLIGHT_MS) / (packets + 1)))
    }
    this.layer.take(events)
    if (packets > 0) this.timer = setInterval(() => this.turn(), 16)
  }

  private turn(): void {
    const now = this.now()
    const events: LabEvent[] = []
    let arrived = 0
    for (const { id, dueAt } of this.inFlight) {
      if (dueAt > now) break
      events.push({ seq: ++this.seq, at: now, type: 'packet.delivered', packet: id })
      arrived++
    }
    this.inFlight.splice(0, arrived)
    while (this.inFlight.length < this.wanted) events.push(this.sent(now))
    this.layer.take(events)
  }

  private sent(at: number): LabEvent {
    const packet = ++this.lastId
    const node = this.links[packet % this.links.length]?.id ?? PROXY
    const fromProxy = Math.floor(packet / this.links.length) % 2 === 0
    const dueAt = at + FLIGHT_MS
    this.inFlight.push({ id: packet, dueAt })
    return {
      seq: ++this.seq,
      at,
      type: 'packet.sent',
      packet,
      exchange: 0,
      kind: KINDS[packet % KINDS.length] ?? 0,
      from: fromProxy ? PROXY : node,
      to: fromProxy ? node : PROXY,
      connection: 1,
      dueAt,
      bytes: NO_BYTES,
      copyOf: null,
    }
  }

  private now(): number {
    return performance.now() - this.startedAt
  }
}
