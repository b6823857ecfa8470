import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Packet } from '../../../shared/state/state'
import type { Arrow } from './arrows'
import { type Diagram, layOut } from './layout'
import { packet } from './testing'

const ROW = 18

function draw(packets: readonly Packet[], now = 100_000, width = 900): Diagram {
  const nodes = ['server:100', 'proxy', 'client:1', 'client:2']
  return layOut({ packets, nodes, now, width, row: ROW })
}

function only(packets: Packet, now?: number): Arrow {
  const [arrow] = draw([packets], now).arrows
  if (arrow === undefined) throw new Error('There is no arrow.')
  return arrow
}

/** Where an arrow's line starts and ends. */
function endsOf({ path }: Arrow) {
  const [first, last] = [path[0], path.at(-1)]
  if (!first || !last) throw new Error('The arrow has no way.')
  return { first, last }
}

describe('lifelines', () => {
  it('are clients, the proxy and servers, from left to right, those that take part', () => {
    const { lifelines } = draw([
      packet(1, { from: 'proxy', to: 'server:100' }),
      packet(2, { from: 'outside:unknown' }),
      packet(3),
      packet(4, { from: 'outside:server:7' }),
    ])
    expect(lifelines.map(({ node }) => node)).toEqual([
      'client:1',
      'outside:unknown',
      'proxy',
      'server:100',
      'outside:server:7',
    ])
    const xs = lifelines.map(({ x }) => x)
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
  })

  it('share the room there is, and are never closer than a name needs', () => {
    const crowd = Array.from({ length: 60 }, (_, index) =>
      packet(index + 1, { from: `client:${index}` }),
    )
    expect(draw(crowd).width).toBeGreaterThan(60 * 3.4 * ROW)
    expect(draw([packet(1)], 0, 500).width).toBeLessThanOrEqual(500)
  })
})

describe('the marks on an arrow', () => {
  it('are never on the lifeline of a node that has no part in it', () => {
    const packets = Array.from({ length: 9 }, (_, index) =>
      packet(index + 1, {
        from: `client:${index}`,
        ...(index % 3 === 1 && { status: 'dropped', endedAt: (index + 1) * 1000 + 300 }),
        ...(index % 3 === 2 && { heldAt: (index + 1) * 1000 + 300, legFrom: 0.5, legAt: 30_000 }),
      }),
    )
    const { lifelines, arrows } = draw(packets)
    for (const { packet: drawn, path, shape, hold = [] } of arrows) {
      const others = lifelines.filter(({ node }) => node !== drawn.from && node !== drawn.to)
      for (const { x } of [shape, ...hold, path.at(-1) ?? shape]) {
        const nearest = Math.min(...others.map((lifeline) => Math.abs(lifeline.x - x)))
        expect(nearest).toBeGreaterThan(ROW / 2)
      }
    }
  })
})

describe('the lifelines of what is followed', () => {
  const nodes = ['proxy']
  const crowd = Array.from({ length: 60 }, (_, index) =>
    packet(index + 1, { from: `client:${index}` }),
  )
  const followed = (packets: readonly Packet[], width: number) =>
    layOut({ packets, nodes, now: 100_000, width, row: ROW, endInSight: 5 * ROW })

  it('are those of the newest packets, as many as there is room for', () => {
    const { lifelines, arrows, width } = followed(crowd, 900)
    expect(width).toBeLessThanOrEqual(900)
    expect(lifelines.length).toBeGreaterThan(8)
    expect(lifelines.at(-2)?.node).toBe('client:59')
    expect(lifelines.at(-1)?.node).toBe('proxy')
    // Every packet has an arrow, and none is missing in between.
    expect(arrows.map(({ packet: { id } }) => id)).toEqual(
      crowd.slice(1 - lifelines.length).map(({ id }) => id),
    )
  })

  it('are all of them where there is room, and all that are in sight where there is none', () => {
    expect(followed(crowd, 10_000).lifelines).toHaveLength(61)
    const flying = crowd.map((each) => ({ ...each, status: 'flying' as const, endedAt: undefined }))
    expect(followed(flying, 300).lifelines).toHaveLength(61)
    expect(followed(flying, 300).arrows).toHaveLength(60)
  })
})

describe('an arrow', () => {
  it('slopes from where and when it was sent to where and when it arrived', () => {
    const { first, last } = endsOf(only(packet(1)))
    expect(last.x).toBeGreaterThan(first.x)
    expect(last.y).toBeGreaterThan(first.y)
  })

  it('of a packet that is lost ends before the other lifeline, by how far it had come', () => {
    const arrived = endsOf(only(packet(1)))
    const lost = only(packet(1, { status: 'dropped', endedAt: 1300 }))
    expect(lost.end).toBe('lost')
    const { first, last } = endsOf(lost)
    expect((last.x - first.x) / (arrived.last.x - arrived.first.x)).toBeCloseTo(0.5)
  })

  it('of a packet under way goes as far as it has come', () => {
    const packets = [packet(1), packet(2, { status: 'flying' })]
    const [whole, part] = draw(packets, 2150).arrows.map(endsOf)
    const wholeWidth = (whole?.last.x ?? 0) - (whole?.first.x ?? 0)
    expect(((part?.last.x ?? 0) - (part?.first.x ?? 0)) / wholeWidth).toBeCloseTo(0.25)
  })

  it('of a packet that is held stands still where it is held, until the moment that is drawn', () => {
    const held = only(
      packet(1, {
        status: 'flying',
        legAt: 1300,
        heldAt: 1300,
        legFrom: 0.5,
        held: { breakpoint: 1, behind: null },
      }),
      90_000,
    )
    expect(held.end).toBe('held')
    const [top, bottom] = held.hold ?? []
    expect(top?.x).toBe(bottom?.x)
    expect(bottom?.y).toBeGreaterThan(top?.y ?? 0)
    expect(endsOf(held).last).toEqual(bottom)
  })

  it('of a packet that was held shows for how long, and goes on', () => {
    const { hold, path, end } = only(
      packet(1, { heldAt: 1300, legAt: 8000, legFrom: 0.5, dueAt: 8300, endedAt: 8300 }),
    )
    expect(end).toBe('arrived')
    expect(path).toHaveLength(4)
    expect(path.slice(1, 3)).toEqual(hold)
  })

  it('of a copy made by hand begins where the original was held', () => {
    const legs = { legAt: 1300, heldAt: 1300, legFrom: 0.5 }
    const [original, copy] = draw([
      packet(1, legs),
      packet(2, { ...legs, sentAt: 1300, dueAt: 1600, copyOf: 1 }),
    ]).arrows.map(endsOf)
    const [from, to] = [original?.first.x ?? 0, original?.last.x ?? 0]
    expect(copy?.first.x).toBeCloseTo((from + to) / 2)
    expect(copy?.last.x).toBe(to)
  })

  it('of a packet that was taken off while it was held ends there', () => {
    const taken = { status: 'dropped', dropped: 'DROPPED_BY_HAND' } as const
    const { hold, path } = only(
      packet(1, { ...taken, legAt: 1300, heldAt: 1300, legFrom: 0.5, endedAt: 5000 }),
    )
    expect(path).toHaveLength(3)
    expect(path.at(-1)).toEqual(hold?.[1])
  })
})

describe('a long pause', () => {
  it('is a break, not a desert', () => {
    const { breaks, height } = draw([packet(1), packet(2, { sentAt: 600_000 })])
    expect(breaks).toMatchObject([{ lastsMs: 600_000 - 1600 }])
    expect(height).toBeLessThan(300)
  })
})

describe('whatever the packets', () => {
  const nodes = fc.constantFrom('client:1', 'client:2', 'proxy', 'server:100', 'outside:server:7')
  const packets = fc
    .array(
      fc.record({
        ends: fc.tuple(nodes, nodes),
        gap: fc.constantFrom(0, 0.001, 1, 150, 600, 90_000),
        flight: fc.constantFrom(0, 0.5, 600, 600, 5_000),
        fate: fc.constantFrom('delivered', 'dropped', 'flying', 'held', 'released', 'taken'),
      }),
      { maxLength: 40 },
    )
    .map((made) => {
      let now = 0
      const all = made.map(({ ends: [from, to], gap, flight, fate }, index): Packet => {
        now += gap
        const sentAt = now
        const common = { from, to, sentAt, dueAt: sentAt + flight }
        const heldAt = sentAt + flight / 2
        const half = { legAt: heldAt, legFrom: 0.5, heldAt }
        switch (fate) {
          case 'held':
            return packet(index + 1, {
              ...common,
              ...half,
              status: 'flying',
              held: { breakpoint: 1, behind: null },
            })
          case 'released': {
            const dueAt = sentAt + flight + 3_000
            return packet(index + 1, { ...common, ...half, dueAt, legAt: heldAt + 3_000 })
          }
          case 'taken':
            return packet(index + 1, {
              ...common,
              ...half,
              status: 'dropped',
              dropped: 'DROPPED_BY_HAND',
              endedAt: sentAt + flight + 3_000,
            })
          default:
            return packet(index + 1, { ...common, status: fate })
        }
      })
      return { all, now: now + 10_000 }
    })

  it('what is earlier is never lower', () => {
    fc.assert(
      fc.property(packets, ({ all, now }) => {
        const events = draw(all, now).arrows.flatMap((arrow) => {
          const { first, last } = endsOf(arrow)
          const { sentAt, endedAt = now } = arrow.packet
          return [
            { at: sentAt, y: first.y },
            { at: endedAt, y: last.y },
          ]
        })
        for (const one of events) {
          for (const other of events) if (one.at < other.at) expect(one.y).toBeLessThan(other.y)
        }
      }),
    )
  })

  it('every packet has one arrow, which never goes up and stays on the sheet', () => {
    fc.assert(
      fc.property(packets, ({ all, now }) => {
        const { arrows, width, height } = draw(all, now)
        expect(arrows.map(({ packet: { id } }) => id)).toEqual(all.map(({ id }) => id))
        for (const { path } of arrows) {
          const ys = path.map(({ y }) => y)
          expect(ys).toEqual([...ys].sort((a, b) => a - b))
          for (const { x, y } of path) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(width)
            expect(y).toBeLessThanOrEqual(height)
          }
        }
      }),
    )
  })

  it('no label is on another, and neither is a time', () => {
    fc.assert(
      fc.property(packets, ({ all, now }) => {
        const { arrows, ticks } = draw(all, now)
        for (const heights of [arrows.map(({ label }) => label.y), ticks.map(({ y }) => y)]) {
          const sorted = [...heights].sort((a, b) => a - b)
          for (let index = 1; index < sorted.length; index++) {
            const distance = (sorted[index] ?? 0) - (sorted[index - 1] ?? 0)
            expect(distance).toBeGreaterThanOrEqual(ROW - 1e-6)
          }
        }
      }),
    )
  })
})
