import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Packet } from '../../../shared/state/state'
import { heldQueuesOf } from '../lab/held-packets'
import { packetWith, stateWith } from '../lab/testing'
import { contains, overlaps, type Rect } from './geometry'
import { heldLabels, placedLabels } from './held-labels'
import { gentleCurve } from './links/path'

const BY_BREAKPOINT = { breakpoint: 1, behind: null }

function held(id: number, over: Partial<Packet> = {}): Packet {
  return packetWith({ id, legAt: id, legFrom: 0.5, held: BY_BREAKPOINT, ...over })
}

const LINKS = new Map(
  ['client:1', 'client:2', 'server:100'].map((node, index) => [
    node,
    [gentleCurve({ x: 0, y: index * 100 }, { x: 400, y: index * 100 })],
  ]),
)

/** A layout with links and the roundabout only. */
const LAYOUT = {
  actors: new Map(),
  proxy: { x: 400, y: 0, width: 200, height: 200 },
  links: LINKS,
}

const rectsOf = (placed: ReturnType<typeof placedLabels>): Rect[] => placed.map(({ rect }) => rect)

describe('the labels of held packets', () => {
  test('stand where the packets do, one for each', () => {
    const waiting = { breakpoint: null, behind: 1 }
    const queues = heldQueuesOf(stateWith([held(1), held(2, { held: waiting }), held(3, {})]))
    const labels = heldLabels(queues, LINKS, undefined)
    expect(labels.map(({ packet }) => packet.id)).toEqual([1, 2, 3])
    expect(labels.map(({ behind }) => behind)).toEqual([0, 0, 0])
    expect(labels[0]?.at.x).toBeCloseTo(200)
    expect(labels[1]?.at.x).toBeLessThan(200)
  })

  test('of many are one for each queue, which counts those that wait, and the selected one', () => {
    const packets = Array.from({ length: 14 }, (_, index) => held(index + 1))
    const queues = heldQueuesOf(stateWith([...packets, held(20, { from: 'client:2' })]))
    const labels = heldLabels(queues, LINKS, 5)
    expect(labels.map(({ packet }) => packet.id)).toEqual([5, 1, 20])
    expect(labels.map(({ behind }) => behind)).toEqual([9, 13, 0])
  })

  test('begin with the selected packet, also where it waits behind another', () => {
    const queues = heldQueuesOf(
      stateWith([held(1), held(2, { from: 'client:2' }), held(3, { from: 'client:2' })]),
    )
    const labels = heldLabels(queues, LINKS, 3)
    expect(labels.map(({ packet }) => packet.id)).toEqual([3, 1, 2])
    expect(labels[0]?.at.x).toBeLessThan(200)
  })

  test('are a handful at most, with the selected one among them', () => {
    const queues = heldQueuesOf(
      stateWith([
        held(1),
        held(2, { from: 'proxy', to: 'client:1' }),
        held(3, { from: 'client:2' }),
        held(4, { from: 'proxy', to: 'server:100' }),
      ]),
    )
    const labels = heldLabels(queues, LINKS, 4, 2)
    expect(labels.map(({ packet }) => packet.id)).toEqual([4, 1])
  })

  test('lie neither over one another nor over a packet, wherever packets are held', () => {
    const node = fc.constantFrom('client:1', 'client:2', 'server:100')
    const anyHeld = fc
      .array(fc.tuple(node, fc.boolean(), fc.double({ min: 0.2, max: 0.8, noNaN: true })), {
        minLength: 1,
        maxLength: 8,
      })
      .map((all) =>
        all.map(([link, fromProxy, legFrom], index) =>
          held(index + 1, {
            from: fromProxy ? 'proxy' : link,
            to: fromProxy ? link : 'proxy',
            legFrom,
          }),
        ),
      )
    fc.assert(
      fc.property(anyHeld, (packets) => {
        const queues = heldQueuesOf(stateWith(packets))
        const labels = heldLabels(queues, LINKS, undefined)
        const placed = placedLabels(labels, queues, LAYOUT, { zoom: 1 }, undefined)
        const rects = rectsOf(placed)
        expect(rects).toHaveLength(packets.length)
        rects.forEach((rect, index) => {
          for (const other of rects.slice(index + 1)) expect(overlaps(rect, other)).toBe(false)
          for (const { at } of labels)
            expect(contains(rect, { ...at, width: 0, height: 0 })).toBe(false)
        })
      }),
    )
  })

  test('stay in view, whatever part of the graph is visible', () => {
    const packets = [held(1), held(2, { from: 'client:2' }), held(3, { from: 'server:100' })]
    const queues = heldQueuesOf(stateWith(packets))
    const labels = heldLabels(queues, LINKS, undefined)
    const part = fc.record({
      x: fc.integer({ min: -300, max: 60 }),
      y: fc.integer({ min: -60, max: -20 }),
      width: fc.integer({ min: 340, max: 900 }),
      height: fc.integer({ min: 280, max: 600 }),
    })
    fc.assert(
      fc.property(part, (visible) => {
        const placed = placedLabels(labels, queues, LAYOUT, { zoom: 1, visible }, undefined)
        const rects = rectsOf(placed)
        for (const [index, { at }] of labels.entries()) {
          if (!contains(visible, { ...at, width: 0, height: 0 })) continue
          expect(rects[index] && contains(visible, rects[index])).toBe(true)
        }
      }),
    )
  })

  test('keep their lines off cards and the roundabout, even if they cover a little of them', () => {
    const queues = heldQueuesOf(stateWith([held(1)]))
    const card = { x: 60, y: -100, width: 100, height: 400 }
    const proxy = { x: 240, y: -100, width: 400, height: 400 }
    const layout = { ...LAYOUT, proxy, actors: new Map([['client:2', card]]) }
    const labels = heldLabels(queues, LINKS, undefined)
    const visible = { x: 0, y: -10, width: 700, height: 60 }
    const [placed] = placedLabels(labels, queues, layout, { zoom: 1, visible }, undefined)
    expect(Math.abs(placed?.place.leader.x ?? 100)).toBeLessThan(40)
  })

  test('keep off the name in the middle of the roundabout', () => {
    const queues = heldQueuesOf(stateWith([held(1)]))
    const labels = heldLabels(queues, LINKS, undefined)
    const { at } = labels[0] ?? { at: { x: 0, y: 0 } }
    const layout = { ...LAYOUT, proxy: { x: at.x - 60, y: at.y - 100, width: 200, height: 256 } }
    const visible = { x: at.x - 60, y: at.y - 70, width: 260, height: 140 }
    const [rect] = rectsOf(placedLabels(labels, queues, layout, { zoom: 1, visible }, undefined))
    const name = { x: at.x - 10, y: at.y - 30, width: 100, height: 60 }
    expect(rect && overlaps(rect, name)).toBe(false)
  })

  test('have a line from their packet to their edge', () => {
    const queues = heldQueuesOf(stateWith([held(1)]))
    const labels = heldLabels(queues, LINKS, undefined)
    const placed = placedLabels(labels, queues, LAYOUT, { zoom: 1 }, undefined)
    const [rect] = rectsOf(placed)
    const { at } = labels[0] ?? { at: { x: 0, y: 0 } }
    const leader = placed[0]?.place.leader ?? { x: 0, y: 0 }
    const end = { x: at.x + leader.x, y: at.y + leader.y, width: 0, height: 0 }
    expect(rect && contains(rect, end)).toBe(true)
  })

  test('are under their packet on the link where the tools are, whatever is there', () => {
    const queues = heldQueuesOf(stateWith([held(1)]))
    const card = { x: 0, y: 10, width: 400, height: 50 }
    const layout = { ...LAYOUT, actors: new Map([['client:2', card]]) }
    const labels = heldLabels(queues, LINKS, undefined)
    const [placed] = placedLabels(labels, queues, layout, { zoom: 1 }, 'client:1')
    expect(placed?.place.corner.y).toBeGreaterThan(0)
  })

  test('are left out for links that are not on the graph', () => {
    expect(heldLabels(heldQueuesOf(stateWith([held(1)])), new Map(), undefined)).toEqual([])
  })
})
