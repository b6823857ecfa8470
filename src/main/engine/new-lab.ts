// Makes a lab: what every part of the engine shares, at its beginning.
import { settled } from '../../shared/settings/derive'
import { LINK_SETTINGS } from '../../shared/settings/link'
import { MessageNumbers } from './actors/message-numbers'
import type { Lab } from './lab'
import { Breakpoints } from './links/breakpoints'
import { Connections } from './links/connections'
import { Faults } from './links/faults/faults'
import { HeldPackets } from './links/held-packets'

export function newLab(
  { clock, journal, network, seat }: Pick<Lab, 'clock' | 'journal' | 'network' | 'seat'>,
  latencyMs?: number | undefined,
): Lab {
  return {
    clock,
    journal,
    network,
    seat,
    connections: new Connections(journal),
    breakpoints: new Breakpoints(journal),
    faults: new Faults(journal),
    heldPackets: new HeldPackets(journal),
    messageNumbers: new MessageNumbers(),
    links: settled(LINK_SETTINGS, { latencyMs }),
  }
}
