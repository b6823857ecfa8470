// The packets of the rows in view: from the state where it has them, else from the history.
import { useEffect, useMemo, useReducer } from 'react'
import type { PacketId } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import type { History } from '../past/history/history'
import { currentHistory, usePast } from '../past/past'
import type { RowSource } from './columns'
import { FarPackets, type Fetch, notAtHand } from './far-packets'

export interface Packets {
  source: RowSource
  packet(id: PacketId): Packet | undefined
  /** Whether it can no longer be had. */
  isGone(id: PacketId): boolean
  problem: string | undefined
}

export function usePacketSource(state: State, inView: readonly PacketId[]): Packets {
  const view = usePast((past) => past.view)
  const name = usePast((past) => past.name)
  // Now, what has ended does not change any more; at another moment of the past it stands otherwise.
  const moment = view === 'now' ? `now ${state.firstPacket}` : `${view} ${name} ${state.seq}`
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const far = useMemo(
    () => new FarPackets(fetchAt(view === 'now' ? undefined : state.seq), draw),
    [moment],
  )
  useEffect(() => () => far.close(), [far])

  const near = (id: PacketId) => state.packets.at(id - 1) ?? state.inFlight.get(id)
  const missing = notAtHand(inView, near)
  useEffect(() => {
    if (missing.length > 0) far.want(missing)
  })

  const packet = (id: PacketId) => near(id) ?? far.get(id)
  return {
    source: { nodes: state.nodes, next: state.next, packets: { at: (index) => packet(index + 1) } },
    packet,
    isGone: (id) => far.isGone(id),
    problem: far.problem,
  }
}

/** As of an event, or now. The first packets of the exchanges come as well: rows are written from them. */
function fetchAt(seq: number | undefined): Fetch {
  return async (ids) => {
    const history = await currentHistory()
    const asOf = seq ?? history.extent.lastSeq
    const packets = await history.packets(ids, asOf)
    return [...packets, ...(await questionsOf(history, packets, asOf))]
  }
}

async function questionsOf(
  history: History,
  packets: readonly Packet[],
  asOf: number,
): Promise<Packet[]> {
  const known = new Set(packets.map(({ id }) => id))
  const questions = new Set<PacketId>()
  for (const { exchange } of packets) {
    if (exchange !== 0 && !known.has(exchange)) questions.add(exchange)
  }
  return questions.size === 0 ? [] : history.packets([...questions], asOf)
}
