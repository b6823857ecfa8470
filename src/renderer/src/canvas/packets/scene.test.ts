import { expect, test } from 'vitest'
import { numbersOf } from './curves'
import { linkPath } from './link-path'
import { lookOf, type PacketRecord, PacketTable } from './packet-table'
import { fractionAt, LANE, Scene } from './scene'

const WIDTH = 400

function scene(...packets: Partial<PacketRecord>[]): Scene {
  const made = new Scene(new PacketTable(16))
  made.curves.replace(
    Float64Array.from(numbersOf(linkPath({ x: 0, y: 0 }, { x: WIDTH, y: 0 }).points)),
  )
  packets.forEach((packet, slot) => {
    const all: PacketRecord = {
      kind: 0,
      link: 0,
      fromProxy: false,
      sentAt: 1000,
      dueAt: 2000,
      ...packet,
    }
    made.table.set(slot, lookOf(all), all.link, all.sentAt, all.dueAt)
  })
  return made
}

test('a packet has come as far as its time has, and waits at the end for its arrival', () => {
  expect(fractionAt(1000, 2000, 500)).toBe(0)
  expect(fractionAt(1000, 2000, 1250)).toBe(0.25)
  expect(fractionAt(1000, 2000, 2500)).toBe(1)
  expect(fractionAt(1000, 1000, 1000)).toBe(1)
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
  const some = scene({}, { sentAt: 900, dueAt: 1900 })
  some.place(1500)
  const near = { x: WIDTH / 2 + 4, y: LANE }
  expect(some.slotAt(near.x, near.y, 10)).toBe(0)
  expect(some.slotAt(WIDTH * 0.6 - 4, LANE, 10)).toBe(1)
  expect(some.slotAt(WIDTH / 2, 60, 10)).toBeUndefined()
})
