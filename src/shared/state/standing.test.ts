import { describe, expect, it } from 'vitest'
import { standingOf } from './standing'
import type { NodeState, RowState } from './state'

const inside: NodeState = {
  id: 'server:1',
  role: 'server',
  origin: 'inside',
  protocolId: '1',
  policy: '111',
  sent: 0,
  received: 0,
  errors: 0,
  served: 0,
  inFlight: 0,
  connections: 0,
}
const outside: NodeState = { ...inside, origin: 'outside', lastSeenAt: 5_203 }
const up: RowState = {
  server: '1',
  policy: '111',
  listenPort: 5_000,
  address: '127.0.0.1',
  node: 'server:1',
  health: 'up',
  chosen: 0,
  served: 0,
  failed: 0,
}
const down: RowState = { ...up, health: 'down' }

describe('what is known of a server', () => {
  it('is that it is up, of one that runs in the app or has a connection kept open', () => {
    expect(standingOf(up, inside).words).toBe('up')
    expect(standingOf(up, { ...outside, keepConnection: true, connections: 1 }).kind).toBe('up')
    expect(standingOf(up, { ...outside, keepConnection: true }).kind).toBe('seen')
  })

  it('is when it was last seen, of an outside program', () => {
    expect(standingOf(up, outside)).toEqual({
      kind: 'seen',
      words: 'seen 5.203',
      details:
        'It was up when last seen, at 5.203. The next message for it shows whether it still is.',
    })
    const older = { ...outside }
    delete older.lastSeenAt
    expect(standingOf(up, older).words).toBe('up')
  })

  it('is why it is down, before when it was last seen', () => {
    const detail = 'Server 1 refused the connection: is it still running? (ECONNREFUSED)'
    const lastFailure = { at: 9_000, reason: 'SERVER_UNREACHABLE', detail } as const
    const { words, details } = standingOf({ ...down, lastFailure }, outside)
    expect(words).toBe('down')
    expect(details).toBe(`${detail} Last seen at 5.203.`)
    const untold = { ...lastFailure, detail: '' }
    expect(standingOf({ ...down, lastFailure: untold }, inside).details).toBe(
      'The server does not accept connections.',
    )
    expect(standingOf(down, undefined).details).toBe('')
  })
})
