import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packetWith } from '../../lab/testing'
import { ghostLegs, legAt } from './ghost-legs'

const packet = (id: number, sentAt: number, endedAt: number | undefined) =>
  packetWith({ id, sentAt, endedAt, status: endedAt === undefined ? 'flying' : 'delivered' })

test('packets are shown one after the other, in the order in which they were sent', () => {
  const legs = ghostLegs([packet(2, 700, 1300), packet(1, 0, 600), packet(3, 1400, undefined)])
  expect(legs.map((leg) => leg.packet.id)).toEqual([1, 2])
  expect(legs[1]?.from).toBeGreaterThan(legs[0]?.to ?? 0)
})

test('a packet is long enough in sight and not too long, whatever it took', () => {
  const legs = ghostLegs([packet(1, 0, 0), packet(2, 0, 60_000)])
  expect(legs.map(({ from, to }) => to - from)).toEqual([350, 1200])
})

test('each moment has one packet on its way, which never goes back, until all are over', () => {
  const times = fc.array(fc.tuple(fc.nat(5000), fc.nat(3000)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(times, (all) => {
      const legs = ghostLegs(all.map(([at, took], index) => packet(index + 1, at, at + took)))
      let last = { index: 0, part: 0 }
      for (let ms = 0; ; ms += 50) {
        const shown = legAt(legs, ms)
        if (shown === undefined) break
        const index = legs.indexOf(shown.leg)
        expect(index > last.index || (index === last.index && shown.part >= last.part)).toBe(true)
        last = { index, part: shown.part }
      }
      expect(last.index).toBe(legs.length - 1)
    }),
    { numRuns: 30 },
  )
})
