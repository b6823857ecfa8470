// Packets that are no longer in the state, read from the history and cached. One rule says what is read again. Looking
// back: whatever was read for another moment. Live: a packet that was in flight when it was read and no longer is, and
// an exchange whose later packets may have left the state. The older data is shown until then.

import { errorText } from '../../../shared/error-text'
import type { ExchangeId, PacketId } from '../../../shared/ids'
import { packetIn } from '../../../shared/state/packets'
import type { Packet, State } from '../../../shared/state/state'

/** How many packets are cached, and how many bytes of messages in them. */
const MAX_KEPT = 4_000
const MAX_KEPT_BYTES = 32 * 1024 * 1024
const MAX_EXCHANGES = 50

/** What is on the screen. */
export interface Shown {
  /** The same text for all moments of one session. */
  session: string
  /** Whether the screen is live. */
  live: boolean
  state: State
}

export interface Wish {
  packets: readonly PacketId[]
  /** Whether the first packets of their exchanges are read with them. */
  firsts?: boolean
  /** Packets whose whole exchanges are wanted. */
  exchangesOf?: readonly PacketId[]
}

export interface HistoryReading {
  packets: readonly Packet[]
  /** The packets of the exchanges that were asked for, in order of sending. */
  exchanges: ReadonlyMap<ExchangeId, readonly PacketId[]>
  /** The history's last event and last packet. */
  seq: number
  lastPacket: PacketId
}

/** Reads as of an event, or as of now. */
type ReadHistory = (wish: Required<Wish>, asOf: number | undefined) => Promise<HistoryReading>

interface KeptPacket {
  /** Undefined: the history does not have it. */
  packet: Packet | undefined
  seq: number
}

interface KeptExchange {
  ids: readonly PacketId[]
  seq: number
  lastPacket: PacketId
}

export class PacketCache {
  private readonly kept = new Map<PacketId, KeptPacket>()
  private readonly exchanges = new Map<ExchangeId, KeptExchange>()
  private readonly wishes = new Map<object, Wish>()
  private readonly listeners = new Set<() => void>()
  private bytes = 0
  private shown: Shown | undefined
  private reading = false
  /** The last read and its state: it is not repeated for that state, whether it succeeded or failed. */
  private tried: { wish: string; state: State } | undefined
  /** Why the last read failed. */
  problem: string | undefined
  /** Changes when packets have been read. */
  version = 0

  constructor(private readonly read: ReadHistory) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The packet from the state or, else, as it was read last. */
  packet(id: PacketId, { session, state }: Shown): Packet | undefined {
    return packetIn(state, id) ?? (this.isAbout(session) ? this.kept.get(id)?.packet : undefined)
  }

  /** Whether neither the state nor the history has it. */
  isGone(id: PacketId, shown: Shown): boolean {
    if (!this.isAbout(shown.session) || packetIn(shown.state, id)) return false
    const kept = this.kept.get(id)
    return kept !== undefined && kept.packet === undefined && isCurrent(kept, shown)
  }

  /** The packets of an exchange as they were read last, in order of sending; undefined: not read. */
  exchange(id: ExchangeId, shown: Shown): readonly Packet[] | undefined {
    if (!this.isAbout(shown.session)) return undefined
    return this.exchanges.get(id)?.ids.flatMap((each) => this.packet(each, shown) ?? [])
  }

  /** Replaces what `owner` wants. */
  want(owner: object, wish: Wish, shown: Shown): void {
    this.wishes.set(owner, wish)
    if (!this.isAbout(shown.session)) this.clear()
    this.shown = shown
    if (!this.reading) void this.readWishes(shown)
  }

  leave(owner: object): void {
    this.wishes.delete(owner)
  }

  private isAbout(session: string): boolean {
    return this.shown?.session === session
  }

  private clear(): void {
    this.kept.clear()
    this.exchanges.clear()
    this.bytes = 0
    this.problem = undefined
    this.tried = undefined
  }

  /** Reads one wish after another, and skips wishes that have been replaced. */
  private async readWishes(first: Shown): Promise<void> {
    this.reading = true
    let shown = first
    for (;;) {
      const wish = this.missing(shown)
      if (wish === undefined) break
      let result: HistoryReading | undefined
      let problem: string | undefined
      try {
        result = await this.read(wish, shown.live ? undefined : shown.state.seq)
      } catch (error) {
        problem = errorText(error)
      }
      const { state, session } = shown
      shown = this.shown ?? shown
      if (!this.isAbout(session)) continue
      if (result) this.keep(wish, result)
      this.problem = problem
      this.tried = { wish: JSON.stringify(wish), state }
      this.version++
      for (const listener of this.listeners) listener()
    }
    this.reading = false
  }

  /** What is wanted and not cached; undefined: nothing. */
  private missing(shown: Shown): Required<Wish> | undefined {
    const packets = new Set<PacketId>()
    const exchangesOf = new Set<PacketId>()
    let firsts = false
    for (const wish of this.wishes.values()) {
      for (const id of wish.packets) if (!this.hasPacket(id, shown)) packets.add(id)
      for (const id of wish.exchangesOf ?? []) if (!this.hasExchange(id, shown)) exchangesOf.add(id)
      firsts ||= wish.firsts === true
    }
    if (packets.size === 0 && exchangesOf.size === 0) return undefined
    const missing = { packets: [...packets], firsts, exchangesOf: [...exchangesOf] }
    const { tried } = this
    const wasTried = tried?.state === shown.state && tried.wish === JSON.stringify(missing)
    return wasTried ? undefined : missing
  }

  private hasPacket(id: PacketId, shown: Shown): boolean {
    const kept = this.kept.get(id)
    return packetIn(shown.state, id) !== undefined || (kept !== undefined && isCurrent(kept, shown))
  }

  /** Whether all packets of this one's exchange are known. */
  private hasExchange(id: PacketId, shown: Shown): boolean {
    if (!this.hasPacket(id, shown)) return false
    const packet = this.packet(id, shown)
    if (packet === undefined || isWholeInState(packet, shown.state)) return true
    const kept = this.exchanges.get(packet.exchange)
    if (kept === undefined) return false
    const { live, state } = shown
    const isWhole = live ? kept.lastPacket >= state.packets.first : kept.seq === state.seq
    return isWhole && kept.ids.every((each) => this.hasPacket(each, shown))
  }

  private keep({ packets, exchangesOf }: Required<Wish>, reading: HistoryReading): void {
    const { seq, lastPacket } = reading
    const found = new Map(reading.packets.map((packet) => [packet.id, packet]))
    for (const id of new Set([...packets, ...exchangesOf, ...found.keys()])) {
      this.forget(id)
      const packet = found.get(id)
      this.kept.set(id, { packet, seq })
      this.bytes += packet?.bytes.length ?? 0
    }
    for (const [exchange, ids] of reading.exchanges) {
      this.exchanges.delete(exchange)
      this.exchanges.set(exchange, { ids, seq, lastPacket })
    }
    this.makeRoom(found)
  }

  private makeRoom(fresh: ReadonlyMap<PacketId, Packet>): void {
    for (const exchange of this.exchanges.keys()) {
      if (this.exchanges.size <= MAX_EXCHANGES) break
      this.exchanges.delete(exchange)
    }
    const wanted = new Set([...this.wishes.values()].flatMap(({ packets }) => packets))
    for (const id of this.kept.keys()) {
      if (this.kept.size <= MAX_KEPT && this.bytes <= MAX_KEPT_BYTES) break
      if (!wanted.has(id) && !fresh.has(id)) this.forget(id)
    }
  }

  private forget(id: PacketId): void {
    this.bytes -= this.kept.get(id)?.packet?.bytes.length ?? 0
    this.kept.delete(id)
  }
}

/** Whether a cached packet that is not in the state is up to date. */
function isCurrent({ packet, seq }: KeptPacket, { live, state }: Shown): boolean {
  return live ? packet?.status !== 'flying' || seq >= state.seq : seq === state.seq
}

/** Whether the list has a whole exchange: its packets follow its first one, so that the first is enough. */
export function isWholeInState({ exchange }: Packet, { packets }: State): boolean {
  return exchange === 0 || packets.at(exchange - 1) !== undefined
}
