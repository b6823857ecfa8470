// Which packets are held, by link: for the canvas's marks and labels, and for the list of breakpoints.
import { type NodeId, type PacketId, PROXY } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'
import { usePaced } from './paced'

/** The packets held on one link in one direction, in the order in which they stopped. */
export interface HeldQueue {
  /** The node at the end of the link that is not the proxy. */
  link: NodeId
  fromProxy: boolean
  packets: readonly Packet[]
}

type Source = Pick<State, 'inFlight'>

/** A selector that returns the same queues while the same packets are held, in order of their first stop. */
export function heldSelector(): (state: Source) => readonly HeldQueue[] {
  let inFlight: Source['inFlight'] | undefined
  let held: readonly Packet[] = []
  let queues: readonly HeldQueue[] = []
  return (state) => {
    if (state.inFlight === inFlight) return queues
    inFlight = state.inFlight
    const fresh: Packet[] = []
    for (const packet of inFlight.values()) if (packet.held) fresh.push(packet)
    if (fresh.length === held.length && fresh.every((packet, index) => packet === held[index])) {
      return queues
    }
    held = fresh
    queues = queuesOf(fresh)
    return queues
  }
}

function queuesOf(held: readonly Packet[]): HeldQueue[] {
  const byWay = new Map<string, HeldQueue & { packets: Packet[] }>()
  // Packets behind stop later than those in front of them; at the same moment, they are in order of sending.
  for (const packet of held.toSorted((a, b) => a.legAt - b.legAt || a.id - b.id)) {
    const fromProxy = packet.from === PROXY
    const link = fromProxy ? packet.to : packet.from
    const way = `${fromProxy} ${link}`
    const queue = byWay.get(way)
    if (queue) queue.packets.push(packet)
    else byWay.set(way, { link, fromProxy, packets: [packet] })
  }
  return [...byWay.values()]
}

/** The packet that is released by default: the selected one if it is held, else the one held longest. */
export function heldFirst(
  queues: readonly HeldQueue[],
  selected: PacketId | undefined,
): Packet | undefined {
  const chosen = queues.flatMap(({ packets }) => packets.filter(({ id }) => id === selected))[0]
  return chosen ?? queues[0]?.packets[0]
}

const selectQueues = heldSelector()

/** The held packets of the lab on the screen, at the pace for reading. */
export function useHeldQueues(): readonly HeldQueue[] {
  return usePaced(selectQueues)
}

export function heldQueuesOf(state: Source): readonly HeldQueue[] {
  return heldSelector()(state)
}

/** Whether any packet is held on the link to this node. */
export function useIsHeldOn(node: NodeId): boolean {
  return usePaced((state) => selectQueues(state).some(({ link }) => link === node))
}
