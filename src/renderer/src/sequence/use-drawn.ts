// Which packets the sequence diagram draws: an exchange, a selection, or the newest. Packets that are no longer in the
// state come from the history.
import { useEffect } from 'react'
import { create } from 'zustand'
import { counted, formatCount } from '../../../shared/format'
import type { PacketId, SimMs } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useFilter } from '../lab/filter'
import { usePacedState } from '../lab/paced'
import { type Matches, useMatches } from '../past/matches'
import { type ExchangeView, useExchange, usePackets } from '../past/packet-source'
import { inSentence, nodeName } from '../ui/names'
import { exchangeTitle } from './words'

export type DiagramSource = 'exchange' | 'selected' | 'live'

/** The chosen source. It outlives the panel, which is mounted only while its tab is open. */
export const useDiagramSource = create<{ source: DiagramSource }>(() => ({ source: 'live' }))

/** The most packets that are drawn. */
const MOST_DRAWN = 2_000

export interface Drawn {
  /** In the order of sending. */
  packets: readonly Packet[]
  /** The packets in words, as the title of a picture. */
  title: string
  /** What is left out, as words. */
  note: string | undefined
  /** Times are relative to this moment; undefined: simulated time itself. */
  since: SimMs | undefined
  /** Packets that do not match the active filter are dimmed. */
  dims: boolean
  /** Why nothing is drawn; undefined if something is. */
  missing: 'nothingSelected' | 'nothingPicked' | 'nothingSent' | undefined
}

/** `end`: one past the newest packet drawn in `live`; undefined: all packets. */
export function useDrawn(end: number | undefined): { drawn: Drawn; state: State } {
  const state = usePacedState()
  const source = useDiagramSource((chosen) => chosen.source)
  const selection = useUi((ui) => ui.selection)
  const picked = useUi((ui) => ui.picked)
  const filter = useFilter((choice) => choice.filter)
  const matches = useMatches((found) => found.matches)
  const selected = selection?.kind === 'packet' ? selection.id : undefined

  const wanted = source === 'selected' ? pickedIds(picked, filter ? matches : undefined) : undefined
  const ids = wanted?.slice(-MOST_DRAWN) ?? []
  const found = usePackets(state, ids)
  const exchange = useExchange(state, source === 'exchange' ? selected : undefined)
  useProblemNotice(source === 'exchange' ? exchange.problem : found.problem)

  switch (source) {
    case 'live':
      return { drawn: newest(state, end), state }
    case 'selected': {
      if (wanted === undefined) return { drawn: nothing('nothingPicked'), state }
      const title =
        picked.size > 0
          ? counted(picked.size, 'selected packet')
          : `Packets that match ${filter?.text.trim() ?? ''}`
      const note = noteOf(ids.length, wanted.length)
      const packets = ids.flatMap((id) => found.find(id) ?? [])
      return { drawn: { ...NOTHING, packets, title, note }, state }
    }
    case 'exchange': {
      if (selected === undefined) return { drawn: nothing('nothingSelected'), state }
      return { drawn: exchangeDrawn(state, exchange, selected), state }
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
  // A frozen end may have left the state since, by age or by a reset.
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

function exchangeDrawn(state: State, { packet, packets }: ExchangeView, selected: PacketId): Drawn {
  const [first] = packets
  const who = first ? inSentence(nodeName(state, first.from)) : ''
  const title = exchangeTitle(packet?.exchange, selected, who)
  return { ...NOTHING, packets: packets.slice(-MOST_DRAWN), title, since: first?.sentAt }
}

/** In ascending order; undefined where nothing is picked and no filter is active. */
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

/** Says why packets could not be read, once for each reason. */
function useProblemNotice(problem: string | undefined): void {
  useEffect(() => {
    if (problem === undefined) return
    useUi.getState().notify('error', `Older packets could not be read: ${problem}`)
  }, [problem])
}
