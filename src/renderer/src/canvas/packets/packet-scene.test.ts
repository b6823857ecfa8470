import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fractionAt } from '../../../../shared/state/leg'
import { laneFor } from '../links/lanes'
import { gentleCurve } from '../links/path'
import { numbersOf } from './curves'
import { PacketScene } from './packet-scene'
import { LOOK, lookOf, type PacketRecord, PacketTable } from './packet-table'

const WIDTH = 400
const LANE = laneFor(1)

function scene(...packets: (Partial<PacketRecord> & { held?: boolean })[]): PacketScene {
  const made = new PacketScene(new PacketTable(16))
  made.curves.replace(
    Float64Array.from(numbersOf([gentleCurve({ x: 0, y: 0 }, { x: WIDTH, y: 0 })])),
  )
  packets.forEach(({ held, ...packet }, slot) => {
    const all: PacketRecord = {
      kind: 0,
      link: 0,
      fromProxy: false,
      faint: false,
      legAt: 1000,
      legFrom: 0,
      dueAt: 2000,
      ...packet,
    }
    const look = lookOf(all) | (held ? LOOK.held : 0)
    made.table.set(slot, look, all.link, all.legAt, all.legFrom, all.dueAt)
  })
  return made
}

test('a packet has come as far as its time has, and waits at the end for its arrival', () => {
  const whole = { legAt: 1000, legFrom: 0, dueAt: 2000 }
  expect(fractionAt(whole, 500)).toBe(0)
  expect(fractionAt(whole, 1250)).toBe(0.25)
  expect(fractionAt(whole, 2500)).toBe(1)
  expect(fractionAt({ ...whole, dueAt: 1000 }, 1000)).toBe(1)
})

const legs = fc
  .record({
    legAt: fc.nat(10_000),
    legFrom: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 10_000 }),
  })
  .map(({ length, ...leg }) => ({ ...leg, dueAt: leg.legAt + length }))

test('on a leg a packet never turns back, begins where the leg does, and ends at the end', () => {
  fc.assert(
    fc.property(legs, fc.nat(20_000), fc.nat(20_000), (leg, one, other) => {
      const [earlier, later] = one < other ? [one, other] : [other, one]
      expect(fractionAt(leg, earlier)).toBeLessThanOrEqual(fractionAt(leg, later) + 1e-9)
      expect(fractionAt(leg, leg.legAt)).toBe(leg.legFrom)
      expect(fractionAt(leg, leg.dueAt)).toBe(1)
    }),
  )
})

test('a packet that went on half way comes as far again in the rest of its time', () => {
  expect(fractionAt({ legAt: 5000, legFrom: 0.5, dueAt: 5300 }, 5150)).toBe(0.75)
})

test('a held packet stands where its leg began, however late it gets', () => {
  const held = scene({ held: true, legAt: 1300, legFrom: 0.5 })
  expect(held.place(1301)).toBe(false)
  expect(held.placed.x[0]).toBeCloseTo(WIDTH / 2)
  held.place(99_000)
  expect(held.placed.x[0]).toBeCloseTo(WIDTH / 2)
})

test('a packet without latency is seen while it is held', () => {
  const held = scene({ held: true, legAt: 1000, legFrom: 0.5, dueAt: 1000 })
  held.place(1001)
  expect(held.placed.count).toBe(1)
})

test('what comes up behind a held packet does not pass it; what is past it goes on', () => {
  const link = scene(
    { held: true, legAt: 1300, legFrom: 0.5 },
    { legAt: 1000, dueAt: 2000 },
    { legAt: 800, dueAt: 1800 },
    { fromProxy: true, legAt: 1000, dueAt: 2000 },
  )
  link.place(1490)
  const [held = 0, behind = 0, past = 0, facing = 0] = link.placed.x
  expect(behind).toBeLessThan(held - 5)
  expect(past).toBeGreaterThan(held)
  expect(facing).toBeCloseTo(WIDTH * (1 - 0.49), 1)
})

test('places packets along their way, each direction in its own lane', () => {
  const both = scene({}, { fromProxy: true })
  both.place(1250)
  expect(both.placed.count).toBe(2)
  expect(both.placed.x[0]).toBeCloseTo(WIDTH / 4, 1)
  expect(both.placed.y[0]).toBeCloseTo(LANE)
  expect(both.placed.x[1]).toBeCloseTo((WIDTH * 3) / 4, 1)
  expect(both.placed.y[1]).toBeCloseTo(-LANE)
})

test('nothing moves when every packet waits at the end of its way', () => {
  const waiting = scene({}, { dueAt: 1500 })
  expect(waiting.place(1200)).toBe(true)
  expect(waiting.place(1999)).toBe(true)
  expect(waiting.place(2000)).toBe(false)
  expect(waiting.placed.count).toBe(2)
})

test('traffic without latency is no dot, unless it is not taken', () => {
  const instant = scene({ dueAt: 1000 })
  expect(instant.place(1001)).toBe(true)
  expect(instant.placed.count).toBe(0)
  expect(instant.place(1300)).toBe(false)
  expect(instant.placed.count).toBe(1)
})

test('packets on a link that is not on the graph are not drawn', () => {
  const elsewhere = scene({ link: 1 })
  elsewhere.place(1500)
  expect(elsewhere.placed.count).toBe(0)
})

test('with reduced motion a packet stands in the middle, and others beside it', () => {
  const calm = scene({}, {}, { fromProxy: true })
  calm.reducedMotion = true
  calm.place(1100)
  const [first, second, third] = calm.placed.x
  calm.place(1900)
  expect([...calm.placed.x.slice(0, 3)]).toEqual([first, second, third])
  expect(first).toBeCloseTo(WIDTH / 2)
  expect(new Set([first, second, third]).size).toBe(3)
  expect(calm.placed.fraction[0]).toBeCloseTo(0.9)
  expect(calm.placed.dx[0]).toBeCloseTo(1)
  expect(calm.placed.dx[2]).toBeCloseTo(-1)
})

test('finds the nearest packet within reach', () => {
  const some = scene({}, { legAt: 900, dueAt: 1900 })
  some.place(1500)
  const near = { x: WIDTH / 2 + 4, y: LANE }
  expect(some.slotAt(near.x, near.y, 10)).toBe(0)
  expect(some.slotAt(WIDTH * 0.6 - 4, LANE, 10)).toBe(1)
  expect(some.slotAt(WIDTH / 2, 60, 10)).toBeUndefined()
})
