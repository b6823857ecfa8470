import { expect, it } from 'vitest'
import type { EventBody, LabEvent, Row } from '../../../shared/events'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { NOTHING_WAITING, spokenText, withEvents } from './announcements'

const numbered = (bodies: readonly EventBody[]): LabEvent[] =>
  bodies.map((body, index) => ({ seq: index + 1, at: index, ...body }))

const said = (...bodies: EventBody[]) =>
  spokenText(withEvents(NOTHING_WAITING, numbered(bodies), INITIAL_STATE, INITIAL_STATE))

it('says which server joined which policy', () => {
  const node = {
    id: 'server:101',
    role: 'server',
    origin: 'inside',
    protocolId: '101',
    policy: '111',
  } as const
  expect(said({ type: 'node.added', node })).toBe('Server 101 added to policy 111.')
})

it('says that a server registered, went down and came back, each once', () => {
  const row: Row = {
    server: '100',
    policy: '111',
    listenPort: 5000,
    address: '127.0.0.1',
    node: 'server:100',
    health: 'up',
  }
  const up = { type: 'row.set', row } as const
  const down = { type: 'row.set', row: { ...row, health: 'down' } } as const
  expect(said(up, up, down, down, up)).toBe(
    'Server 100 registered for policy 111. Server 100 is down. Server 100 is up again.',
  )
  const known = new Map([['100', { ...row, chosen: 0, served: 0, failed: 0 }]])
  const later = withEvents(
    NOTHING_WAITING,
    numbered([up, down]),
    { ...INITIAL_STATE, rows: known },
    INITIAL_STATE,
  )
  expect(spokenText(later)).toBe('Server 100 is down.')
})

it('says why a server gets no messages, and that it gets some again', () => {
  const row: Row = {
    server: '200',
    policy: '222',
    listenPort: 5000,
    address: '127.0.0.1',
    node: 'server:200',
    health: 'up',
  }
  const set = (parts: Partial<Row>) => ({ type: 'row.set', row: { ...row, ...parts } }) as const
  const ejected = set({ health: 'down', cause: 'ejected', until: 42_000 })
  expect(said(set({}), ejected, ejected, set({}))).toBe(
    'Server 200 registered for policy 222. Server 200: ejected until 0:42. Server 200 is up again.',
  )
  const open = set({ health: 'down', cause: 'breaker', until: 42_000 })
  const halfOpen = set({ health: 'down', cause: 'breaker', trial: true })
  expect(said(open, halfOpen)).toBe(
    'Server 200: circuit open until 0:42. Server 200: circuit half open.',
  )
  // Checks in a row and slow start are seen.
  expect(said(set({}), set({ streak: 1, streakOf: 3 }), set({ weightPercent: 40 }))).toBe(
    'Server 200 registered for policy 222.',
  )
})

it('says how an exchange ended', () => {
  const finished = { type: 'exchange.finished', exchange: 1, client: 'client:1' } as const
  expect(said({ ...finished, outcome: 'answered', server: '300', reason: null })).toBe(
    'Client 1: answer, from server 300.',
  )
  expect(
    said({ ...finished, outcome: 'refused', server: null, reason: 'NO_SERVER_FOR_POLICY' }),
  ).toBe('Client 1: an error came back. No server is registered for this policy.')
})

it('says that the lab begins anew, and with what', () => {
  expect(
    said({ type: 'scenario.reset' }, { type: 'scenario.opened', name: 'Lesson 3', seed: 1 }),
  ).toBe('The lab was reset. It begins with “Lesson 3”.')
})

it('keeps silent about what is only seen', () => {
  expect(said({ type: 'packet.delivered', packet: 1 })).toBe('')
})

it('says the newest few and the number of the rest', () => {
  const many = Array.from({ length: 10 }, (_, index) => ({
    type: 'node.removed' as const,
    id: `client:${index}`,
  }))
  const first = withEvents(
    NOTHING_WAITING,
    numbered(many.slice(0, 7)),
    INITIAL_STATE,
    INITIAL_STATE,
  )
  const both = withEvents(first, numbered(many.slice(7)), INITIAL_STATE, INITIAL_STATE)
  expect(both.more).toBe(6)
  expect(spokenText(both)).toBe(
    '6 more, and then: Client 6 removed. Client 7 removed. Client 8 removed. Client 9 removed.',
  )
})
