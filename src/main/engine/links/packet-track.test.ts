import { beforeEach, describe, expect, it } from 'vitest'
import type { Piece } from '../../../shared/events'
import { createManualClock } from '../clock/manual-clock'
import { Journal } from '../story/journal'
import { PacketTrack } from './packet-track'

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
  })
})

describe('one direction of a connection', () => {
  it('has delivered a packet when all its bytes have arrived', () => {
    const track = new PacketTrack(journal)
    track.sent(1, 11, 100)
    expect(track.arrived(99)).toBeUndefined()
    expect(story).toEqual([])
    expect(track.arrived(100)).toMatchObject({ packet: 1, exchange: 11 })
    expect(story).toEqual(['1 delivered'])
    expect(track.arrived(100)).toBeUndefined()
  })

  it('delivers several with one read, in order, and returns the last', () => {
    const track = new PacketTrack(journal)
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
    const track = new PacketTrack(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    expect(track.found(98)?.exchange).toBe(11)
    expect(story).toEqual(['1 delivered'])
    expect(track.found(150)?.exchange).toBe(12)
    expect(story).toEqual(['1 delivered', '2 delivered'])
  })

  it('knows what a message came in that was given up after all its bytes were read', () => {
    const track = new PacketTrack(journal)
    track.sent(1, 11, 100)
    track.arrived(100)
    expect(track.found(100)?.exchange).toBe(11)
    expect(track.found(120)).toBeUndefined()
    expect(story).toEqual(['1 delivered'])
  })

  it('takes a message that runs on into the next packet for that one’s', () => {
    const track = new PacketTrack(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    expect(track.found(130)?.exchange).toBe(12)
    expect(story).toEqual(['1 delivered', '2 delivered'])
  })

  it('tells the reads that a packet took before its delivery, unless it was one of its own', () => {
    const track = new PacketTrack(journal)
    for (const packet of [1, 2, 3]) track.sent(packet, 10 + packet, 10)
    track.read(10, 1)
    track.found(10)
    track.read(4, 2)
    track.read(16, 3)
    track.found(20)
    track.found(30)
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
    const track = new PacketTrack(journal)
    track.sent(1, 11, 100)
    track.sent(2, 12, 50)
    track.arrived(120)
    track.lost('SERVER_CLOSED')
    expect(track.arrived(150)).toBeUndefined()
    track.sent(3, 13, 10)
    expect(story).toEqual(['1 delivered', '2 SERVER_CLOSED', '3 SERVER_CLOSED'])
  })
})
