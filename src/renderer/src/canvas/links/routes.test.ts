// Over no card that it does not belong to: neither a link nor what travels on it, in both directions' lanes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NodeId, PROXY } from '../../../../shared/ids'
import type { Point } from '../../ui/point'
import { placesAfterDrag } from '../dragging'
import { overlaps, type Rect } from '../geometry'
import { graphLayout, nodeLayout } from '../graph-layout'
import { Curves, numbersOf, type Placement } from '../packets/curves'
import { reachFor } from '../packets/shapes'
import { projectorLayout } from '../projector-layout'
import type { Structure } from '../structure'
import { classicPool, structureWith } from '../testing'
import { type TidyLayout, tidyLayout } from '../tidy-layout'
import { uprightLayout } from '../upright-layout'
import type { LinkPath } from './path'

/** Flow units between two places of a packet that are looked at. */
const STEP = 3

/** Up to sixty servers in any number of policies, and as many clients. */
const anyClass = fc
  .record({
    clients: fc.oneof(fc.nat(12), fc.nat(60)),
    cuts: fc.array(fc.nat(60), { maxLength: 20 }),
    servers: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })),
  })
  .map(({ clients, cuts, servers }) => {
    const ends = [...new Set(cuts.map((cut) => cut % servers)), servers].sort((a, b) => a - b)
    const sizes = ends.map((end, index) => end - (ends[index - 1] ?? 0)).filter((size) => size > 0)
    return structureWith(
      clients,
      sizes.map((size, index) => [String(111 * (index + 1)), size] as const),
    )
  })
/** The aspect of canvases in windows from 1024 × 640 on, with and without their panels. */
const anyAspect = fc.double({ min: 0.7, max: 3.2, noNaN: true })

test('no link and no packet is over a card of another node', () => {
  fc.assert(
    fc.property(anyClass, anyAspect, (structure, aspect) => {
      const { actors, links } = graphLayout(structure, tidyLayout(structure, aspect), new Map())
      expect(trespasses(actors, links)).toEqual([])
    }),
    { seed: 20_210_111, numRuns: 60 },
  )
})

test('nor in projector mode, where cards are closer together', () => {
  fc.assert(
    fc.property(anyClass, anyAspect, (structure, aspect) => {
      const { actors, links } = graphLayout(
        structure,
        projectorLayout(structure, aspect),
        new Map(),
      )
      expect(trespasses(actors, links)).toEqual([])
    }),
    { seed: 20_210_113, numRuns: 30 },
  )
})

test('nor in the layout of a narrow canvas', () => {
  fc.assert(
    fc.property(anyClass, (structure) => {
      const { actors, links } = graphLayout(structure, uprightLayout(structure), new Map())
      expect(trespasses(actors, links)).toEqual([])
    }),
    { seed: 20_210_120, numRuns: 30 },
  )
})

test('nor where cards are tiles', () => {
  const pool = fc.array(fc.integer({ min: 61, max: 120 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(pool, anyAspect, (sizes, aspect) => {
      const structure = structureWith(
        60,
        sizes.map((size, index) => [String(111 * (index + 1)), size] as const),
      )
      const { actors, links } = graphLayout(structure, tidyLayout(structure, aspect), new Map())
      expect(trespasses(actors, links)).toEqual([])
    }),
    { seed: 20_210_115, numRuns: 5, endOnFailure: true },
  )
})

test("nor over a policy's title", () => {
  fc.assert(
    fc.property(anyClass, anyAspect, (structure, aspect) => {
      for (const tidy of [tidyLayout(structure, aspect), projectorLayout(structure, aspect)]) {
        const { boxes, links } = graphLayout(structure, tidy, new Map())
        const titles = boxes.flatMap(({ id, title }) =>
          title ? [[id, middleOf(title)] as const] : [],
        )
        expect(trespasses(new Map(titles), links, 0.5)).toEqual([])
      }
    }),
    { seed: 20_210_114, numRuns: 30, endOnFailure: true },
  )
})

test("nor over another policy's box, where all is tidy", () => {
  fc.assert(
    fc.property(anyClass, anyAspect, (structure, aspect) => {
      for (const tidy of [tidyLayout(structure, aspect), projectorLayout(structure, aspect)]) {
        const { boxes, links } = graphLayout(structure, tidy, new Map())
        for (const { members, rect } of boxes) {
          const foreign = new Map([...links].filter(([node]) => !members.includes(node)))
          expect(trespasses(new Map([['box', rect]]), foreign, 0.5)).toEqual([])
        }
      }
    }),
    { seed: 20_210_116, numRuns: 30, endOnFailure: true },
  )
})

interface Drag {
  readonly which: number
  readonly to: Point
}

function placesAfter(structure: Structure, tidy: TidyLayout, drags: readonly Drag[]) {
  const places = new Map<NodeId, Point>()
  for (const { which, to } of drags) {
    const layout = nodeLayout(structure, tidy, places)
    const ids = [PROXY, ...layout.actors.keys(), ...layout.boxes.map((box) => box.id)]
    const id = ids[which % ids.length] ?? PROXY
    for (const [node, place] of placesAfterDrag(layout, id, to)) places.set(node, place)
  }
  return places
}

/** Where a node is dragged to: which one of all, and there. */
const drag = fc.record({
  which: fc.nat(200),
  to: fc.record({
    x: fc.integer({ min: -1500, max: 1500 }),
    y: fc.integer({ min: -800, max: 800 }),
  }),
})

test('nor after nodes were dragged, on top of others too', () => {
  fc.assert(
    fc.property(
      anyClass,
      anyAspect,
      fc.array(drag, { minLength: 1, maxLength: 8 }),
      (structure, aspect, drags) => {
        const tidy = tidyLayout(structure, aspect)
        const places = placesAfter(structure, tidy, drags)
        const { actors, links } = graphLayout(structure, tidy, places)
        expect(trespasses(actors, links)).toEqual([])
      },
    ),
    { seed: 20_210_112, numRuns: 60 },
  )
})

test("nor over the roundabout's captions, nor do cards lie on these", () => {
  const tidyGraph = fc
    .tuple(anyClass, anyAspect)
    .map(([structure, aspect]) => [structure, aspect, []] as const)
  const dragged = fc
    .array(drag, { minLength: 1, maxLength: 4 })
    .map((drags) => [classicPool(), 1.7, drags] as const)
  fc.assert(
    fc.property(fc.oneof(tidyGraph, dragged), ([structure, aspect, drags]) => {
      const tidy = tidyLayout(structure, aspect)
      const places = placesAfter(structure, tidy, drags)
      const { actors, links, captions } = graphLayout(structure, tidy, places)
      expect(captions).toHaveLength(2)
      for (const caption of captions) {
        expect([...actors].filter(([, card]) => overlaps(caption, card))).toEqual([])
        expect(trespasses(new Map([['caption', caption]]), links, 0.5, 0)).toEqual([])
      }
    }),
    { seed: 20_210_118, numRuns: 200, endOnFailure: true },
  )
})

/** Packets may touch a title's edge on their way past it, since its text is in the middle. */
function middleOf({ x, y, width, height }: Rect): Rect {
  return { x: x + 12, y: y + 12, width: width - 24, height: height - 24 }
}

/**
 * Every packet that would touch a card of another node: the node of its link, that card, and where. A tiny packet
 * stands for the drawn lane.
 */
function trespasses(
  cards: ReadonlyMap<NodeId, Rect>,
  links: ReadonlyMap<NodeId, LinkPath>,
  ofRadius?: number,
  ofLane?: number,
) {
  const ids = [...links.keys()]
  const curves = new Curves()
  curves.replace(Float64Array.from([...links.values()].flatMap(numbersOf)))
  // The largest packet on the screen, in the graph's own units.
  const aside = ofLane ?? curves.lane
  const radius = ofRadius ?? Math.max(reachFor(1, 1, aside), reachFor(1, 0.2, aside))
  const found: { of: NodeId; on: NodeId; at: Point }[] = []
  const at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  ids.forEach((of, index) => {
    const steps = Math.ceil(lengthOf(curves, index) / STEP)
    // In both lanes, where any card has asked for it.
    const passed: (readonly Point[])[] = []
    const passedAt = (step: number) => {
      passed[step] ??= [aside, -aside].map((lane) => {
        curves.place(index, step / steps, false, lane, at)
        return { x: at.x, y: at.y }
      })
      return passed[step]
    }
    for (const [on, card] of cards) {
      if (on === of) continue
      for (let step = 0; step <= steps; ) {
        let room = Number.POSITIVE_INFINITY
        for (const point of passedAt(step)) {
          const free = distance(card, point) - radius
          room = Math.min(room, free)
          if (free >= 0) continue
          found.push({ of, on, at: point })
          return
        }
        // It cannot reach this card within the steps that are skipped.
        step += Math.max(1, Math.floor((room - 2 * aside) / (2 * STEP)))
      }
    }
  })
  return found
}

function lengthOf(curves: Curves, index: number): number {
  const numbers = curves.numbers(index)
  let length = 0
  for (let at = 2; at < numbers.length; at += 2) {
    const [x = 0, y = 0, nextX = 0, nextY = 0] = numbers.subarray(at - 2, at + 2)
    length += Math.hypot(nextX - x, nextY - y)
  }
  return length
}

function distance({ x, y, width, height }: Rect, point: Point): number {
  const dx = Math.max(x - point.x, 0, point.x - x - width)
  const dy = Math.max(y - point.y, 0, point.y - y - height)
  return Math.hypot(dx, dy)
}
