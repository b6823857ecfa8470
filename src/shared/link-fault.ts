// A fault of a link, and what faults do to packets, as events tell it.
import type { FaultId, PacketId, SimMs } from './ids'
import type { FaultName, FaultSettings } from './settings/fault'
import type { Unknown } from './settings/setting'

/** A fault of the link of this name: `server:100`, `client:1`. */
export interface LinkFault extends FaultSettings {
  id: FaultId
  link: string
}

/** What a fault does to a packet. */
export interface Harm {
  fault: FaultName | Unknown
  /** How much later the packet arrives because of it. */
  ms: SimMs
  /** How many times it was lost or corrupted, into how many pieces it was cut, or how many of its bytes get through. */
  count: number
}

export type FaultEvent =
  | { type: 'fault.set'; fault: LinkFault }
  | { type: 'fault.removed'; fault: FaultId }
  /** What faults of its link do to a packet that was just sent, in the order in which it meets them. */
  | { type: 'packet.harmed'; packet: PacketId; harms: readonly Harm[] }
  /** A fault that was taken out no longer delays the packet: it is due earlier, and `harms` is what faults did to it. */
  | { type: 'packet.hastened'; packet: PacketId; dueAt: SimMs; harms: readonly Harm[] }
