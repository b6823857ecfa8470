// Which packets in flight are marked with what a fault of their link does to them.
import { type NodeId, type PacketId, PROXY } from '../../../shared/ids'
import type { Harm } from '../../../shared/link-fault'
import type { State } from '../../../shared/state/state'

/** With more packets in flight than this, none is marked: the marks would cover everything else. */
const FEW_IN_FLIGHT = 400
const MOST_MARKED = 12

/** Packets in one direction of a link that meet the same fault have one mark, at the first of them. */
export interface HarmedPackets {
  /** The first of them. */
  readonly id: PacketId
  readonly count: number
  /** The node of its link. */
  readonly link: NodeId
  readonly harm: Harm
}

const NONE: readonly HarmedPackets[] = []

/** The faults, the gravest first: a packet has one mark, for the gravest of its faults. */
const BY_GRAVITY: readonly Harm['fault'][] = [
  'down',
  'reset-peer',
  'limit-data',
  'timeout',
  'corruption',
  'loss',
  'reordering',
  'slicer',
  'duplication',
  'bandwidth',
  'latency',
]

/** The gravest, if there are many: the mark on a slow link already says that all its packets are late. */
export function harmsInFlight({ inFlight }: Pick<State, 'inFlight'>): readonly HarmedPackets[] {
  if (inFlight.size > FEW_IN_FLIGHT) return NONE
  const found = new Map<string, HarmedPackets>()
  for (const { id, from, to, harms } of inFlight.values()) {
    const harm = harms && gravestOf(harms)
    if (!harm) continue
    const link = from === PROXY ? to : from
    const key = `${harm.fault} ${from} ${to}`
    const first = found.get(key)
    found.set(key, first ? { ...first, count: first.count + 1 } : { id, count: 1, link, harm })
  }
  if (found.size === 0) return NONE
  return [...found.values()]
    .sort((one, other) => rank(one.harm) - rank(other.harm))
    .slice(0, MOST_MARKED)
}

function gravestOf(harms: readonly Harm[]): Harm | undefined {
  return harms.toSorted((one, other) => rank(one) - rank(other))[0]
}

function rank({ fault }: Harm): number {
  const index = BY_GRAVITY.indexOf(fault)
  return index < 0 ? BY_GRAVITY.length : index
}
