import { describe, expect, test } from 'vitest'
import type { Packet } from '../../../shared/state/state'
import { heldQueuesOf } from '../lab/held-packets'
import { packetWith, stateWith } from '../lab/testing'
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

describe('the labels of held packets', () => {
  test('stand where the packets do, one for each queue, and count those that wait', () => {
    const waiting = { breakpoint: null, behind: 1 }
    const queues = heldQueuesOf(stateWith([held(1), held(2, { held: waiting }), held(3, {})]))
    const [label] = heldLabels(queues, LINKS, undefined)
    expect(label).toMatchObject({ packet: { id: 1 }, behind: 2 })
    expect(label?.at.x).toBeCloseTo(200)
  })

  test('begin with the selected packet, also where it waits behind another', () => {
    const queues = heldQueuesOf(
      stateWith([held(1), held(2, { from: 'client:2' }), held(3, { from: 'client:2' })]),
    )
    const labels = heldLabels(queues, LINKS, 3)
    expect(labels.map(({ packet }) => packet.id)).toEqual([3, 1])
    expect(labels[0]?.behind).toBe(0)
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

  test('that would lie over one another are left out, the first one is not', () => {
    const queues = heldQueuesOf(
      stateWith([held(1), held(2, { from: 'client:2' }), held(3, { from: 'server:100' })]),
    )
    const labels = heldLabels(queues, LINKS, 2)
    const shown = (zoom: number) =>
      placedLabels(labels, queues, LAYOUT, zoom, undefined).map(({ label }) => label.packet.id)
    expect(shown(1)).toEqual([2, 1, 3])
    expect(shown(0.05)[0]).toBe(2)
    expect(shown(0.05)).not.toHaveLength(3)
  })

  test('reach away from cards, and go under their packet rather than over another one', () => {
    const queues = heldQueuesOf(stateWith([held(1), held(2, { from: 'client:2' })]))
    const near = new Map(
      ['client:1', 'client:2'].map((node, index) => [
        node,
        [gentleCurve({ x: 0, y: index * 30 }, { x: 100, y: index * 30 })],
      ]),
    )
    const layout = { ...LAYOUT, links: near }
    const labels = heldLabels(queues, near, undefined)
    const places = placedLabels(labels, queues, layout, 1, undefined).map(({ place }) => place)
    expect(places).toEqual([
      { below: false, reach: 'right' },
      { below: true, reach: 'right' },
    ])
  })

  test('are under their packet on the link where the tools are, whatever is there', () => {
    const queues = heldQueuesOf(stateWith([held(1)]))
    const card = { x: 0, y: 10, width: 400, height: 50 }
    const layout = { ...LAYOUT, actors: new Map([['client:2', card]]) }
    const labels = heldLabels(queues, LINKS, undefined)
    const [placed] = placedLabels(labels, queues, layout, 1, 'client:1')
    expect(placed?.place.below).toBe(true)
  })

  test('are left out for links that are not on the graph', () => {
    expect(heldLabels(heldQueuesOf(stateWith([held(1)])), new Map(), undefined)).toEqual([])
  })
})
