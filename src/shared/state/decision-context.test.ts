import { expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../events'
import { settled } from '../settings/derive'
import { POOL_SETTINGS } from '../settings/pool'
import { INITIAL_STATE, reduce } from './reduce'

const decided = (parts: Partial<Extract<EventBody, { type: 'decision.made' }>>): EventBody => ({
  type: 'decision.made',
  exchange: 1,
  attempt: 1,
  policy: '111',
  algorithm: 'random',
  server: '3',
  candidates: ['1', '2', '3'],
  passedOver: [],
  reason: { by: 'random', drawn: 0 },
  next: null,
  ...parts,
})

const server = (id: string, parts: { maxConnections?: number } = {}): EventBody => ({
  type: 'node.added',
  node: { id: `server:${id}`, role: 'server', origin: 'inside', protocolId: id, ...parts },
})

type Row = Extract<EventBody, { type: 'row.set' }>['row']

const row = (id: string, parts: Partial<Row> = {}): EventBody => ({
  type: 'row.set',
  row: {
    server: id,
    policy: '111',
    listenPort: 5_000,
    address: '127.0.0.1',
    node: `server:${id}`,
    health: 'up',
    ...parts,
  },
})

const sent: EventBody = {
  type: 'packet.sent',
  packet: 1,
  exchange: 1,
  kind: 0,
  from: 'client:1',
  to: 'proxy',
  connection: 1,
  dueAt: 0,
  bytes: new Uint8Array(),
  copyOf: null,
}

function after(...bodies: EventBody[]) {
  const events = bodies.map((body, index): LabEvent => ({ seq: index + 1, at: index, ...body }))
  return reduce(INITIAL_STATE, events)
}

it('a decision keeps the limit of a full server, and until when another one is ejected', () => {
  const state = after(
    ...[
      server('1', { maxConnections: 2 }),
      server('2'),
      server('3', { maxConnections: 8 }),
      row('1'),
    ],
    ...[row('2', { health: 'down', cause: 'ejected', until: 42_000 }), row('3')],
    decided({
      passedOver: [
        { server: '1', why: 'full' },
        { server: '2', why: 'ejected' },
        { server: '9', why: 'full' },
        { server: '3', why: 'full', inFlight: 4, limit: 1 },
      ],
    }),
    // What comes later changes nothing about it.
    ...[server('1', { maxConnections: 9 }), row('2')],
  )
  expect(state.decisions.get('111')?.passedOver).toEqual([
    { server: '1', why: 'full', limit: 2 },
    { server: '2', why: 'ejected', until: 42_000 },
    { server: '9', why: 'full' },
    { server: '3', why: 'full', inFlight: 4, limit: 1 },
  ])
})

it('a further attempt keeps why the one before it failed', () => {
  const failed: EventBody = {
    type: 'upstream.failed',
    exchange: 1,
    server: '1',
    reason: 'SERVER_CLOSED',
    detail: '',
  }
  const state = after(
    ...[server('1'), row('1'), server('3'), row('3'), sent],
    ...[decided({ server: '1' }), failed, decided({ attempt: 2 })],
  )
  expect(state.packets.at(0)?.decision?.failure).toEqual({
    attempt: 1,
    server: '1',
    reason: 'SERVER_CLOSED',
    at: 6,
  })
  expect(state.packets.at(0)?.earlierDecisions?.[0]?.failure).toBeUndefined()
})

it('a panic keeps its own count of those that were healthy, and how many should be', () => {
  const pool = settled(POOL_SETTINGS, { panicPercent: 50 })
  const state = after(
    ...[row('1', { health: 'down' }), row('2', { health: 'down' }), row('3')],
    { type: 'pool.changed', policy: '111', ...pool },
    decided({ panic: true, healthy: 1, of: 2 }),
  )
  expect(state.decisions.get('111')).toMatchObject({ healthy: 1, of: 2, panicBelow: 50 })
})
