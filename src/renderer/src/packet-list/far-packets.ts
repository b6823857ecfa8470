// Packets that the state does not have, fetched from the history for the rows in view and kept for a while.
import type { PacketId } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { wordsOf } from '../../../shared/words-of'

/** Packets, and bytes of messages in them, that are kept. */
const MAX_KEPT = 4_000
const MAX_KEPT_BYTES = 32 * 1024 * 1024
/** A packet that was under way when it was fetched is fetched again after this, while it is looked at. */
const STALE_AFTER_MS = 1_000

/** Gives these packets as they stand at the moment, and may give more; those that the history has not are left out. */
export type Fetch = (ids: readonly PacketId[]) => Promise<readonly Packet[]>

/** What rows of these packets are written from and is not at hand: the packets, and the first ones of their exchanges. */
export function notAtHand(
  ids: readonly PacketId[],
  atHand: (id: PacketId) => Packet | undefined,
): readonly PacketId[] {
  const missing = new Set<PacketId>()
  for (const id of ids) {
    const packet = atHand(id)
    if (packet === undefined) missing.add(id)
    else if (packet.exchange !== 0 && atHand(packet.exchange) === undefined) {
      missing.add(packet.exchange)
    }
  }
  return [...missing]
}

/** At one moment of the past, or now: another moment has its own. */
export class FarPackets {
  private readonly kept = new Map<PacketId, { packet: Packet | undefined; fetchedAt: number }>()
  private bytes = 0
  private wanted: readonly PacketId[] = []
  private fetching = false
  private closed = false
  problem: string | undefined

  constructor(
    private readonly fetch: Fetch,
    /** Called when there is more to be had. */
    private readonly changed: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(id: PacketId): Packet | undefined {
    return this.kept.get(id)?.packet
  }

  /** Whether it was asked for, and the history does not have it. */
  isGone(id: PacketId): boolean {
    const known = this.kept.get(id)
    return known !== undefined && known.packet === undefined
  }

  /** These are in view now, which takes the place of what was wanted before. */
  want(ids: readonly PacketId[]): void {
    this.wanted = ids
    if (!this.fetching) void this.fetchWanted()
  }

  close(): void {
    this.closed = true
  }

  private async fetchWanted(): Promise<void> {
    this.fetching = true
    for (;;) {
      const ids = this.wanted.filter((id) => this.isMissing(id))
      if (ids.length === 0 || this.closed) break
      try {
        this.keep(ids, await this.fetch(ids))
        this.problem = undefined
      } catch (error) {
        this.problem = wordsOf(error)
        this.wanted = []
      }
      if (!this.closed) this.changed()
    }
    this.fetching = false
  }

  private isMissing(id: PacketId): boolean {
    const known = this.kept.get(id)
    if (known === undefined) return true
    return known.packet?.status === 'flying' && this.now() - known.fetchedAt >= STALE_AFTER_MS
  }

  private keep(ids: readonly PacketId[], packets: readonly Packet[]): void {
    const byId = new Map(packets.map((packet) => [packet.id, packet]))
    const fetchedAt = this.now()
    for (const id of new Set([...ids, ...byId.keys()])) {
      this.forget(id)
      const packet = byId.get(id)
      this.kept.set(id, { packet, fetchedAt })
      this.bytes += packet?.bytes.length ?? 0
    }
    const wanted = new Set(this.wanted)
    for (const id of this.kept.keys()) {
      if (this.kept.size <= MAX_KEPT && this.bytes <= MAX_KEPT_BYTES) break
      if (!wanted.has(id) && !byId.has(id)) this.forget(id)
    }
  }

  private forget(id: PacketId): void {
    this.bytes -= this.kept.get(id)?.packet?.bytes.length ?? 0
    this.kept.delete(id)
  }
}
