import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { createManualClock, type ManualClock } from '../clock/manual-clock'
import { createRandom } from '../clock/random'
import { Journal } from '../journal'
import type { Lab } from '../lab'
import { createMemoryNetwork } from '../net/memory-network'
import { Breakpoints } from './breakpoints'
import { HeldPackets } from './held-packets'
import { Wires } from './inside-connections'
import { Link } from './link'

let clock: ManualClock
let lab: Lab
let events: LabEvent[]
let link: Link
/** What was handed over, by the byte that it was sent with, and when. */
let handed: [content: number, at: number][]

beforeEach(setUp)

function setUp(): void {
  clock = createManualClock()
  const journal = new Journal(clock)
  const network = createMemoryNetwork({ random: createRandom(1) })
  lab = {
    clock,
    journal,
    network,
    wires: new Wires(journal),
    breakpoints: new Breakpoints(journal),
    heldPackets: new HeldPackets(journal),
    latencyMs: 600,
  }
  events = []
  journal.subscribe((event) => events.push(event))
  link = new Link(lab, 'client:1', 'proxy', 7)
  handed = []
}

function carry(content: number): void {
  link.carry({
    kind: 0,
    exchange: 'new',
    bytes: Uint8Array.of(content),
    handOver: () => handed.push([content, clock.now()]),
  })
}

describe('a link', () => {
  it('holds a packet for its latency, and then hands it over', () => {
    carry(1)
    expect(events).toEqual([
      {
        seq: 1,
        at: 0,
        type: 'packet.sent',
        packet: 1,
        exchange: 1,
        kind: 0,
        from: 'client:1',
        to: 'proxy',
        connection: 7,
        dueAt: 600,
        bytes: Uint8Array.of(1),
        copyOf: null,
      },
    ])
    clock.advance(599)
    expect([handed, link.idle]).toEqual([[], false])
    clock.advance(1)
    expect([handed, link.idle]).toEqual([[[1, 600]], true])
  })

  it('hands over at once at latency 0', () => {
    lab.latencyMs = 0
    carry(1)
    expect([handed, clock.pending]).toEqual([[[1, 0]], 0])
  })

  it('numbers a new exchange by its packet, and says so before it hands over', () => {
    lab.latencyMs = 0
    const calls: string[] = []
    for (const exchange of ['new', 'new', 1, 0] as const) {
      link.carry({
        kind: 2,
        exchange,
        bytes: new Uint8Array(),
        sent: (number) => calls.push(`sent ${number}`),
        handOver: (packet, number) => calls.push(`packet ${packet} of ${number}`),
      })
    }
    expect(calls).toEqual([
      ...['sent 1', 'packet 1 of 1'],
      ...['sent 2', 'packet 2 of 2'],
      ...['sent 1', 'packet 3 of 1'],
      ...['sent 0', 'packet 4 of 0'],
    ])
  })

  it('keeps the order when the latency shrinks', () => {
    carry(1)
    lab.latencyMs = 0
    carry(2)
    lab.latencyMs = 100
    carry(3)
    expect(handed).toEqual([])
    clock.advance(600)
    expect(handed).toEqual([
      [1, 600],
      [2, 600],
      [3, 600],
    ])
    carry(4)
    clock.advance(100)
    expect(handed.at(-1)).toEqual([4, 700])
  })

  it('keeps the order when a hand-over sends the next packet', () => {
    carry(1)
    carry(2)
    lab.latencyMs = 0
    link.carry({
      kind: 0,
      exchange: 0,
      bytes: Uint8Array.of(3),
      handOver: () => {
        handed.push([3, clock.now()])
        carry(4)
      },
    })
    carry(5)
    clock.runUntilIdle()
    expect(handed.map(([content]) => content)).toEqual([1, 2, 3, 5, 4])
  })

  it.each([0, 600])('hands nothing over while the clock is paused, at latency %d', (latencyMs) => {
    lab.latencyMs = latencyMs
    clock.pause()
    carry(1)
    carry(2)
    clock.advance(10_000)
    expect(handed).toEqual([])
    clock.resume()
    clock.advance(latencyMs)
    expect(handed.map(([content]) => content)).toEqual([1, 2])
  })

  it('accounts once for each packet that it drops, and goes on', () => {
    carry(1)
    clock.advance(600)
    carry(2)
    carry(3)
    link.drop('CLIENT_LEFT')
    link.drop('STOPPED')
    expect(events.filter(({ type }) => type === 'packet.dropped')).toEqual([
      { seq: 4, at: 600, type: 'packet.dropped', packet: 2, reason: 'CLIENT_LEFT' },
      { seq: 5, at: 600, type: 'packet.dropped', packet: 3, reason: 'CLIENT_LEFT' },
    ])
    expect([link.idle, clock.pending]).toEqual([true, 0])
    carry(4)
    clock.advance(600)
    expect(handed.map(([content]) => content)).toEqual([1, 4])
  })

  it('keeps the order, and never hands over early, whatever is done to it', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('send' as const), ms: fc.constant(0) }),
      fc.record({ what: fc.constant('latency' as const), ms: fc.constantFrom(0, 1, 50, 600) }),
      fc.record({ what: fc.constant('wait' as const), ms: fc.nat(700) }),
      fc.record({ what: fc.constantFrom('pause', 'resume'), ms: fc.constant(0) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        setUp()
        const earliest: number[] = []
        for (const { what, ms } of steps) {
          if (what === 'send') {
            earliest.push(clock.now() + lab.latencyMs)
            carry(earliest.length - 1)
          } else if (what === 'latency') lab.latencyMs = ms
          else if (what === 'pause') clock.pause()
          else if (what === 'resume') clock.resume()
          else {
            const before = handed.length
            clock.advance(ms)
            if (clock.paused) expect(handed.length).toBe(before)
          }
        }
        clock.resume()
        clock.runUntilIdle()
        let dueAt = 0
        expect(handed).toEqual(
          earliest.map((at, content) => {
            dueAt = Math.max(dueAt, at)
            return [content, dueAt]
          }),
        )
      }),
    )
  })
})

describe('a link with a breakpoint', () => {
  /** Holds the next packet that is sent. */
  const holdNext = () => lab.breakpoints.set({ filter: 'type:0', once: true })
  const told = (...types: LabEvent['type'][]) =>
    events.filter(({ type }) => types.includes(type)).map(({ seq: _, ...event }) => event)
  const holdsTold = () => told('packet.held', 'packet.released')
  const contents = () => handed.map(([content]) => content)

  it('stops a packet in the middle, and lets it go the rest of its way', () => {
    holdNext()
    carry(1)
    clock.advance(299)
    expect(holdsTold()).toEqual([])
    clock.advance(10_000)
    expect([holdsTold(), handed, link.idle]).toEqual([
      [{ type: 'packet.held', at: 300, packet: 1, breakpoint: 1, behind: null, progress: 0.5 }],
      [],
      false,
    ])
    lab.heldPackets.release(1)
    expect(holdsTold().at(-1)).toEqual({
      type: 'packet.released',
      at: 10_299,
      packet: 1,
      dueAt: 10_599,
    })
    clock.runUntilIdle()
    expect([handed, link.idle]).toEqual([[[1, 10_599]], true])
  })

  it('stops it at once at latency 0', () => {
    lab.latencyMs = 0
    holdNext()
    carry(1)
    carry(2)
    expect(holdsTold()).toMatchObject([
      { at: 0, packet: 1, breakpoint: 1, behind: null, progress: 0.5 },
      { at: 0, packet: 2, breakpoint: null, behind: 1, progress: 0.5 },
    ])
    lab.heldPackets.release(1)
    expect(handed).toEqual([])
    clock.runUntilIdle()
    expect(handed).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  it('stops those behind it in the middle too, and lets those in front go on', () => {
    carry(1)
    clock.advance(100)
    holdNext()
    carry(2)
    clock.advance(100)
    carry(3)
    clock.advance(2_000)
    carry(4)
    expect(contents()).toEqual([1])
    lab.heldPackets.release(2)
    clock.runUntilIdle()
    expect(holdsTold()).toMatchObject([
      { type: 'packet.held', at: 400, packet: 2, breakpoint: 1, behind: null },
      { type: 'packet.held', at: 500, packet: 3, breakpoint: null, behind: 2 },
      { type: 'packet.released', at: 2_200, packet: 2, dueAt: 2_500 },
      { type: 'packet.released', at: 2_200, packet: 3, dueAt: 2_500 },
    ])
    expect(handed).toEqual([
      [1, 600],
      [2, 2_500],
      [3, 2_500],
      [4, 2_800],
    ])
  })

  it('slows down who would overtake one that was held', () => {
    holdNext()
    carry(1)
    clock.advance(1_000)
    lab.latencyMs = 100
    carry(2)
    lab.heldPackets.release(1)
    clock.runUntilIdle()
    expect(holdsTold().slice(1)).toMatchObject([
      { type: 'packet.released', at: 1_000, packet: 1, dueAt: 1_300 },
      { type: 'packet.held', at: 1_050, packet: 2, behind: 1 },
      { type: 'packet.released', at: 1_050, packet: 2, dueAt: 1_300 },
    ])
    expect(handed).toEqual([
      [1, 1_300],
      [2, 1_300],
    ])
  })

  it('holds one behind another for its own breakpoint when that one goes', () => {
    lab.breakpoints.set({ filter: 'type:0' })
    for (const content of [1, 2, 3]) carry(content)
    clock.runUntilIdle()
    expect(() => lab.heldPackets.release(3)).toThrow(
      'Packet 3 waits behind packet 2, which is held',
    )
    lab.heldPackets.release(1)
    clock.runUntilIdle()
    expect(contents()).toEqual([1])
    lab.heldPackets.releaseAll()
    clock.runUntilIdle()
    expect(contents()).toEqual([1, 2, 3])
  })

  it('does not stop a packet whose breakpoint goes before it is in the middle', () => {
    lab.breakpoints.set({ filter: 'type:0' })
    carry(1)
    clock.advance(200)
    lab.breakpoints.remove(1)
    clock.runUntilIdle()
    expect([holdsTold(), handed]).toEqual([[], [[1, 600]]])
  })

  it('loses what is dropped by hand, tells its owner, and lets those behind go on', () => {
    holdNext()
    const lost: number[] = []
    const bytes = Uint8Array.of(1)
    link.carry({
      kind: 0,
      exchange: 'new',
      bytes,
      handOver: () => handed.push([1, clock.now()]),
      dropped: (exchange) => lost.push(exchange),
    })
    carry(2)
    carry(3)
    clock.runUntilIdle()
    // One that only waits can be dropped as well.
    lab.heldPackets.drop(2)
    lab.heldPackets.drop(1)
    clock.runUntilIdle()
    expect(told('packet.dropped')).toMatchObject([
      { packet: 2, reason: 'DROPPED_BY_HAND' },
      { packet: 1, reason: 'DROPPED_BY_HAND' },
    ])
    expect([lost, contents()]).toEqual([[1], [3]])
    expect(() => lab.heldPackets.release(1)).toThrow('Packet 1 is not held: it was lost.')
  })

  it('says behind whom a packet waits when the one that it waited behind is dropped', () => {
    holdNext()
    holdNext()
    for (const content of [1, 2, 3]) carry(content)
    clock.runUntilIdle()
    lab.heldPackets.drop(2)
    expect(holdsTold().slice(2)).toMatchObject([
      { packet: 3, behind: 2 },
      { packet: 3, behind: 1 },
    ])
  })

  it('sends one twice: a copy right behind it, and before those that wait', () => {
    holdNext()
    const sent: number[] = []
    const got: [packet: number, exchange: number][] = []
    link.carry({
      kind: 0,
      exchange: 'new',
      bytes: Uint8Array.of(1),
      sent: (exchange) => sent.push(exchange),
      handOver: (packet, exchange) => got.push([packet, exchange]),
    })
    link.carry({
      kind: 2,
      exchange: 9,
      bytes: Uint8Array.of(2),
      handOver: (packet, exchange) => got.push([packet, exchange]),
    })
    clock.advance(1_000)
    expect(() => lab.heldPackets.duplicate(2)).toThrow(
      'Packet 2 waits behind packet 1, which is held',
    )
    lab.heldPackets.duplicate(1)
    expect(told('packet.sent').at(-1)).toMatchObject({
      packet: 3,
      exchange: 3,
      dueAt: 1_300,
      copyOf: 1,
    })
    expect(holdsTold().slice(2)).toMatchObject([
      { type: 'packet.held', packet: 3, breakpoint: null, behind: 1 },
      { type: 'packet.released', packet: 1, dueAt: 1_300 },
      { type: 'packet.released', packet: 3, dueAt: 1_300 },
      { type: 'packet.released', packet: 2, dueAt: 1_300 },
    ])
    clock.runUntilIdle()
    expect([sent, got]).toEqual([
      [1, 3],
      [
        [1, 1],
        [3, 3],
        [2, 9],
      ],
    ])
  })

  it('hands over the bytes that a packet was edited to, and sends copies of these', () => {
    holdNext()
    const got: Uint8Array[] = []
    link.carry({
      kind: 0,
      exchange: 'new',
      bytes: Uint8Array.of(1),
      handOver: (_packet, _exchange, bytes) => got.push(bytes),
    })
    clock.runUntilIdle()
    const bytes = new TextEncoder().encode('edited')
    lab.heldPackets.edit(1, bytes)
    lab.heldPackets.duplicate(1)
    clock.runUntilIdle()
    expect(got).toEqual([bytes, bytes])
    expect(told('packet.sent').at(-1)).toMatchObject({ packet: 2, kind: 'error', bytes })
  })

  it.each([0, 600])(
    'hands nothing over while paused, also not what is released, at latency %d',
    (latencyMs) => {
      lab.latencyMs = latencyMs
      lab.breakpoints.set({ filter: 'type:0' })
      carry(1)
      carry(2)
      clock.runUntilIdle()
      clock.pause()
      lab.heldPackets.duplicate(1)
      lab.heldPackets.releaseAll()
      clock.advance(10_000)
      expect(handed).toEqual([])
      clock.resume()
      clock.runUntilIdle()
      expect(contents()).toEqual([1, 1, 2])
    },
  )

  it('tells the reads of a packet right after it is sent', () => {
    const pieces = [{ bytes: 1, of: 5, at: 0 }]
    link.carry({ kind: 0, exchange: 0, bytes: Uint8Array.of(1), pieces, handOver() {} })
    expect(told('packet.sent', 'packet.read')).toMatchObject([
      { type: 'packet.sent', packet: 1 },
      { type: 'packet.read', packet: 1, pieces },
    ])
  })

  it('accounts for what it holds when it is dropped as a whole', () => {
    holdNext()
    carry(1)
    carry(2)
    clock.advance(400)
    carry(3)
    link.drop('CLIENT_LEFT')
    expect(told('packet.dropped').length).toBe(3)
    expect([link.idle, clock.pending]).toEqual([true, 0])
    expect(() => lab.heldPackets.release(1)).toThrow('Packet 1 is not held: it was lost.')
  })

  it('keeps the order and loses nothing that is not dropped, whatever the hand does', () => {
    const step = fc.record({
      what: fc.constantFrom(
        ...(['send', 'send', 'send', 'wait', 'wait', 'latency', 'pause', 'resume'] as const),
        ...(['hold', 'hold all', 'remove', 'release', 'release all', 'drop', 'twice'] as const),
      ),
      ms: fc.constantFrom(0, 1, 50, 333, 600),
      which: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        setUp()
        let sent = 0
        for (const { what, ms, which } of steps) {
          const { breakpoints, heldPackets } = lab
          const held = heldNow(events)
          const packet = held[which % Math.max(1, held.length)]
          const before = handed.length
          if (what === 'send') carry(sent++)
          else if (what === 'wait') clock.advance(ms)
          else if (what === 'latency') lab.latencyMs = ms
          else if (what === 'pause') clock.pause()
          else if (what === 'resume') clock.resume()
          else if (what === 'hold') holdNext()
          else if (what === 'hold all') breakpoints.set({ filter: 'type:0' })
          else if (what === 'remove') breakpoints.clear()
          else if (what === 'release all') heldPackets.releaseAll()
          else if (packet !== undefined) {
            try {
              if (what === 'release') heldPackets.release(packet)
              else if (what === 'drop') heldPackets.drop(packet)
              else heldPackets.duplicate(packet)
            } catch (error) {
              expect(String(error)).toContain('waits behind packet')
            }
          }
          if (clock.paused) expect(handed.length).toBe(before)
        }
        clock.resume()
        lab.breakpoints.clear()
        clock.runUntilIdle()
        lab.heldPackets.releaseAll()
        clock.runUntilIdle()
        expect(link.idle).toBe(true)
        // Copies come right behind their originals: the contents never go down.
        expect(contents()).toEqual([...contents()].sort((a, b) => a - b))
        const dropped = told('packet.dropped').length
        expect(handed.length + dropped).toBe(told('packet.sent').length)
        expect(heldNow(events)).toEqual([])
        for (const event of events) {
          if (event.type === 'packet.released') expect(event.dueAt).toBeGreaterThanOrEqual(event.at)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function heldNow(story: readonly LabEvent[]): number[] {
  const held = new Set<number>()
  for (const event of story) {
    if (event.type === 'packet.held') held.add(event.packet)
    if (event.type === 'packet.released' || event.type === 'packet.dropped') {
      held.delete(event.packet)
    }
  }
  return [...held]
}
