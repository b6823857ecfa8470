// Which packets the sequence diagram draws: an exchange, a selection, or the newest. What the state has not any more
// comes from the history.
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { ExchangeId, PacketId, SimMs } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { wordsOf } from '../../../shared/words-of'
import { useUi } from '../choices/ui'
import { useFilter } from '../lab/filter'
import { usePacedState } from '../lab/paced'
import type { History } from '../past/history/history'
import { type Matches, useMatches } from '../past/matches'
import { currentHistory, usePast } from '../past/past'
import { counted, formatCount } from '../ui/format'
import { inSentence, nodeName } from '../ui/names'

export type Source = 'exchange' | 'selected' | 'live'

/** What is chosen to be drawn; it outlives the panel, which is there only while its tab is open. */
export const useSource = create<{ source: Source }>(() => ({ source: 'live' }))

/** Packets that are drawn at the most. */
export const MOST_DRAWN = 2_000

export interface Drawn {
  /** In the order of sending. */
  packets: readonly Packet[]
  /** What they are, as the title of a picture. */
  title: string
  /** What is left out, in words. */
  note: string | undefined
  /** Times are told since then; undefined: simulated time as it is. */
  since: SimMs | undefined
  /** Packets that the filter does not let through are dimmed. */
  dims: boolean
  /** Why nothing is drawn, where nothing is. */
  missing: 'nothingSelected' | 'nothingPicked' | 'nothingSent' | undefined
}

/** `end`: one past the newest packet drawn in `live`; undefined: all that there are. */
export function useDrawn(end: number | undefined): { drawn: Drawn; state: State } {
  const state = usePacedState()
  const source = useSource((chosen) => chosen.source)
  const selection = useUi((ui) => ui.selection)
  const picked = useUi((ui) => ui.picked)
  const filter = useFilter((choice) => choice.filter)
  const matches = useMatches((found) => found.matches)
  const selected = selection?.kind === 'packet' ? selection.id : undefined

  const wanted = source === 'selected' ? pickedIds(picked, filter ? matches : undefined) : undefined
  const exchange = source === 'exchange' ? exchangeOf(state, selected) : undefined
  const request =
    source === 'exchange'
      ? requestForExchange(state, exchange, selected)
      : requestForPackets(state, wanted?.slice(-MOST_DRAWN) ?? [])
  const older = useOlder(state, request)

  switch (source) {
    case 'live':
      return { drawn: newest(state, end), state }
    case 'selected': {
      if (wanted === undefined) return { drawn: nothing('nothingPicked'), state }
      const ids = wanted.slice(-MOST_DRAWN)
      const title =
        picked.size > 0
          ? counted(picked.size, 'selected packet')
          : `Packets that match ${filter?.text.trim() ?? ''}`
      const note = noteOf(ids.length, wanted.length)
      const packets = ids.flatMap((id) => packetOf(state, id) ?? older.get(id) ?? [])
      return { drawn: { ...NOTHING, packets, title, note }, state }
    }
    case 'exchange': {
      if (selected === undefined) return { drawn: nothing('nothingSelected'), state }
      return { drawn: exchangeDrawn(state, older, exchange, selected), state }
    }
  }
}

const NOTHING: Drawn = {
  packets: [],
  title: '',
  note: undefined,
  since: undefined,
  dims: false,
  missing: undefined,
}

function nothing(missing: Drawn['missing']): Drawn {
  return { ...NOTHING, missing }
}

function newest(state: State, frozenEnd: number | undefined): Drawn {
  const { packets, firstPacket } = state
  // What was frozen may have been forgotten since, or reset.
  const isThere = frozenEnd !== undefined && frozenEnd > packets.first && frozenEnd <= packets.end
  const end = isThere ? frozenEnd : packets.end
  const first = Math.max(packets.first, end - MOST_DRAWN)
  const drawn: Packet[] = []
  for (let index = first; index < end; index++) {
    const packet = packets.at(index)
    if (packet) drawn.push(packet)
  }
  return {
    packets: drawn,
    title: 'All packets',
    note: noteOf(drawn.length, end - firstPacket),
    since: undefined,
    dims: true,
    missing: drawn.length === 0 ? 'nothingSent' : undefined,
  }
}

function exchangeDrawn(
  state: State,
  older: ReadonlyMap<PacketId, Packet>,
  exchange: ExchangeId | undefined,
  selected: PacketId,
): Drawn {
  const found = new Map(older)
  if (exchange === undefined || exchange === 0) {
    const packet = packetOf(state, selected)
    if (packet) found.set(selected, packet)
  } else {
    for (let index = exchange - 1; index < state.packets.end; index++) {
      const packet = state.packets.at(index)
      if (packet?.exchange === exchange) found.set(packet.id, packet)
    }
  }
  const packets = [...found.values()].sort((a, b) => a.id - b.id)
  const [first] = packets
  const who = first ? inSentence(nodeName(state, first.from)) : ''
  const title = exchange ? `Exchange ${exchange}, of ${who}` : `Packet ${selected}, of ${who}`
  return { ...NOTHING, packets: packets.slice(-MOST_DRAWN), title, since: first?.sentAt }
}

/** In rising order; undefined where nothing is picked and nothing filtered. */
function pickedIds(
  picked: ReadonlySet<PacketId>,
  matches: Matches | undefined,
): readonly PacketId[] | undefined {
  if (picked.size > 0) return [...picked].sort((a, b) => a - b)
  if (matches === undefined) return undefined
  const { ids } = matches
  if (ids.kind === 'byId') return [...ids.older.slice(-MOST_DRAWN), ...ids.recent]
  return [...ids.ids].sort((a, b) => a - b)
}

function noteOf(drawn: number, all: number): string | undefined {
  if (drawn >= all) return undefined
  return `the newest ${formatCount(drawn)} of ${formatCount(all)}`
}

function packetOf(state: State, id: PacketId): Packet | undefined {
  return state.packets.at(id - 1) ?? state.inFlight.get(id)
}

/** Undefined where the state does not have the packet. */
function exchangeOf(state: State, selected: PacketId | undefined): ExchangeId | undefined {
  return selected === undefined ? undefined : packetOf(state, selected)?.exchange
}

/** What has to be read from the history: an exchange, that of a packet, or single packets. */
type Request =
  | { exchange: ExchangeId }
  | { exchangeOf: PacketId }
  | { packets: readonly PacketId[] }
  | undefined

function requestForPackets(state: State, wanted: readonly PacketId[]): Request {
  const packets = wanted.filter((id) => !packetOf(state, id))
  return packets.length > 0 ? { packets } : undefined
}

function requestForExchange(
  state: State,
  exchange: ExchangeId | undefined,
  selected: PacketId | undefined,
): Request {
  if (selected === undefined) return undefined
  if (exchange === undefined) return { exchangeOf: selected }
  return exchange > 0 && exchange <= state.packets.first ? { exchange } : undefined
}

const NONE: ReadonlyMap<PacketId, Packet> = new Map()

/** The packets asked for as they stood at the moment on screen; none until they are read. */
function useOlder(state: State, request: Request): ReadonlyMap<PacketId, Packet> {
  const view = usePast((past) => past.view)
  const [older, setOlder] = useState({ key: '', packets: NONE })
  // What was still under way when it was read, and is not any more, has ended since.
  const [read, setRead] = useState(0)
  // In the running session what is older than the state does not change but by that.
  const moment = view === 'now' ? `now ${read}` : String(state.seq)
  const key = request ? `${view} ${moment} ${JSON.stringify(request)}` : ''
  const asOf = state.seq

  useEffect(() => {
    if (request === undefined) return
    let wanted = true
    currentHistory()
      .then((history) => readOlder(history, request, asOf))
      .then(
        (packets) => {
          if (wanted) setOlder({ key, packets: new Map(packets.map((each) => [each.id, each])) })
        },
        (error: unknown) => {
          if (!wanted) return
          setOlder({ key, packets: NONE })
          const text = wordsOf(error)
          useUi.getState().notify('error', `Older packets could not be read: ${text}`)
        },
      )
    return () => {
      wanted = false
    }
  }, [key])

  const packets = request ? older.packets : NONE
  const isOutdated =
    view === 'now' &&
    older.key === key &&
    [...packets.values()].some(({ id, status }) => status === 'flying' && !state.inFlight.has(id))
  useEffect(() => {
    if (isOutdated) setRead((count) => count + 1)
  }, [isOutdated])
  return packets
}

async function readOlder(
  history: Pick<History, 'packets' | 'exchange'>,
  request: Exclude<Request, undefined>,
  asOf: number,
): Promise<Packet[]> {
  if ('packets' in request) return history.packets(request.packets, asOf)
  if ('exchange' in request) return history.exchange(request.exchange, asOf)
  const [packet] = await history.packets([request.exchangeOf], asOf)
  if (packet === undefined || packet.exchange === 0) return packet ? [packet] : []
  return history.exchange(packet.exchange, asOf)
}
