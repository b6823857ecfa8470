import { describe, expect, it } from 'vitest'
import type { EventBody, LabEvent, Node, Row } from '../events'
import { INITIAL_STATE, reduce } from './reduce'
import type { State } from './state'

const SERVER: Node = { id: 'outside:server:7', role: 'server', origin: 'outside', protocolId: '7' }

/** The state after these events, each at its time. */
function after(story: readonly (readonly [number, EventBody])[]): State {
  const events = story.map(([at, body], index): LabEvent => ({ seq: index + 1, at, ...body }))
  return reduce(INITIAL_STATE, events)
}

function connection(number: number, dialler: string, acceptor: string): EventBody {
  return {
    type: 'connection.opened',
    connection: number,
    from: dialler,
    to: acceptor,
    fromPort: 40_000,
    toPort: 5_000,
    fromAddress: '127.0.0.1',
    toAddress: '127.0.0.1',
  }
}

function sent(packet: number, from: string, to: string): EventBody {
  return {
    type: 'packet.sent',
    packet,
    exchange: 1,
    kind: 2,
    from,
    to,
    connection: 1,
    dueAt: 600,
    bytes: new Uint8Array(),
    copyOf: null,
  }
}

function row(health: Row['health'], listenPort = 5_000): EventBody {
  const { id: node } = SERVER
  return {
    type: 'row.set',
    row: { server: '7', policy: '111', listenPort, address: '127.0.0.1', node, health },
  }
}

const FAILED: EventBody = {
  type: 'upstream.failed',
  exchange: 1,
  server: '7',
  reason: 'SERVER_UNREACHABLE',
  detail: 'Server 7 refused the connection.',
}

describe('when an outside program was last seen', () => {
  const added: EventBody = { type: 'node.added', node: SERVER }
  const lastSeen = (...story: (readonly [number, EventBody])[]) =>
    after([[10, added], ...story]).nodes.get(SERVER.id)?.lastSeenAt

  it('is when it appeared, sent something, or opened, accepted or closed a connection', () => {
    expect(lastSeen()).toBe(10)
    expect(lastSeen([20, sent(1, SERVER.id, 'proxy')])).toBe(20)
    expect(lastSeen([20, connection(1, SERVER.id, 'proxy')])).toBe(20)
    expect(lastSeen([20, connection(1, 'proxy', SERVER.id)])).toBe(20)
    const closed: EventBody = { type: 'connection.closed', connection: 1, node: SERVER.id }
    expect(lastSeen([20, connection(1, SERVER.id, 'proxy')], [30, closed])).toBe(30)
  })

  it('is not when something was sent to it', () => {
    const arrived: EventBody = { type: 'packet.delivered', packet: 1 }
    expect(lastSeen([20, sent(1, 'proxy', SERVER.id)], [30, arrived])).toBe(10)
  })

  it('is of no interest for an inside node', () => {
    const inside: Node = { ...SERVER, id: 'server:7', origin: 'inside' }
    const state = after([[10, { type: 'node.added', node: inside }]])
    expect(state.nodes.get('server:7')).not.toHaveProperty('lastSeenAt')
  })
})

describe('the last failure of a server', () => {
  const added: EventBody = { type: 'node.added', node: SERVER }
  const failed = [
    [10, added],
    [10, row('up')],
    [20, row('down')],
    [20, FAILED],
  ] as const
  const lastFailure = (...story: (readonly [number, EventBody])[]) =>
    after([...failed, ...story]).rows.get('7')?.lastFailure

  it('says when and why', () => {
    expect(lastFailure()).toEqual({
      at: 20,
      reason: 'SERVER_UNREACHABLE',
      detail: 'Server 7 refused the connection.',
    })
  })

  it('is forgotten when the server is up again, or has answered', () => {
    expect(lastFailure([30, row('down', 5_001)])).toBeDefined()
    expect(lastFailure([30, row('up')])).toBeUndefined()
    expect(lastFailure([30, sent(1, SERVER.id, 'proxy')])).toBeDefined()
    expect(
      lastFailure([30, sent(1, SERVER.id, 'proxy')], [40, { type: 'packet.delivered', packet: 1 }]),
    ).toBeUndefined()
  })
})
