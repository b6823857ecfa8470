// What every part of the engine shares: time, the story, the network, and the settings of its links.
import type { SimMs } from '../../shared/ids'
import type { Clock } from './clock/clock'
import type { Holds } from './holds'
import type { Journal } from './journal'
import type { Network } from './net/network'
import type { Wires } from './wires'

export interface Lab {
  readonly clock: Clock
  readonly journal: Journal
  readonly network: Network
  readonly wires: Wires
  readonly holds: Holds
  /** How long a link holds a packet, for packets sent from now on. */
  latencyMs: SimMs
}
