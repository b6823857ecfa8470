import { describe, expect, it } from 'vitest'
import { PROXY } from '../../ids'
import type { ProgramKind } from '../../program-command'
import { INITIAL_STATE, reduce } from '../../state/reduce'
import type { Packet, State } from '../../state/state'
import type { WireEvent, WireHappening } from '../wire-event'
import { exchangeEvents, FLIGHT_MS } from './story'

const text = new TextEncoder()

function bytes(what: string): { length: number; text: string; base64: string } {
  return { length: text.encode(what).length, text: what, base64: btoa(what) }
}

const question = (client: number, payload: string) =>
  `{"type":0,"srcid":${client},"privPoliId":111,"payloadsize":2,"payload":"${payload}"}`
const answer = (client: number, hash: string) =>
  `{"type":2,"srcid":100,"destid":${client},"payloadsize":40,"payload":"${hash}"}`
const REGISTRATION = '{"type":1,"id":100,"privPolyId":111,"listenport":2101}'

const opened = (peer: string, connection: number, type: 'opened' | 'accepted' = 'opened') =>
  ({ type, peer, connection, fromPort: 40_000 + connection, toPort: 2100 }) as const
const sent = (peer: string, connection: number, what: string) =>
  ({ type: 'sent', peer, connection, ...bytes(what) }) as const
const received = (peer: string, connection: number, what: string) =>
  ({ type: 'received', peer, connection, ...bytes(what) }) as const

/** One event each 0.1 ms, and the failure 3 s after the last; the state at the end, and the events. */
function played(subject: ProgramKind, happenings: readonly WireHappening[]) {
  const exchange = happenings.map((one, index): WireEvent => ({ atMs: index / 10, ...one }))
  const evidence = {
    sent: [],
    expected: 'an answer',
    came: 'nothing came',
    lastWords: [],
    exchange,
    startedAt: 1_700_000_000_000,
    tookMs: exchange.length / 10 + 3_000,
  }
  const { events, realTimes } = exchangeEvents(
    { subject, id: 'one', evidence },
    new Map([['a', 'hash of a']]),
  )
  return { state: reduce(INITIAL_STATE, events), events, realTimes, evidence }
}

function packetsOf({ packets }: State): Packet[] {
  return Array.from({ length: packets.end }, (_, index) => packets.at(index)).flatMap(
    (packet) => packet ?? [],
  )
}

describe('the exchange of a check as events', () => {
  it('has packets of clients that asked at once on their way at once', () => {
    const { state } = played('proxy', [
      opened('client 1', 1),
      opened('client 2', 2),
      sent('client 1', 1, question(1, 'a')),
      sent('client 2', 2, question(2, 'b')),
    ])
    const [one, other] = packetsOf(state)
    expect(other?.sentAt).toBeLessThan((one?.sentAt ?? 0) + 1)
  })

  it('has a forwarded question in the exchange of its client, also if another came first', () => {
    const { state, realTimes, events, evidence } = played('proxy', [
      opened('server 100', 1),
      sent('server 100', 1, REGISTRATION),
      opened('client 1', 2),
      opened('client 2', 3),
      sent('client 1', 2, question(1, 'a')),
      sent('client 2', 3, question(2, 'b')),
      opened('server 100', 4, 'accepted'),
      received('server 100', 4, question(2, 'b')),
      sent('server 100', 4, answer(2, 'x')),
      received('client 2', 3, answer(2, 'x')),
    ])
    const [, first, second, ...rest] = packetsOf(state)
    expect(rest.map(({ exchange }) => exchange)).toEqual([second?.id, second?.id, second?.id])
    expect(first?.exchange).toBe(first?.id)
    expect(rest.at(-1)?.verdict).toBe('wrong')
    // Nothing is on its way before what it follows from has arrived.
    for (const [index, { sentAt }] of rest.entries()) {
      const before = index === 0 ? second : rest[index - 1]
      expect(sentAt).toBeGreaterThanOrEqual((before?.sentAt ?? 0) + FLIGHT_MS)
    }
    // Waits are as long as they were; the real times are the check's.
    expect(state.at).toBeGreaterThanOrEqual((rest.at(-1)?.sentAt ?? 0) + 3_000)
    expect(realTimes).toHaveLength(events.length)
    expect(realTimes.at(-1)).toBe(evidence.startedAt + evidence.tookMs)
    expect([...realTimes].sort((a, b) => a - b)[0]).toBe(evidence.startedAt)
  })

  it('has what the proxy chose as it was seen, with the turn where the order is known', () => {
    const ask = (client: number, line: number, payload: string) => [
      opened(`client ${client}`, line),
      sent(`client ${client}`, line, question(client, payload)),
    ]
    const forwarded = (line: number, client: number, payload: string) => [
      opened('server 100', line, 'accepted'),
      received('server 100', line, question(client, payload)),
    ]
    const { state, events } = played('proxy', [
      opened('server 100', 1),
      sent('server 100', 1, REGISTRATION),
      opened('server 200', 2),
      sent('server 200', 2, REGISTRATION.replace('100', '200')),
      ...ask(1, 3, 'a'),
      ...forwarded(4, 1, 'a'),
      ...ask(2, 5, 'b'),
      ...forwarded(6, 2, 'b'),
      // Again: after a server that failed there is no turn.
      ...forwarded(7, 2, 'b'),
      // At once: nobody knows which the proxy has read first.
      ...ask(3, 8, 'c'),
      ...ask(4, 9, 'd'),
      ...forwarded(10, 4, 'd'),
      ...forwarded(11, 3, 'c'),
    ])
    const choices = events.filter((event) => event.type === 'choice.seen')
    expect(choices.map(({ attempt, server, expected }) => [attempt, server, expected])).toEqual([
      [1, '100', '100'],
      [1, '100', '200'],
      [2, '100', null],
      [1, '100', null],
      [1, '100', null],
    ])
    expect(state.foreign).toMatchObject({ name: 'Your proxy', seen: 5, expected: 2, inTurn: 1 })
    expect(state.rows.get('100')?.chosen).toBe(5)
  })

  it('has bytes that are no message as such, and what was begun and not finished', () => {
    const { state } = played('proxy', [
      opened('client 1', 1),
      sent('client 1', 1, question(1, 'a')),
      received('client 1', 1, 'GET / HTTP/1.1\r\n\r\n'),
      opened('client 2', 2),
      sent('client 2', 2, question(2, 'b')),
      received('client 2', 2, '{"type":2,"src'),
    ])
    const kinds = packetsOf(state).map(({ kind, to }) => `${kind} → ${to}`)
    expect(kinds).toEqual([`0 → ${PROXY}`, 'error → client:1', `0 → ${PROXY}`, 'error → client:2'])
  })

  it.each([
    ['program', 'PROXY_CLOSED'],
    ['check', 'CLIENT_LEFT'],
  ] as const)('ends a question whose connection the %s closes', (by, reason) => {
    const { events } = played('proxy', [
      opened('client 1', 1),
      sent('client 1', 1, question(1, 'a')),
      { type: 'closed', peer: 'client 1', connection: 1, by },
    ])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'exchange.finished', outcome: 'lost', reason }),
    )
  })

  it('tells a refused connection, the program’s output and its end in the terminals', () => {
    const { state } = played('proxy', [
      { type: 'refused', peer: 'client 1', connection: 1 },
      { type: 'line', stream: 'stderr', text: "KeyError: 'id'" },
      { type: 'exited', how: 'exit status 1' },
    ])
    expect(state.logs.get('client:1')?.map((line) => line.text)).toEqual([
      'The connection was refused.',
    ])
    expect(state.logs.get(PROXY)?.map((line) => line.text)).toEqual([
      "KeyError: 'id'",
      'The program ended: exit status 1',
      'The check expected an answer',
      'But nothing came',
    ])
  })

  it('of a client that never connects still has the client', () => {
    const { state } = played('client', [{ type: 'listens', peer: 'proxy', port: 2100 }])
    expect(state.foreign).toMatchObject({ name: 'The check’s proxy', kind: 'check', port: 2100 })
    expect([...state.nodes.keys()]).toEqual([PROXY, 'outside:client:1'])
    expect(state.proxy?.port).toBe(2100)
  })
})
