import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Filter, parseFilter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import { testPacket, testPackets, testState } from '../lab/testing'
import { RecentMatches } from './recent-matches'

function filterOf(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.filter
}

it('follows a list that grows, changes, forgets and jumps, as if it were asked anew each time', () => {
  const steps = fc.array(
    fc.record({ grow: fc.nat(40), forget: fc.nat(40), end: fc.boolean(), jump: fc.boolean() }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(steps, (all) => {
      const filter = filterOf('client:1 is:arrived')
      const recent = new RecentMatches(filter)
      let first = 0
      let packets = testPackets(1, 5)
      for (const { grow, forget, end, jump } of all) {
        if (jump) {
          first += 100
          packets = testPackets(first + 1, first + 3)
        }
        const last = first + packets.length
        for (let id = last + 1; id <= last + grow; id++) {
          packets.push(testPacket(id, { status: 'flying', endedAt: undefined }))
        }
        const gone = packets.slice(0, Math.min(forget, packets.length - 1))
        packets = packets.slice(gone.length).map((packet) => {
          return end && packet.status === 'flying' ? testPacket(packet.id) : packet
        })
        first += gone.length
        const state = testState(packets)
        const left = recent.update(state)
        for (const id of left.matched) expect(id).toBeLessThanOrEqual(first)
        const plain = packets.filter((packet) => filter.matches(factsOf(packet, state)))
        expect([...recent.ids(0)]).toEqual(plain.map(({ id }) => id))
        expect([...recent.ids(first + 4)]).toEqual(
          plain.map(({ id }) => id).filter((id) => id > first + 4),
        )
      }
    }),
  )
})

it('tells what has left the list, and that after a gap nothing is known', () => {
  const recent = new RecentMatches(filterOf('client:1'))
  recent.update(testState(testPackets(1, 20)))
  expect(recent.update(testState(testPackets(9, 30)))).toEqual({
    after: 0,
    upTo: 8,
    matched: [1, 4, 7],
  })
  expect(recent.update(testState(testPackets(41, 50)))).toMatchObject({ after: 8, upTo: 8 })
})

it('asks a packet once, as long as it does not change', () => {
  let asked = 0
  const filter: Filter = { text: '', matches: () => ++asked > 0 }
  const recent = new RecentMatches(filter)
  const packets = testPackets(1, 100)
  recent.update(testState(packets))
  recent.update(testState(packets))
  recent.update(testState([...packets.slice(0, 99), testPacket(100, { verdict: 'wrong' })]))
  expect(asked).toBe(101)
})
