// What every part of the engine shares: the clock, the journal, the network, and the settings of the links.
import type { LinkValues } from '../../shared/settings/link'
import type { MessageNumbers } from './actors/message-numbers'
import type { Clock } from './clock/clock'
import type { Breakpoints } from './links/breakpoints'
import type { Connections } from './links/connections'
import type { Faults } from './links/faults/faults'
import type { HeldPackets } from './links/held-packets'
import type { Network } from './net/network'
import type { ProxySeat } from './proxy-seat'
import type { Journal } from './story/journal'

export interface Lab {
  readonly clock: Clock
  readonly journal: Journal
  readonly network: Network
  readonly connections: Connections
  readonly breakpoints: Breakpoints
  readonly faults: Faults
  readonly heldPackets: HeldPackets
  readonly messageNumbers: MessageNumbers
  /** The proxy of its servers and clients. */
  seat: ProxySeat
  /** The settings of all links, for packets sent from now on. */
  links: LinkValues
  /** The port on which the app's page is served to browsers, if it is. */
  webPort?: number
}
