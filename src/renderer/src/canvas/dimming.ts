// Which nodes a filter leaves undimmed: those that a matching packet comes from or goes to, among the packets in flight
// and the last few thousand. All others, and their links, are dimmed; so is what the spotlight of a lesson leaves out.

import type { Filter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import { type NodeId, type PacketId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { useFilter } from '../lab/filter'
import { usePaced } from '../lab/paced'
import { useUnlit } from './spotlight'

/** How many packets are checked: the newest ones, and those in flight. */
const LOOKED_AT = 3_000

type Source = Pick<State, 'inFlight' | 'packets'>

/**
 * A selector that returns the same set while the same nodes are in it. Each packet is checked only once until it
 * changes, since a changed packet is another object.
 */
export function inLightSelector(filter: Filter): (state: Source) => ReadonlySet<NodeId> {
  const answers = new WeakMap<Packet, boolean>()
  let packets: Source['packets'] | undefined
  let inFlight: Source['inFlight'] | undefined
  let inLight: ReadonlySet<NodeId> = new Set([PROXY])
  return (state) => {
    if (state.packets === packets && state.inFlight === inFlight) return inLight
    packets = state.packets
    inFlight = state.inFlight
    const fresh = new Set([PROXY])
    const look = (packet: Packet) => {
      // Both nodes are in the set already.
      if (fresh.has(packet.from) && fresh.has(packet.to)) return
      let answer = answers.get(packet)
      if (answer === undefined) {
        answer = filter.matches(factsOf(packet, state))
        answers.set(packet, answer)
      }
      if (answer) fresh.add(packet.from).add(packet.to)
    }
    const first = Math.max(packets.first, packets.end - LOOKED_AT)
    for (let index = packets.end - 1; index >= first; index--) {
      const packet = packets.at(index)
      if (packet) look(packet)
    }
    let left = LOOKED_AT
    for (const packet of inFlight.values()) {
      if (left-- === 0) break
      look(packet)
    }
    if (fresh.size !== inLight.size || [...fresh].some((node) => !inLight.has(node))) {
      inLight = fresh
    }
    return inLight
  }
}

let current: { filter: Filter; select: (state: Source) => ReadonlySet<NodeId> } | undefined

function selectorFor(filter: Filter): (state: Source) => ReadonlySet<NodeId> {
  if (current?.filter !== filter) current = { filter, select: inLightSelector(filter) }
  return current.select
}

/** Whether a filter is active and no packet of this node and its link matches, or the spotlight is elsewhere. */
export function useDimmed(node: NodeId | undefined, part: 'nodes' | 'links' = 'nodes'): boolean {
  const filter = useFilter((choice) => choice.filter)
  const isUnlit = useUnlit((lit) => node === undefined || lit[part].has(node))
  const isLeftOut = usePaced((state) =>
    filter && node !== undefined ? !selectorFor(filter)(state).has(node) : false,
  )
  return isUnlit || isLeftOut
}

/** The same for a policy's box: dimmed where all of its nodes are. */
export function useBoxDimmed(policy: ProtocolId, nodes: readonly NodeId[]): boolean {
  const filter = useFilter((choice) => choice.filter)
  const isUnlit = useUnlit(({ boxes }) => boxes.has(policy))
  const isLeftOut = usePaced((state) => {
    if (!filter) return false
    const inLight = selectorFor(filter)(state)
    return !nodes.some((node) => inLight.has(node))
  })
  return isUnlit || isLeftOut
}

/** Whether the filter leaves a packet out; undefined without a filter. */
export function faintBy(
  filter: Filter | undefined,
  state: () => Source,
): ((packet: PacketId) => boolean) | undefined {
  if (!filter) return undefined
  return (id) => {
    const now = state()
    const packet = now.inFlight.get(id)
    return packet !== undefined && !filter.matches(factsOf(packet, now))
  }
}
