// The faults of the links in a state.
import type { LabEvent } from '../events'
import { linkOf } from '../fault-words'
import type { FaultId, NodeId } from '../ids'
import type { LinkFault } from '../link-fault'
import type { State } from './state'

type FaultEvent = Extract<LabEvent, { type: 'fault.set' | 'fault.removed' }>

/** Keeps the faults in order of their ids: a fault that an undo brings back gets its former place. */
export function withFault(faults: State['faults'], event: FaultEvent): State['faults'] {
  const about = event.type === 'fault.set' ? event.fault.id : event.fault
  const others = [...faults].filter(([id]) => id !== about)
  if (event.type === 'fault.set') others.push([about, event.fault])
  return new Map(others.sort(([one], [other]) => one - other))
}

/** The faults on the link between this node and the proxy, in order of their ids. */
export function faultsOn<F extends Pick<LinkFault, 'link'>>(
  faults: ReadonlyMap<FaultId, F>,
  node: NodeId,
): F[] {
  const link = linkOf(node)
  return [...faults.values()].filter((fault) => fault.link === link)
}
