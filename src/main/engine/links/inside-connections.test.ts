import { beforeEach, describe, expect, it } from 'vitest'
import type { Piece } from '../../../shared/events'
import { createManualClock } from '../clock/manual-clock'
import { Journal } from '../journal'
import { Track, Wires } from './inside-connections'

/** The dialler's end. */
const SOCKET = { localPort: 4_000, localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' }

let journal: Journal
/** What became of which packet. */
let story: string[]
let reads: { packet: number; pieces: readonly Piece[]; after: string[] }[]

beforeEach(() => {
  journal = new Journal(createManualClock())
  story = []
  reads = []
  journal.subscribe((event) => {
    if (event.type === 'packet.read') {
      reads.push({ packet: event.packet, pieces: event.pieces, after: [...story] })
    }
    if (event.type === 'packet.delivered') story.push(`${event.packet} delivered`)
    else if (event.type === 'packet.dropped') story.push(`${event.packet} ${event.reason}`)
    else if (event.type === 'connection.opened') story.push(`${event.from} opened`)
    else if (event.type === 'connection.closed') story.push(`${event.node} closed`)
  })
})

describe('one direction of a connection', () => {
  it('has delivered a packet when all its bytes have arrived', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    expect(track.arrived(99)).toBeUndefined()
    expect(story).toEqual([])
    expect(track.arrived(100)).toMatchObject({ packet: 1, exchange: 11 })
    expect(story).toEqual(['1 delivered'])
    expect(track.arrived(100)).toBeUndefined()
  })

  it('delivers several with one read, in order, and returns the last', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    track.sent(3, 13, 50)
    expect(track.arrived(199)?.packet).toBe(2)
    expect(story).toEqual(['1 delivered', '2 delivered'])
    track.sent(4, 14, 1)
    expect(track.arrived(201)).toMatchObject({ packet: 4, exchange: 14 })
    expect(story.slice(2)).toEqual(['3 delivered', '4 delivered'])
  })

  it('has delivered a packet when its message is taken, whatever white space is behind it', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    expect(track.taken(98)?.exchange).toBe(11)
    expect(story).toEqual(['1 delivered'])
    expect(track.taken(150)?.exchange).toBe(12)
    expect(story).toEqual(['1 delivered', '2 delivered'])
  })

  it('knows what a message came in that was given up after all its bytes were read', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    track.arrived(100)
    expect(track.taken(100)?.exchange).toBe(11)
    expect(track.taken(120)).toBeUndefined()
    expect(story).toEqual(['1 delivered'])
  })

  it('takes a message that runs on into the next packet for that one’s', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    expect(track.taken(130)?.exchange).toBe(12)
    expect(story).toEqual(['1 delivered', '2 delivered'])
  })

  it('tells the reads that a packet took before its delivery, unless it was one of its own', () => {
    const track = new Track(journal)
    for (const packet of [1, 2, 3]) track.sent(packet, 10 + packet, 10)
    track.came(10, 1)
    track.taken(10)
    track.came(4, 2)
    track.came(16, 3)
    track.taken(20)
    track.taken(30)
    const both = [
      { bytes: 4, of: 4, at: 2 },
      { bytes: 6, of: 16, at: 3 },
    ]
    expect(reads).toEqual([
      { packet: 2, pieces: both, after: ['1 delivered'] },
      {
        packet: 3,
        pieces: [{ bytes: 10, of: 16, at: 3 }],
        after: ['1 delivered', '2 delivered'],
      },
    ])
  })

  it('loses what has not arrived when the receiver goes, and whatever is sent after', () => {
    const track = new Track(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    track.arrived(120)
    track.lost('SERVER_CLOSED')
    expect(track.arrived(150)).toBeUndefined()
    track.sent(3, 13, 10)
    expect(story).toEqual(['1 delivered', '2 SERVER_CLOSED', '3 SERVER_CLOSED'])
  })
})

describe('wires', () => {
  it('are found by the two ports once the dialler is open', () => {
    const wires = new Wires(journal)
    const wire = wires.create('client:1', 'proxy')
    expect(wires.find(4_000, 2_100)).toBeUndefined()
    wires.opened(wire, SOCKET, 2_100)
    expect(wires.find(4_000, 2_100)).toBe(wire)
    expect(wires.find(2_100, 4_000)).toBeUndefined()
    expect(story).toEqual(['client:1 opened'])
  })

  it('have numbers of their own, which other connections do not get', () => {
    const wires = new Wires(journal)
    const first = wires.create('client:1', 'proxy').connection
    expect([journal.nextConnection(), wires.create('client:2', 'proxy').connection]).toEqual([
      first + 1,
      first + 2,
    ])
  })

  it('of a dialler that has left stay to be found by an acceptor that has still to read', () => {
    const wires = new Wires(journal)
    const wire = wires.create('client:1', 'proxy')
    wires.opened(wire, SOCKET, 2_100)
    wire.toAcceptor.sent(1, 1, 10)
    wire.toDialler.sent(2, 1, 10)
    wires.closedByDialler(wire, 'CLIENT_LEFT', false)
    expect(story).toEqual(['client:1 opened', '2 CLIENT_LEFT', 'client:1 closed'])
    wires.find(4_000, 2_100)?.toAcceptor.arrived(10)
    expect(story.at(-1)).toBe('1 delivered')
    wires.closedByAcceptor(wire, 'PROXY_CLOSED')
    expect(wires.find(4_000, 2_100)).toBeUndefined()
  })

  it('that broke lose what was on its way in both directions', () => {
    const wires = new Wires(journal)
    const wire = wires.create('client:1', 'proxy')
    wires.opened(wire, SOCKET, 2_100)
    wire.toAcceptor.sent(1, 1, 10)
    wire.toDialler.sent(2, 1, 10)
    wires.closedByDialler(wire, 'PROXY_UNREACHABLE', true)
    expect(story.slice(1).sort()).toEqual([
      '1 PROXY_UNREACHABLE',
      '2 PROXY_UNREACHABLE',
      'client:1 closed',
    ])
    expect(wires.find(4_000, 2_100)).toBeUndefined()
  })

  it('that never opened lose what was to go over them, and were never told as open', () => {
    const wires = new Wires(journal)
    const wire = wires.create('client:1', 'proxy')
    wire.toAcceptor.sent(1, 1, 10)
    wires.closedByDialler(wire, 'PROXY_UNREACHABLE', true)
    expect(story).toEqual(['1 PROXY_UNREACHABLE'])
  })

  it('are seen into where an inside actor listens, as long as it does', () => {
    const wires = new Wires(journal)
    wires.setListening('127.0.0.1', 2_105, true)
    expect(wires.isInside('127.0.0.1', 2_105)).toBe(true)
    expect(wires.isInside('127.0.0.1', 2_110)).toBe(false)
    expect(wires.isInside('10.0.0.7', 2_105)).toBe(false)
    wires.setListening('127.0.0.1', 2_105, false)
    expect(wires.isInside('127.0.0.1', 2_105)).toBe(false)
  })

  it('leave their ports to later ones', () => {
    const wires = new Wires(journal)
    const old = wires.create('client:1', 'proxy')
    wires.opened(old, SOCKET, 2_100)
    const later = wires.create('client:2', 'proxy')
    wires.opened(later, SOCKET, 2_100)
    wires.closedByAcceptor(old, 'PROXY_CLOSED')
    expect(wires.find(4_000, 2_100)).toBe(later)
  })
})
