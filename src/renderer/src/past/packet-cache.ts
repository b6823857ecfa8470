// Packets that the state does not have, read from the history and kept for a while. One rule says what has to be read
// again. In the past: what was read for another moment. Now: a packet that was in flight when it was read and is not any
// more, and an exchange of which the state may have forgotten later packets. Until then the older reading is shown.

import { errorText } from '../../../shared/error-text'
import type { ExchangeId, PacketId } from '../../../shared/ids'
import { packetIn } from '../../../shared/state/packets'
import type { Packet, State } from '../../../shared/state/state'

/** Packets, and bytes of messages in them, that are kept. */
const MAX_KEPT = 4_000
const MAX_KEPT_BYTES = 32 * 1024 * 1024
const MAX_EXCHANGES = 50

/** What is on the screen. */
export interface Shown {
  /** Two moments of one session have the same text. */
  session: string
  /** Now, and not a moment of the past. */
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
  /** The last event, and the last packet, that the history had. */
  seq: number
  lastPacket: PacketId
}

/** Reads as of an event, or of now. */
export type ReadHistory = (
  wish: Required<Wish>,
  asOf: number | undefined,
) => Promise<HistoryReading>

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
  /** What was read last, and for which state: it is not read for that state again, whatever came of it. */
  private tried: { wish: string; state: State } | undefined
  /** Why the last reading failed. */
  problem: string | undefined
  /** Changes with what can be had. */
  version = 0

  constructor(private readonly read: ReadHistory) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The packet in the state or, else, as it was read last. */
  packet(id: PacketId, { session, state }: Shown): Packet | undefined {
    return packetIn(state, id) ?? (this.isAbout(session) ? this.kept.get(id)?.packet : undefined)
  }

  /** Whether neither the state nor the history has it. */
  isGone(id: PacketId, shown: Shown): boolean {
    if (!this.isAbout(shown.session) || packetIn(shown.state, id)) return false
    const kept = this.kept.get(id)
    return kept !== undefined && kept.packet === undefined && isCurrent(kept, shown)
  }

  /** The packets of an exchange as they were read last, in order of sending; undefined: it was not read. */
  exchange(id: ExchangeId, shown: Shown): readonly Packet[] | undefined {
    if (!this.isAbout(shown.session)) return undefined
    return this.exchanges.get(id)?.ids.flatMap((each) => this.packet(each, shown) ?? [])
  }

  /** Sets what `owner` wants at this moment, in place of what it wanted before. */
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

  /** Reads one wish after another; wishes that were replaced meanwhile are not read. */
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

  /** What is wanted and has to be read; undefined: nothing. */
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

/** Whether a packet that the state does not have is as it was read. */
function isCurrent({ packet, seq }: KeptPacket, { live, state }: Shown): boolean {
  return live ? packet?.status !== 'flying' || seq >= state.seq : seq === state.seq
}

/** The packets of an exchange follow its first one: where the list has that, it has them all. */
export function isWholeInState({ exchange }: Packet, { packets }: State): boolean {
  return exchange === 0 || packets.at(exchange - 1) !== undefined
}
