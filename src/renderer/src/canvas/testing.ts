// Structures, packets and states for the tests of the canvas's pure modules.
import fc from 'fast-check'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Packet, State } from '../../../shared/state/state'
import type { Actor, Structure } from './structure'

/** The homework's own: servers 100 and 300 for 111, 200 and 400 for 222; six clients. */
export function classicPool(): Structure {
  return structureWith(6, [
    ['111', 2],
    ['222', 2],
  ])
}

export function structureWith(
  clients: number,
  pool: readonly (readonly [policy: string, servers: number])[],
): Structure {
  const actors: Actor[] = []
  for (let index = 1; index <= clients; index++) {
    actors.push({ id: `client:${index}`, role: 'client', origin: 'inside', policy: pool[0]?.[0] })
  }
  let server = 0
  for (const [policy, servers] of pool) {
    for (let index = 0; index < servers; index++) {
      server++
      actors.push({ id: `server:${server}`, role: 'server', origin: 'inside', policy })
    }
  }
  return { actors, policies: pool.map(([policy]) => policy) }
}

/** Up to a thousand of each, in up to twenty policies. */
export const anyStructure = fc
  .record({
    clients: fc.oneof(fc.nat(12), fc.nat(1000)),
    pool: fc.array(fc.oneof(fc.nat(8), fc.nat(50), fc.nat(300)), { maxLength: 20 }),
  })
  .map(({ clients, pool }) =>
    structureWith(
      clients,
      pool.map((servers, index) => [String(111 * (index + 1)), servers] as const),
    ),
  )

/** A client's message that is under way to the proxy. */
export function packetWith(over: Partial<Packet> & Pick<Packet, 'id'>): Packet {
  const sent = sentPacket({
    id: over.id,
    exchange: over.id,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes: new Uint8Array(0),
    sentAt: 0,
    dueAt: 600,
  })
  return { ...sent, ...over }
}

/** A state with these packets; those under way are in flight, too. */
export function stateWith(packets: readonly Packet[]): State {
  const list = INITIAL_STATE.packets.edit()
  for (const packet of packets) list.push(packet)
  const inFlight = new Map(
    packets.flatMap((packet) => (packet.status === 'flying' ? [[packet.id, packet]] : [])),
  )
  return { ...INITIAL_STATE, packets: list.done(), inFlight }
}
