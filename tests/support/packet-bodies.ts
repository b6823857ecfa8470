// Events of packets that are made up, for tests.
import fc from 'fast-check'
import type { EventBody, PacketKind } from '../../src/shared/events'
import { ids, nodeIds, reasons } from './exchange-bodies'

/** What was told so far, as far as further events depend on it. */
export interface SoFar {
  packets: number
  connections: number
  delivered: Set<number>
}
export type MadeUp = (soFar: SoFar) => EventBody

/** Packets and connections lead from or to the proxy. */
export const ways = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()).map(([id, towards]) => {
  const server = `server:${id}`
  return towards ? { from: server, to: 'proxy' } : { from: 'proxy', to: server }
})
const kinds = fc.constantFrom<PacketKind>(0, 1, 2, 'error')

export function packetSent(): fc.Arbitrary<MadeUp> {
  return fc.tuple(kinds, ways, fc.nat(9), fc.boolean()).map(
    ([kind, way, size, begins]): MadeUp =>
      ({ packets }) => ({
        type: 'packet.sent',
        packet: packets + 1,
        exchange: begins ? packets + 1 : 0,
        kind,
        ...way,
        connection: 1,
        dueAt: packets,
        bytes: new Uint8Array(size).fill(packets),
        copyOf: begins && packets > 0 && size === 0 ? packets : null,
      }),
  )
}

export function packetCarried(): fc.Arbitrary<MadeUp> {
  return fc.tuple(kinds, ways, fc.nat(9), fc.boolean(), fc.boolean()).map(
    ([kind, way, size, begins, isRead]): MadeUp =>
      ({ packets }) => ({
        type: 'packet.carried',
        packet: packets + 1,
        exchange: begins ? packets + 1 : 0,
        kind,
        ...way,
        connection: 1,
        bytes: new Uint8Array(size).fill(packets),
        pieces: isRead ? [{ bytes: size, of: size + 1, at: packets }] : undefined,
      }),
  )
}

/** A packet is held, released, edited, or told to have come in pieces. */
export function packetHold(): fc.Arbitrary<MadeUp> {
  return fc
    .tuple(fc.constantFrom('held', 'released', 'edited', 'read'), fc.nat(5), fc.option(ids))
    .map(
      ([what, age, breakpoint]): MadeUp =>
        ({ packets }): EventBody => {
          const packet = packets + 1 - age
          switch (what) {
            case 'held':
              return { type: 'packet.held', packet, breakpoint, behind: null, progress: 0.5 }
            case 'released':
              return { type: 'packet.released', packet, dueAt: packets + 300 }
            case 'edited':
              return { type: 'packet.edited', packet, kind: 'error', bytes: Uint8Array.of(packets) }
            default:
              return { type: 'packet.read', packet, pieces: [{ bytes: 1, of: 2, at: packets }] }
          }
        },
    )
}

export function packetEnd(): fc.Arbitrary<MadeUp> {
  return fc
    .tuple(fc.constantFrom('delivered', 'dropped', 'verified'), fc.nat(5), nodeIds, reasons)
    .map(
      ([end, age, node, reason]): MadeUp =>
        ({ packets, delivered }): EventBody => {
          const packet = packets + 1 - age
          if (end === 'dropped') return { type: 'packet.dropped', packet, reason }
          // An answer has been verified after it was delivered.
          if (end === 'delivered' || !delivered.has(packet))
            return { type: 'packet.delivered', packet }
          return { type: 'answer.verified', exchange: packet, packet, node, verdict: 'correct' }
        },
    )
}
