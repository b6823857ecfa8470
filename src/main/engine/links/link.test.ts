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
/** What the link reported to its owner. */
let calls: string[]

beforeEach(setUp)

function setUp(): void {
  setting = createLinkLab({ latencyMs: 600 })
  ;({ lab, clock, events } = setting)
  ;({ link, carry, handed, calls } = recordLink(setting))
}

const contents = () => handed().map(([content]) => content)

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
    expect([handed(), link.idle]).toEqual([[], false])
    clock.advance(1)
    expect([handed(), link.idle]).toEqual([[[1, 600]], true])
  })

  it('hands over at once at latency 0', () => {
    lab.links.latencyMs = 0
    carry(1)
    expect([handed(), clock.pending]).toEqual([[[1, 0]], 0])
  })

  it('numbers a new exchange by its packet, and says so before it hands over', () => {
    lab.links.latencyMs = 0
    for (const exchange of ['new', 'new', 1, 0] as const) {
      link.carry({ kind: 2, exchange, bytes: new Uint8Array() })
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
    lab.links.latencyMs = 0
    carry(2)
    lab.links.latencyMs = 100
    carry(3)
    expect(handed()).toEqual([])
    clock.advance(600)
    expect(handed()).toEqual([
      [1, 600],
      [2, 600],
      [3, 600],
    ])
    carry(4)
    clock.advance(100)
    expect(handed().at(-1)).toEqual([4, 700])
  })

  it('keeps the order when a hand-over sends the next packet', () => {
    const { carry, handed } = recordLink(setting, {}, ({ bytes }) => {
      if (bytes[0] === 3) carry(4)
    })
    carry(1)
    carry(2)
    lab.links.latencyMs = 0
    carry(3)
    carry(5)
    clock.runUntilIdle()
    expect(handed().map(([content]) => content)).toEqual([1, 2, 3, 5, 4])
  })

  it.each([0, 600])('hands nothing over while the clock is paused, at latency %d', (latencyMs) => {
    lab.links.latencyMs = latencyMs
    clock.pause()
    carry(1)
    carry(2)
    clock.advance(10_000)
    expect(handed()).toEqual([])
    clock.resume()
    clock.advance(latencyMs)
    expect(contents()).toEqual([1, 2])
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
    expect(contents()).toEqual([1, 4])
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
            earliest.push(clock.now() + lab.links.latencyMs)
            carry(earliest.length - 1)
          } else if (what === 'latency') lab.links.latencyMs = ms
          else if (what === 'pause') clock.pause()
          else if (what === 'resume') clock.resume()
          else {
            const before = handed().length
            clock.advance(ms)
            if (clock.paused) expect(handed().length).toBe(before)
          }
        }
        clock.resume()
        clock.runUntilIdle()
        let dueAt = 0
        expect(handed()).toEqual(
          earliest.map((at, content) => {
            dueAt = Math.max(dueAt, at)
            return [content, dueAt]
          }),
        )
      }),
    )
  })

  it('tells the reads of a packet right after it is sent', () => {
    const pieces = [{ bytes: 1, of: 5, at: 0 }]
    link.carry({ kind: 0, exchange: 0, bytes: Uint8Array.of(1), pieces })
    expect(setting.told('packet.sent', 'packet.read')).toMatchObject([
      { type: 'packet.sent', packet: 1 },
      { type: 'packet.read', packet: 1, pieces },
    ])
  })
})

describe('a link whose owner has delivered a packet when it is handed over', () => {
  const pieces = [{ bytes: 1, of: 5, at: 0 }]
  const carryInPieces = () =>
    link.carry({ kind: 0, exchange: 'new', bytes: Uint8Array.of(1), pieces })
  const types = () => events.map(({ type }) => type)

  beforeEach(() => {
    lab.links.latencyMs = 0
    ;({ link, calls } = recordLink(setting, { deliversAtOnce: true }))
  })

  it('tells in one event what nothing holds', () => {
    carryInPieces()
    expect(events).toEqual([
      {
        seq: 1,
        at: 0,
        type: 'packet.carried',
        packet: 1,
        exchange: 1,
        kind: 0,
        from: 'client:1',
        to: 'proxy',
        connection: 7,
        bytes: Uint8Array.of(1),
        pieces,
      },
    ])
    expect(calls).toEqual(['sent 1', 'packet 1 of 1'])
  })

  it('tells one after another what happens to a packet that something may hold', () => {
    lab.links.latencyMs = 5
    carryInPieces()
    clock.advance(5)
    expect(types()).toEqual(['packet.sent', 'packet.read', 'packet.delivered'])
    lab.links.latencyMs = 0
    clock.pause()
    carryInPieces()
    expect(types().slice(3)).toEqual(['packet.sent', 'packet.read'])
    clock.resume()
    clock.advance(0)
    expect(types().slice(5)).toEqual(['packet.delivered'])
    lab.breakpoints.set({ filter: 'type:1' })
    carryInPieces()
    expect(types().slice(7)).toEqual(['packet.sent', 'packet.read', 'packet.delivered'])
  })
})
