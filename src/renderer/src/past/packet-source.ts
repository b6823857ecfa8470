// Packets by number, as they are at the moment on the screen: from the state if it has them, else from the history.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { PacketId } from '../../../shared/ids'
import { packetIn, packetsOfExchange } from '../../../shared/state/packets'
import type { Packet, State } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import {
  type HistoryReading,
  isWholeInState,
  PacketCache,
  type Shown,
  type Wish,
} from './packet-cache'
import { pastView, usePast } from './past'

interface Packets {
  /** Returns the packet; undefined while it is read, and if it does not exist. */
  find(id: PacketId): Packet | undefined
  /** Whether the history does not have it either. */
  isGone(id: PacketId): boolean
  /** Why packets could not be read. */
  problem: string | undefined
}

/** Gives these packets; `firsts`: also the first ones of their exchanges. */
export function usePackets(state: State, ids: readonly PacketId[], firsts = false): Packets {
  const shown = useShown(state)
  const find = (id: PacketId) => cache.packet(id, shown)
  const packets = firsts ? withFirsts(ids, find) : ids
  useCache({ packets, firsts }, shown)
  return { find, isGone: (id) => cache.isGone(id, shown), problem: cache.problem }
}

export interface ExchangeView {
  /** The packet; undefined while it is read, and if it does not exist. */
  packet: Packet | undefined
  /** The known packets of its exchange, in order of sending; the packet alone if it belongs to none. */
  packets: readonly Packet[]
  /** Whether these are all packets of the exchange. */
  isWhole: boolean
  /** Whether the history does not have the packet either. */
  isGone: boolean
  problem: string | undefined
}

/** A packet and the others of its exchange. */
export function useExchange(state: State, id: PacketId | undefined): ExchangeView {
  const shown = useShown(state)
  // While looking back, no history has the packets of later moments.
  const exists = id !== undefined && (shown.live || id <= state.packets.end)
  useCache({ packets: [], exchangesOf: exists ? [id] : [] }, shown)
  return exchangeOf(cache, shown, id)
}

export function exchangeOf(
  source: Pick<PacketCache, 'packet' | 'exchange' | 'isGone' | 'problem'>,
  shown: Shown,
  id: PacketId | undefined,
): ExchangeView {
  const { problem } = source
  const packet = id === undefined ? undefined : source.packet(id, shown)
  if (id === undefined || packet === undefined) {
    const isGone = id !== undefined && source.isGone(id, shown)
    return { packet, packets: [], isWhole: false, isGone, problem }
  }
  const { state } = shown
  const found = { packet, isGone: false, problem }
  if (packet.exchange === 0) return { ...found, packets: [packet], isWhole: true }
  const inState = packetsOfExchange(state, packet.exchange)
  if (isWholeInState(packet, state)) return { ...found, packets: inState, isWhole: true }
  const read = source.exchange(packet.exchange, shown)
  // The state may have later packets than the history had.
  const merged = new Map([...(read ?? []), packet, ...inState].map((each) => [each.id, each]))
  const packets = [...merged.values()].sort((a, b) => a.id - b.id)
  return { ...found, packets, isWhole: read !== undefined }
}

/** Returns these packets and the first ones of their exchanges, by number. Rejects with an Error in words. */
export async function readPackets(
  state: State,
  ids: readonly PacketId[],
): Promise<ReadonlyMap<PacketId, Packet>> {
  const found = new Map<PacketId, Packet>()
  const find = async (wanted: readonly PacketId[]) => {
    const missing: PacketId[] = []
    for (const id of wanted) {
      const packet = packetIn(state, id)
      if (packet) found.set(id, packet)
      else missing.push(id)
    }
    if (missing.length === 0) return
    const asOf = usePast.getState().view === 'now' ? undefined : state.seq
    const reading = await readHistory({ packets: missing, firsts: false, exchangesOf: [] }, asOf)
    for (const packet of reading.packets) found.set(packet.id, packet)
  }
  await find(ids)
  await find(firstsOf(found))
  return found
}

const cache = new PacketCache(readHistory)

function useShown(state: State): Shown {
  const view = usePast((past) => past.view)
  const name = usePast((past) => past.name)
  const running = useLab((lab) => lab.session)
  const live = view === 'now'
  const session = live ? `now ${running} ${state.firstPacket}` : `${view} ${name ?? running}`
  return { session, live, state }
}

function useCache(wish: Wish, shown: Shown): void {
  const [owner] = useState(() => ({}))
  useSyncExternalStore(cache.subscribe, () => cache.version)
  useEffect(() => cache.want(owner, wish, shown))
  useEffect(() => () => cache.leave(owner), [owner])
}

/** These ids, and that of the first packet of each known packet's exchange, without duplicates. */
export function withFirsts(
  ids: readonly PacketId[],
  find: (id: PacketId) => Packet | undefined,
): readonly PacketId[] {
  const all = new Set(ids)
  for (const id of ids) {
    const packet = find(id)
    if (packet && packet.exchange !== 0) all.add(packet.exchange)
  }
  return [...all]
}

/** The first packets of their exchanges that are not in the map. */
function firstsOf(packets: ReadonlyMap<PacketId, Packet>): PacketId[] {
  const firsts = new Set<PacketId>()
  for (const { exchange } of packets.values()) {
    if (exchange !== 0 && !packets.has(exchange)) firsts.add(exchange)
  }
  return [...firsts]
}

async function readHistory(
  wish: Required<Wish>,
  asOf: number | undefined,
): Promise<HistoryReading> {
  const history = await pastView().currentHistory()
  const { lastSeq, packets: lastPacket } = history.extent
  const seq = asOf ?? lastSeq
  const found = new Map<PacketId, Packet>()
  const find = async (ids: readonly PacketId[]) => {
    if (ids.length === 0) return
    for (const packet of await history.packets(ids, seq)) found.set(packet.id, packet)
  }
  await find([...new Set([...wish.packets, ...wish.exchangesOf])])
  if (wish.firsts) await find(firstsOf(found))
  const exchanges = new Map<number, readonly PacketId[]>()
  for (const id of wish.exchangesOf) {
    const exchange = found.get(id)?.exchange ?? 0
    if (exchange === 0 || exchanges.has(exchange)) continue
    const packets = await history.exchange(exchange, seq)
    for (const packet of packets) found.set(packet.id, packet)
    exchanges.set(
      exchange,
      packets.map((packet) => packet.id),
    )
  }
  return { packets: [...found.values()], exchanges, seq, lastPacket }
}
