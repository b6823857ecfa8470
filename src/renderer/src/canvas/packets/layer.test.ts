import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { EventBody, LabEvent } from '../../../../shared/events'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import { gentleCurve } from '../links/path'
import { PacketLayer } from './layer'
import type { ToWorker } from './messages'

const LEVEL = [gentleCurve({ x: 0, y: 0 }, { x: 400, y: 0 })]

const sent = (packet: number, over: Partial<Extract<EventBody, { type: 'packet.sent' }>> = {}) =>
  ({
    type: 'packet.sent',
    packet,
    exchange: packet,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    dueAt: 1000,
    bytes: new Uint8Array(0),
    copyOf: null,
    ...over,
  }) satisfies EventBody

/** Events of these bodies, numbered from `first`, each a millisecond after the one before. */
function numbered(bodies: readonly EventBody[], first = 1): LabEvent[] {
  return bodies.map((body, index) => ({ seq: first + index, at: first + index, ...body }))
}

/** Packets are numbered in order of sending; each ends at most once. */
const stories = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant('send' as const) },
      { weight: 4, arbitrary: fc.constant('deliver' as const) },
      { weight: 2, arbitrary: fc.constant('drop' as const) },
      { weight: 4, arbitrary: fc.constant('hold' as const) },
      { weight: 3, arbitrary: fc.constant('release' as const) },
      { weight: 1, arbitrary: fc.constant('reset' as const) },
    ),
    { maxLength: 150 },
  )
  .map((steps) => {
    const bodies: EventBody[] = [
      { type: 'node.added', node: { id: 'proxy', role: 'proxy', origin: 'inside' } },
      { type: 'node.added', node: { id: 'client:1', role: 'client', origin: 'inside' } },
    ]
    const live: number[] = []
    let last = 0
    for (const step of steps) {
      if (step === 'send') {
        last++
        live.push(last)
        bodies.push(sent(last))
        continue
      }
      if (step === 'reset') {
        // Packets in flight end without events; an end event that arrives later changes nothing.
        bodies.push({ type: 'scenario.reset' })
        continue
      }
      if (step === 'hold' || step === 'release') {
        const [packet = 0] = live
        bodies.push(
          step === 'hold'
            ? { type: 'packet.held', packet, breakpoint: 1, behind: null, progress: 0.5 }
            : { type: 'packet.released', packet, dueAt: 5000 },
        )
        continue
      }
      const packet = live.shift()
      if (packet === undefined) continue
      bodies.push(
        step === 'deliver'
          ? { type: 'packet.delivered', packet }
          : { type: 'packet.dropped', packet, reason: 'CLIENT_LEFT' },
      )
    }
    return bodies
  })

test('the layer has in flight exactly what the state has, in batches of any size', () => {
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 20 }), (bodies, batch) => {
      const layer = new PacketLayer()
      let state = INITIAL_STATE
      for (let at = 0; at < bodies.length; at += batch) {
        const events = numbered(bodies.slice(at, at + batch), at + 1)
        state = reduce(state, events)
        layer.take(events)
        expect(new Set(layer.liveIds())).toEqual(new Set(state.inFlight.keys()))
      }
      const anew = new PacketLayer()
      anew.reset(state.inFlight.values())
      expect(new Set(anew.liveIds())).toEqual(new Set(layer.liveIds()))
    }),
    { seed: 6 },
  )
})

test('finds a packet under the pointer, on a link that was moved too', async () => {
  const layer = new PacketLayer()
  layer.setClock(500, 0)
  layer.setLinks([{ id: 'client:1', path: LEVEL }])
  layer.take([{ seq: 1, at: 0, ...sent(7) }])
  await Promise.resolve()
  expect(layer.packetAt({ x: 200, y: layer.lane }, 8)).toBe(7)
  expect(layer.packetAt({ x: 200, y: 100 }, 8)).toBeUndefined()
  const path = [gentleCurve({ x: 0, y: 200 }, { x: 400, y: 0 })]
  layer.moveLink({ id: 'client:1', path })
  await Promise.resolve()
  expect(layer.packetAt({ x: 200, y: 100 }, 8)).toBe(7)
})

test('finds a held packet where it stands, and a released one on its way from there', async () => {
  const layer = new PacketLayer()
  layer.setLinks([{ id: 'client:1', path: LEVEL }])
  layer.take([{ seq: 1, at: 0, ...sent(7) }])
  layer.setClock(9_000, 0)
  layer.take([
    { seq: 2, at: 500, type: 'packet.held', packet: 7, breakpoint: 1, behind: null, progress: 0.5 },
  ])
  await Promise.resolve()
  expect(layer.packetAt({ x: 200, y: layer.lane }, 8)).toBe(7)
  layer.take([{ seq: 3, at: 8_750, type: 'packet.released', packet: 7, dueAt: 9_250 }])
  expect(layer.packetAt({ x: 300, y: layer.lane }, 8)).toBe(7)
})

test('asks of a packet whether it is faint when it is sent and when it has changed', () => {
  const layer = new PacketLayer()
  const asked: number[] = []
  layer.take([{ seq: 1, at: 0, ...sent(1) }])
  layer.setFaint((id) => {
    asked.push(id)
    return true
  })
  layer.take([
    { seq: 2, at: 1, ...sent(2) },
    { seq: 3, at: 2, type: 'packet.held', packet: 1, breakpoint: 1, behind: null, progress: 0.5 },
    { seq: 4, at: 3, type: 'packet.delivered', packet: 2 },
  ])
  expect(asked).toEqual([1, 2, 1])
})

test('says when the number of packets that are not drawn changes', () => {
  const layer = new PacketLayer()
  const told: number[] = []
  const stop = layer.onNotDrawn(() => told.push(layer.notDrawn))
  layer.take(numbered(Array.from({ length: 20_003 }, (_, index) => sent(index + 1))))
  expect(layer.size).toBe(20_003)
  layer.take(numbered([{ type: 'packet.delivered', packet: 20_002 }], 30_000))
  stop()
  layer.reset([])
  expect(told).toEqual([3, 2])
})

test('a packet that was carried is a pulse on its link, like one that was delivered before it was drawn', () => {
  const canvas = {
    style: {},
    dataset: {},
    remove: () => {},
    transferControlToOffscreen: () => ({}),
  }
  vi.stubGlobal('document', { createElement: () => canvas })
  const pulsesOf = (bodies: readonly EventBody[]) => {
    const told: unknown[] = []
    const worker = {
      addEventListener: () => {},
      postMessage: (message: ToWorker) => told.push(message),
      terminate: () => {},
    } as unknown as Worker
    const layer = new PacketLayer()
    layer.setLinks(['client:1', 'server:1'].map((id) => ({ id, path: LEVEL })))
    const { detach } = layer.attach({ append: () => {} } as unknown as HTMLElement, () => worker)
    told.length = 0
    layer.take(numbered(bodies))
    expect(layer.size).toBe(0)
    detach()
    return told.filter((message) => (message as ToWorker).type === 'pulses')
  }
  const ways = [
    { from: 'client:1', to: 'proxy' },
    { from: 'proxy', to: 'server:1' },
    { from: 'server:1', to: 'proxy' },
  ]
  const apart = pulsesOf(
    ways.flatMap((way, index): EventBody[] => [
      sent(index + 1, { ...way, dueAt: 1 + 2 * index }),
      { type: 'packet.delivered', packet: index + 1 },
    ]),
  )
  const carried = pulsesOf(
    ways.map((way, index): EventBody => {
      const { dueAt: _, copyOf: __, ...one } = sent(index + 1, way)
      return { ...one, type: 'packet.carried' }
    }),
  )
  vi.unstubAllGlobals()
  expect(carried).toEqual([{ type: 'pulses', pulses: Uint32Array.of(0, 1, 1, 2) }])
  expect(carried).toEqual(apart)
})
