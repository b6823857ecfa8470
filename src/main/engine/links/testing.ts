// For tests: a lab without nodes on a manual clock, and a link that records its reports to its owner.
import { partsOfEvent } from '../../../shared/carried'
import type { LabEvent } from '../../../shared/events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import { settled } from '../../../shared/settings/derive'
import { LINK_SETTINGS } from '../../../shared/settings/link'
import { MessageNumbers } from '../actors/message-numbers'
import { createManualClock, type ManualClock } from '../clock/manual-clock'
import { createRandom } from '../clock/random'
import type { Lab } from '../lab'
import { createMemoryNetwork } from '../net/memory-network'
import type { ClosableNetwork } from '../net/network'
import { Journal } from '../story/journal'
import { Breakpoints } from './breakpoints'
import { Connections } from './connections'
import { Faults } from './faults/faults'
import { HeldPackets } from './held-packets'
import { Link } from './link'

export interface LinkLab {
  lab: Lab
  clock: ManualClock
  network: ClosableNetwork
  events: LabEvent[]
  /** The events of these types, without their numbers. A carried packet is sent, read and delivered. */
  told(...types: LabEvent['type'][]): Omit<LabEvent, 'seq'>[]
}

export function createLinkLab(
  options: { latencyMs?: SimMs; network?: ClosableNetwork } = {},
): LinkLab {
  const { latencyMs = 0, network = createMemoryNetwork({ random: createRandom(1) }) } = options
  const clock = createManualClock()
  const journal = new Journal(clock)
  const lab = {
    clock,
    journal,
    network,
    connections: new Connections(journal),
    breakpoints: new Breakpoints(journal),
    faults: new Faults(journal),
    heldPackets: new HeldPackets(journal),
    messageNumbers: new MessageNumbers(),
    seat: { endpointOf: () => ({ host: '127.0.0.1', port: 2100 }) },
    links: settled(LINK_SETTINGS, { latencyMs }),
  }
  const events: LabEvent[] = []
  journal.subscribe((event) => events.push(event))
  return {
    lab,
    clock,
    network,
    events,
    told: (...types) =>
      events
        .flatMap(partsOfEvent)
        .filter(({ type }) => types.includes(type))
        .map(({ seq: _, ...event }) => event),
  }
}

export interface HandedOver {
  packet: PacketId
  exchange: ExchangeId
  bytes: Uint8Array
  at: SimMs
  isCopy: boolean
}

export interface RecordedLink {
  link: Link
  /** The reports to the owner, in order. */
  calls: string[]
  handedOver: HandedOver[]
  /** Sends a question of this one byte. */
  carry(content: number): void
  /** The first byte of each packet that was handed over, and when. */
  handed(): [content: number | undefined, at: SimMs][]
}

export function recordLink(
  { lab, clock }: LinkLab,
  ends: {
    from?: NodeId
    to?: NodeId
    connection?: ConnectionId
    deliversAtOnce?: boolean
  } = {},
  onHandOver: (handed: HandedOver) => void = () => {},
): RecordedLink {
  const { from = 'client:1', to = 'proxy', connection = 7, deliversAtOnce = false } = ends
  const calls: string[] = []
  const handedOver: HandedOver[] = []
  const link = new Link(lab, from, to, connection, {
    deliversAtOnce,
    sent: (exchange) => calls.push(`sent ${exchange}`),
    handOver(packet, exchange, bytes, _outgoing, isCopy) {
      const handed = { packet, exchange, bytes, at: clock.now(), isCopy }
      calls.push(`packet ${packet} of ${exchange}`)
      handedOver.push(handed)
      onHandOver(handed)
    },
    dropped: (exchange) => calls.push(`dropped ${exchange}`),
  })
  return {
    link,
    calls,
    handedOver,
    carry: (content) => link.carry({ kind: 0, exchange: 'new', bytes: Uint8Array.of(content) }),
    handed: () => handedOver.map(({ bytes, at }) => [bytes[0], at]),
  }
}
