import { expect, it } from 'vitest'
import type { LabEvent } from '../events'
import { EventBytes } from './event-bytes'
import { indexOf, KINDS } from './event-kinds'
import { ARE_FIELDS_KNOWN } from './frequent-rows'
import { SharedLists } from './shared-lists'

const HEAD = { seq: 1, at: 4_000_123.456 }
const CARRIED = {
  ...HEAD,
  type: 'packet.carried',
  packet: 4_000_000_001,
  exchange: 7,
  kind: 2,
  from: 'outside:client:"1"',
  to: 'proxy',
  connection: 12,
  bytes: new Uint8Array(3),
} as const
const EVENTS: readonly LabEvent[] = [
  CARRIED,
  { ...CARRIED, kind: 'error', pieces: [{ bytes: 3, of: 7, at: 4_000_123.4 }] },
  {
    ...CARRIED,
    pieces: [
      { bytes: 3, of: 7, at: 4_000_123.4 },
      { bytes: 70, of: 70, at: 4_000_123.456 },
    ],
  },
  {
    ...HEAD,
    type: 'packet.sent',
    packet: 4_000_000_001,
    exchange: 7,
    kind: 'error',
    from: 'outside:client:"1"',
    to: 'proxy',
    connection: 12,
    dueAt: 5_000_123.456,
    bytes: new Uint8Array(3),
    copyOf: 9,
  },
  { ...HEAD, type: 'packet.delivered', packet: 999_999_999 },
  {
    ...HEAD,
    type: 'packet.read',
    packet: 12,
    pieces: [
      { bytes: 3, of: 7, at: 4_000_123.4 },
      { bytes: 70, of: 70, at: 4_000_123.456 },
    ],
  },
  {
    ...HEAD,
    type: 'decision.made',
    exchange: 7,
    attempt: 2,
    policy: '111',
    algorithm: 'round-robin',
    server: '500',
    candidates: ['500', '600'],
    passedOver: [{ server: '600', why: 'down' }],
    reason: { by: 'round-robin', turn: '600' },
    next: null,
    waitedMs: 12.5,
    panic: true,
    healthy: 1,
    of: 2,
  },
  { ...HEAD, type: 'packet.read', packet: 12, pieces: [{ bytes: 3, of: 7, at: 4_000_123.4 }] },
  { ...HEAD, type: 'packet.read', packet: 12, pieces: [] },
  {
    ...HEAD,
    type: 'decision.made',
    exchange: 7,
    attempt: 1,
    policy: '111',
    algorithm: 'round-robin',
    server: 'a"b',
    candidates: ['a"b', '600'],
    passedOver: [],
    reason: { by: 'round-robin', turn: 'a"b' },
    next: '600',
  },
  {
    ...HEAD,
    at: 4_000_123.457,
    type: 'decision.made',
    exchange: 8,
    attempt: 1,
    policy: '111',
    algorithm: 'round-robin',
    server: '600',
    candidates: ['a"b', '600'],
    passedOver: [],
    reason: { by: 'round-robin', turn: '600' },
    next: null,
    of: 0,
  },
  {
    ...HEAD,
    type: 'answer.verified',
    exchange: 7,
    packet: 1e9,
    node: 'client:1',
    verdict: 'wrong',
  },
  {
    ...HEAD,
    type: 'exchange.finished',
    exchange: 7,
    client: 'client:1',
    outcome: 'lost',
    server: null,
    reason: 'CLIENT_LEFT',
  },
  {
    ...HEAD,
    type: 'connection.opened',
    connection: 12,
    from: 'outside:client:"1"',
    to: 'proxy',
    fromPort: 65_535,
    toPort: 2_100,
    fromAddress: '127.0.0.1',
    toAddress: '::1',
  },
  { ...HEAD, type: 'connection.closed', connection: 999_999_999, node: 'client:1' },
]

it('knows all fields of the kinds that it writes', () => {
  expect(ARE_FIELDS_KNOWN).toBe(true)
})

it.each(EVENTS)('writes $type in the fields of its entry, in their order', (event) => {
  const written = new EventBytes(new SharedLists())
  written.add(event)
  expect(JSON.parse(new TextDecoder().decode(written.rowsOf(0, 1)))).toEqual(rowByTable(event))
})

/** Each stands beside others that differ from it in one field, three times: what is kept of one must not do for another. */
const REPEATED: readonly LabEvent[] = [
  ...besides(CARRIED, [
    { packet: 2 },
    { connection: CARRIED.connection + 512 },
    { kind: 0 },
    { from: 'client:2' },
    { to: 'server:2' },
  ]),
  ...EVENTS.filter(({ type }) => type === 'decision.made').flatMap((event) =>
    besides(event, [{ attempt: 3 }, { policy: '222' }, { next: '900' }, { of: 7 }]),
  ),
  ...EVENTS.flatMap((event) => [event, event, event]),
]

function besides(event: LabEvent, others: readonly object[]): LabEvent[] {
  return others.flatMap((fields) => {
    const other = { ...event, ...fields } as LabEvent
    return [event, event, event, other, other, other]
  })
}

it('writes in each row what its own event says, however alike the ones before are', () => {
  const written = new EventBytes(new SharedLists())
  for (const event of REPEATED) written.add(event)
  const rows: unknown[][] = JSON.parse(
    `[${new TextDecoder().decode(written.rowsOf(0, REPEATED.length))}]`,
  )
  const places = KINDS[indexOf('decision.made')]?.wires.indexOf('list') ?? -1
  const withoutLists = (row: readonly unknown[]) =>
    row[0] === indexOf('decision.made') ? row.toSpliced(places + 2, 1) : row
  expect(rows.map(withoutLists)).toEqual(REPEATED.map(rowByTable).map(withoutLists))
})

function rowByTable(event: LabEvent): readonly unknown[] {
  const values = event as unknown as Readonly<Record<string, unknown>>
  const { names = [], wires = [] } = KINDS[indexOf(event.type)] ?? {}
  const fields = names.map((name, place) => {
    const value = values[name]
    if (wires[place] === 'bytes') return (value as Uint8Array).length
    if (wires[place] === 'microseconds') return Math.round(Number(value) * 1000)
    return wires[place] === 'list' ? 0 : (value ?? null)
  })
  return [indexOf(event.type), Math.round(event.at * 1000), ...fields]
}
