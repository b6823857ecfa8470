import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock } from './clock/manual-clock'
import { Journal } from './journal'
import { Track, Wires } from './wires'

let journal: Journal
/** What became of which packet. */
let story: string[]

beforeEach(() => {
  journal = new Journal(createManualClock())
  story = []
  journal.subscribe((event) => {
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
    expect(track.arrived(100)).toEqual({ packet: 1, exchange: 11, end: 100 })
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
    expect(track.arrived(201)).toEqual({ packet: 4, exchange: 14, end: 201 })
    expect(story.slice(2)).toEqual(['3 delivered', '4 delivered'])
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
    wires.opened(wire, 4_000, 2_100)
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
    wires.opened(wire, 4_000, 2_100)
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
    wires.opened(wire, 4_000, 2_100)
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

  it('leave their ports to later ones', () => {
    const wires = new Wires(journal)
    const old = wires.create('client:1', 'proxy')
    wires.opened(old, 4_000, 2_100)
    const later = wires.create('client:2', 'proxy')
    wires.opened(later, 4_000, 2_100)
    wires.closedByAcceptor(old, 'PROXY_CLOSED')
    expect(wires.find(4_000, 2_100)).toBe(later)
  })
})
