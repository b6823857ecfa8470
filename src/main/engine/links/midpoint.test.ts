import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import type { ManualClock } from '../clock/manual-clock'
import type { Lab } from '../lab'
import type { Link } from './link'
import { createLinkLab, type LinkLab, type RecordedLink, recordLink } from './testing'

let setting: LinkLab
let lab: Lab
let clock: ManualClock
let events: LabEvent[]
let link: Link
let carry: RecordedLink['carry']
let handed: RecordedLink['handed']
let handedOver: RecordedLink['handedOver']
/** What the link reported to its owner. */
let calls: string[]

beforeEach(setUp)

function setUp(): void {
  setting = createLinkLab({ latencyMs: 600 })
  ;({ lab, clock, events } = setting)
  ;({ link, carry, handed, handedOver, calls } = recordLink(setting))
}

describe('the midpoint of a link', () => {
  /** Holds the next packet that is sent. */
  const holdNext = () => lab.breakpoints.set({ filter: 'type:0', once: true })
  const told: LinkLab['told'] = (...types) => setting.told(...types)
  const holdsTold = () => told('packet.held', 'packet.released')
  const contents = () => handed().map(([content]) => content)

  it('stops a packet in the middle, and releases it for the rest of its way', () => {
    holdNext()
    carry(1)
    clock.advance(299)
    expect(holdsTold()).toEqual([])
    clock.advance(10_000)
    expect([holdsTold(), handed(), link.idle]).toEqual([
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
    expect([handed(), link.idle]).toEqual([[[1, 10_599]], true])
  })

  it('stops it at once at latency 0', () => {
    lab.links.latencyMs = 0
    holdNext()
    carry(1)
    carry(2)
    expect(holdsTold()).toMatchObject([
      { at: 0, packet: 1, breakpoint: 1, behind: null, progress: 0.5 },
      { at: 0, packet: 2, breakpoint: null, behind: 1, progress: 0.5 },
    ])
    lab.heldPackets.release(1)
    expect(handed()).toEqual([])
    clock.runUntilIdle()
    expect(handed()).toEqual([
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
    expect(handed()).toEqual([
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
    lab.links.latencyMs = 100
    carry(2)
    lab.heldPackets.release(1)
    clock.runUntilIdle()
    expect(holdsTold().slice(1)).toMatchObject([
      { type: 'packet.released', at: 1_000, packet: 1, dueAt: 1_300 },
      { type: 'packet.held', at: 1_050, packet: 2, behind: 1 },
      { type: 'packet.released', at: 1_050, packet: 2, dueAt: 1_300 },
    ])
    expect(handed()).toEqual([
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
    expect([holdsTold(), handed()]).toEqual([[], [[1, 600]]])
  })

  it('loses what is dropped by hand, tells its owner, and lets those behind go on', () => {
    holdNext()
    for (const content of [1, 2, 3]) carry(content)
    clock.runUntilIdle()
    // One that only waits can be dropped as well.
    lab.heldPackets.drop(2)
    lab.heldPackets.drop(1)
    clock.runUntilIdle()
    expect(told('packet.dropped')).toMatchObject([
      { packet: 2, reason: 'DROPPED_BY_HAND' },
      { packet: 1, reason: 'DROPPED_BY_HAND' },
    ])
    expect(calls.slice(3)).toEqual(['dropped 2', 'dropped 1', 'packet 3 of 3'])
    expect(contents()).toEqual([3])
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
    carry(1)
    link.carry({ kind: 2, exchange: 9, bytes: Uint8Array.of(2) })
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
    expect(calls).toEqual([
      ...['sent 1', 'sent 9', 'sent 3'],
      ...['packet 1 of 1', 'packet 3 of 3', 'packet 2 of 9'],
    ])
    expect(handedOver.map(({ isCopy }) => isCopy)).toEqual([false, true, false])
  })

  it('hands over the bytes that a packet was edited to, and sends copies of these', () => {
    holdNext()
    carry(1)
    clock.runUntilIdle()
    const bytes = new TextEncoder().encode('edited')
    lab.heldPackets.edit(1, bytes)
    lab.heldPackets.duplicate(1)
    clock.runUntilIdle()
    expect(handedOver.map((handed) => handed.bytes)).toEqual([bytes, bytes])
    expect(told('packet.sent').at(-1)).toMatchObject({ packet: 2, kind: 'error', bytes })
  })

  it.each([0, 600])(
    'hands nothing over while paused, also not what is released, at latency %d',
    (latencyMs) => {
      lab.links.latencyMs = latencyMs
      lab.breakpoints.set({ filter: 'type:0' })
      carry(1)
      carry(2)
      clock.runUntilIdle()
      clock.pause()
      lab.heldPackets.duplicate(1)
      lab.heldPackets.releaseAll()
      clock.advance(10_000)
      expect(handed()).toEqual([])
      clock.resume()
      clock.runUntilIdle()
      expect(contents()).toEqual([1, 1, 2])
    },
  )

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
          const before = handed().length
          if (what === 'send') carry(sent++)
          else if (what === 'wait') clock.advance(ms)
          else if (what === 'latency') lab.links.latencyMs = ms
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
          if (clock.paused) expect(handed().length).toBe(before)
        }
        clock.resume()
        lab.breakpoints.clear()
        clock.runUntilIdle()
        lab.heldPackets.releaseAll()
        clock.runUntilIdle()
        expect(link.idle).toBe(true)
        // Copies come right behind their originals: the contents never go down.
        const sorted = [...contents()].sort((a, b) => (a ?? 0) - (b ?? 0))
        expect(contents()).toEqual(sorted)
        const dropped = told('packet.dropped').length
        expect(handed().length + dropped).toBe(told('packet.sent').length)
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
