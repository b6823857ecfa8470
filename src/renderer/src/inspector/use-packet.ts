// A packet and the others of its exchange, as they stand on the screen: from the state where it has them all, else
// looked up in the history.
import { useEffect, useRef, useState } from 'react'
import type { PacketId } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { currentHistory, type Past, usePast } from '../past/past'
import { packetsOfExchange } from './story'

type PacketView =
  /** `exchange`: in order of sending; the packet alone where it belongs to none. */
  | { kind: 'found'; packet: Packet; exchange: readonly Packet[] }
  | { kind: 'loading' }
  | { kind: 'gone'; words: string }

interface LookedUp {
  id: PacketId
  view: Past['view']
  seq: number
  packet: Packet | undefined
  exchange: readonly Packet[]
}

export function usePacket(id: PacketId, state: State): PacketView {
  const view = usePast((past) => past.view)
  const [lookedUp, setLookedUp] = useState<LookedUp>()
  const { shown, asksHistory } = choose(id, state, view, lookedUp)
  useLookUp(asksHistory ? { id, view, seq: state.seq } : undefined, setLookedUp)
  return shown
}

interface Choice {
  shown: PacketView
  /** Whether the state alone does not tell. */
  asksHistory: boolean
}

/** `lookedUp`: what the history told last, which may have been about another packet. */
export function choose(
  id: PacketId,
  state: State,
  view: Past['view'],
  lookedUp: LookedUp | undefined,
): Choice {
  const known = packetInState(state, id)
  if (known && hasExchange(state, known)) {
    const exchange = exchangeInState(state, known)
    return { shown: { kind: 'found', packet: known, exchange }, asksHistory: false }
  }
  if (view !== 'now' && id > lastPacket(state)) {
    const words = `At this moment packet ${id} has not been sent yet.`
    return { shown: { kind: 'gone', words }, asksHistory: false }
  }
  return { shown: withHistory(id, state, view, known, lookedUp), asksHistory: true }
}

function withHistory(
  id: PacketId,
  state: State,
  view: Past['view'],
  known: Packet | undefined,
  lookedUp: LookedUp | undefined,
): PacketView {
  if (lookedUp?.id === id && lookedUp.view === view) {
    const packet = known ?? lookedUp.packet
    if (packet) return { kind: 'found', packet, exchange: newest(lookedUp, packet, state) }
    return { kind: 'gone', words: `Packet ${id} is no longer in the history.` }
  }
  // While its exchange is looked up, the packet itself is there to be looked at.
  return known ? { kind: 'found', packet: known, exchange: [] } : { kind: 'loading' }
}

function packetInState(state: State, id: PacketId): Packet | undefined {
  return state.packets.at(id - 1) ?? state.inFlight.get(id)
}

function lastPacket({ packets }: State): PacketId {
  return packets.end
}

/** The packets of an exchange follow its question: where the state has that, it has them all. */
function hasExchange({ packets }: State, { exchange }: Packet): boolean {
  return exchange === 0 || packets.at(exchange - 1) !== undefined
}

function exchangeInState(state: State, packet: Packet): readonly Packet[] {
  return packet.exchange === 0 ? [packet] : packetsOfExchange(state, packet.exchange)
}

/** What the state knows of a packet is newer than what was looked up, and it may know of later ones. */
function newest({ exchange }: LookedUp, packet: Packet, state: State): readonly Packet[] {
  const merged = new Map(exchange.map((each) => [each.id, each]))
  for (const each of packetsOfExchange(state, packet.exchange)) merged.set(each.id, each)
  const { id } = packet
  merged.set(id, packetInState(state, id) ?? packet)
  return [...merged.values()].sort((a, b) => a.id - b.id)
}

interface Wanted {
  id: PacketId
  view: Past['view']
  seq: number
}

/** Looks up one thing at a time, and of those that are wanted meanwhile the last: the past may be playing. */
function useLookUp(wanted: Wanted | undefined, onFound: (found: LookedUp) => void): void {
  const latest = useRef(wanted)
  const busy = useRef(false)
  latest.current = wanted
  // Now, what is asked for once is good: a packet that the state has forgotten has ended.
  const asked = wanted && `${wanted.id} ${wanted.view} ${wanted.view === 'now' ? '' : wanted.seq}`
  useEffect(() => {
    if (asked === undefined || busy.current) return
    busy.current = true
    void (async () => {
      let done: Wanted | undefined
      while (latest.current && !same(latest.current, done)) {
        done = latest.current
        onFound(await lookUp(done))
      }
      busy.current = false
    })()
  }, [asked, onFound])
}

function same(a: Wanted, b: Wanted | undefined): boolean {
  return a.id === b?.id && a.view === b.view && (a.view === 'now' || a.seq === b.seq)
}

async function lookUp(wanted: Wanted): Promise<LookedUp> {
  const { id, view } = wanted
  try {
    const history = await currentHistory()
    const asOf = view === 'now' ? history.extent.lastSeq : wanted.seq
    const [packet] = await history.packets([id], asOf)
    const exchange =
      packet === undefined || packet.exchange === 0
        ? packet && [packet]
        : await history.exchange(packet.exchange, asOf)
    return { ...wanted, packet, exchange: exchange ?? [] }
  } catch {
    // A history that has been closed meanwhile has nothing to tell.
    return { ...wanted, packet: undefined, exchange: [] }
  }
}
