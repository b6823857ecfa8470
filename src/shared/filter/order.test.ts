import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packetOrder, type SortKey } from './order'
import type { PacketFacts } from './packet-facts'

const KEYS: SortKey[] = [
  'id',
  'type',
  'from',
  'to',
  'policy',
  'size',
  'link',
  'roundTrip',
  'status',
]

const packets: fc.Arbitrary<PacketFacts[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<PacketFacts['kind']>(0, 1, 2, 'error'),
      from: fc.constantFrom('client:2', 'client:10', 'proxy'),
      to: fc.constantFrom('client:2', 'server:100', 'proxy'),
      status: fc.constantFrom<PacketFacts['status']>('flying', 'held', 'delivered', 'dropped'),
      size: fc.nat(3),
      policy: fc.option(fc.constantFrom('9', '111'), { nil: undefined }),
      took: fc.option(fc.nat(3), { nil: undefined }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ policy, took, ...rest }, index) => ({
      ...rest,
      id: index + 1,
      exchange: 0,
      connection: 1,
      edited: false,
      copy: false,
      harmed: false,
      verdict: undefined,
      sentAt: 0,
      policy: () => policy,
      took: () => took,
      onLink: () => took,
      roundTrip: () => took,
      client: () => undefined,
      server: () => undefined,
      fields: () => undefined,
      has: () => false,
    })),
  )

it('lists every packet once, by what the column shows, alike ones in order of sending', () => {
  fc.assert(
    fc.property(packets, fc.constantFrom(...KEYS), fc.boolean(), (all, key, descending) => {
      const compare = packetOrder(key, descending)
      const sorted = [...all].sort(compare)
      expect(sorted.map(({ id }) => id).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
      for (const [place, packet] of sorted.entries()) {
        const next = sorted[place + 1]
        if (next) expect(compare(packet, next)).toBeLessThan(0)
      }
    }),
  )
})

function ordered(all: PacketFacts[], key: SortKey, descending: boolean): PacketFacts[] {
  return [...all].sort(packetOrder(key, descending))
}

it('puts client 2 before client 10', () => {
  fc.assert(
    fc.property(packets, (all) => {
      const order = ['client:2', 'client:10', 'proxy']
      const places = ordered(all, 'from', false).map(({ from }) => order.indexOf(from))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }),
  )
})

it('puts what is not known last, whichever way', () => {
  fc.assert(
    fc.property(packets, fc.boolean(), (all, descending) => {
      const took = ordered(all, 'roundTrip', descending).map((packet) => packet.roundTrip())
      const known = took.filter((ms) => ms !== undefined)
      expect(took.slice(0, known.length)).toEqual(
        [...known].sort((a, b) => (descending ? b - a : a - b)),
      )
    }),
  )
})
