import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../clock/manual-clock'
import { Journal } from '../story/journal'
import { Connections, InsideConnection } from './connections'

/** The dialler's end. */
const SOCKET = { localPort: 4_000, localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' }

let journal: Journal
let connections: Connections
/** What became of which packet and connection. */
let story: string[]

beforeEach(() => {
  journal = new Journal(createManualClock())
  connections = new Connections(journal)
  connections.listening('127.0.0.1', 2_100, 'proxy')
  story = []
  journal.subscribe((event) => {
    if (event.type === 'packet.delivered') story.push(`${event.packet} delivered`)
    else if (event.type === 'packet.dropped') story.push(`${event.packet} ${event.reason}`)
    else if (event.type === 'connection.opened') story.push(`${event.from} opened`)
    else if (event.type === 'connection.closed') story.push(`${event.node} closed`)
  })
})

function dial(client: string): InsideConnection {
  const connection = connections.dial(client, 'proxy', '127.0.0.1', 2_100)
  if (connection instanceof InsideConnection) return connection
  throw new Error('The proxy is an inside node.')
}

describe('a dialled connection', () => {
  it('is found by its two ports once the dialler is open', () => {
    const dialled = dial('client:1')
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBeUndefined()
    connections.opened(dialled, SOCKET, 2_100)
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBe(dialled)
    expect(connections.find('127.0.0.1', 2_100, 4_000)).toBeUndefined()
    expect(story).toEqual(['client:1 opened'])
  })

  it('has a number of its own, which other connections do not get', () => {
    const first = dial('client:1').id
    expect([journal.nextConnection(), dial('client:2').id]).toEqual([first + 1, first + 2])
  })

  it('stays to be found after its dialler has left, for an acceptor that has still to read', () => {
    const dialled = dial('client:1')
    connections.opened(dialled, SOCKET, 2_100)
    dialled.toAcceptor.sent(1, 1, 10)
    dialled.toDialler.sent(2, 1, 10)
    connections.closedByDialler(dialled, 'CLIENT_LEFT', false)
    expect(story).toEqual(['client:1 opened', '2 CLIENT_LEFT', 'client:1 closed'])
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBe(dialled)
    dialled.toAcceptor.arrived(10)
    expect(story.at(-1)).toBe('1 delivered')
    connections.closedByAcceptor(dialled, 'PROXY_CLOSED')
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBeUndefined()
  })

  it('loses the packets on it in both directions where it broke', () => {
    const dialled = dial('client:1')
    connections.opened(dialled, SOCKET, 2_100)
    dialled.toAcceptor.sent(1, 1, 10)
    dialled.toDialler.sent(2, 1, 10)
    connections.closedByDialler(dialled, 'PROXY_UNREACHABLE', true)
    expect(story.slice(1).sort()).toEqual([
      '1 PROXY_UNREACHABLE',
      '2 PROXY_UNREACHABLE',
      'client:1 closed',
    ])
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBeUndefined()
  })

  it('that never opened loses its packets, and no event says that it was open', () => {
    const dialled = dial('client:1')
    dialled.toAcceptor.sent(1, 1, 10)
    connections.closedByDialler(dialled, 'PROXY_UNREACHABLE', true)
    expect(story).toEqual(['1 PROXY_UNREACHABLE'])
  })

  it('is seen from both ends where an inside node listens, as long as it does', () => {
    const isInside = (address: string, port: number) =>
      connections.dial('client:1', 'proxy', address, port) instanceof InsideConnection
    expect(isInside('127.0.0.1', 2_100)).toBe(true)
    expect(isInside('127.0.0.1', 2_105)).toBe(false)
    expect(isInside('10.0.0.7', 2_100)).toBe(false)
    connections.stoppedListening('127.0.0.1', 2_100)
    expect(isInside('127.0.0.1', 2_100)).toBe(false)
  })

  it('is not seen from both ends where a node dials itself, and is found all the same', () => {
    const toItself = connections.dial('proxy', 'outside:server:7', '127.0.0.1', 2_100)
    expect(toItself).not.toBeInstanceOf(InsideConnection)
    connections.opened(toItself, SOCKET, 2_100)
    expect(connections.find('127.0.0.1', 4_000, 2_100)?.dialler).toBe('proxy')
    connections.closedByDialler(toItself, 'SERVER_CLOSED', false)
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBeUndefined()
  })

  it('leaves its ports to later ones', () => {
    const old = dial('client:1')
    connections.opened(old, SOCKET, 2_100)
    const later = dial('client:2')
    connections.opened(later, SOCKET, 2_100)
    connections.closedByAcceptor(old, 'PROXY_CLOSED')
    expect(connections.find('127.0.0.1', 4_000, 2_100)).toBe(later)
  })

  it('is busy while it is dialled, and while a packet has been written and not been read', () => {
    expect(connections.busy).toBe(false)
    const dialled = dial('client:1')
    expect(connections.busy).toBe(true)
    connections.opened(dialled, SOCKET, 2_100)
    expect(connections.busy).toBe(false)
    dialled.toDialler.sent(1, 1, 10)
    expect(connections.busy).toBe(true)
    dialled.toDialler.arrived(10)
    expect(connections.busy).toBe(false)
  })
})
