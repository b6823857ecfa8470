import { expect, it } from 'vitest'
import { decisionOf } from '../decision/testing'
import { composeAnswer, composeClientMessage, composeRegistration } from '../protocol/compose'
import { PagedList } from '../state/paged-list'
import { sentPacket } from '../state/sent-packet'
import type { Packet } from '../state/state'
import { parseFilter } from './filter'
import { factsOf, roundTrip, timeOnLink } from './state-facts'

const decision = decisionOf()

function packet(id: number, sentAt: number, rest: Partial<Packet>): Packet {
  const sent = sentPacket({
    id,
    exchange: 1,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes: composeClientMessage('1', '111', 'xyz1'),
    sentAt,
    dueAt: sentAt + 600,
  })
  return { ...sent, status: 'delivered', endedAt: sent.dueAt, ...rest }
}

const answer = composeAnswer('300', '1', 'ab'.repeat(20))
const PACKETS = [
  packet(1, 0, { decision }),
  packet(2, 600, { from: 'proxy', to: 'server:300' }),
  packet(3, 1200, { kind: 2, bytes: answer, from: 'server:300', to: 'proxy' }),
  packet(4, 1800, { kind: 2, bytes: answer, from: 'proxy', to: 'client:1', verdict: 'correct' }),
  packet(5, 2400, {
    exchange: 0,
    kind: 1,
    bytes: composeRegistration('7', '222', 5000),
    from: 'outside:server:7',
  }),
  packet(6, 3000, {
    exchange: 6,
    bytes: composeClientMessage('50', '222', 'x'),
    from: 'outside:client:50',
    status: 'flying',
    endedAt: undefined,
    held: { breakpoint: 1, behind: null },
    original: composeClientMessage('50', '111', 'x'),
    copyOf: 5,
  }),
]

function listOf(packets: readonly Packet[], first = 0): PagedList<Packet> {
  const edit = PagedList.empty<Packet>(first).edit()
  for (const one of packets) edit.push(one)
  return edit.done()
}

const state = { packets: listOf(PACKETS) }

/** Numbers of the packets that a filter matches. */
function found(text: string, packets = state.packets): number[] {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.error)
  const { filter } = parsed
  return [...packets].filter((one) => filter.matches(factsOf(one, { packets }))).map(({ id }) => id)
}

it('gives all packets of an exchange its client, its policy and its server', () => {
  expect(found('client:1')).toEqual([1, 2, 3, 4])
  expect(found('policy:111')).toEqual([1, 2, 3, 4])
  expect(found('server:300')).toEqual([1, 2, 3, 4])
})

it('knows a registration by its server and policy, and a question before it is decided', () => {
  expect(found('server:7 policy:222')).toEqual([5])
  expect(found('client:50 policy:222')).toEqual([6])
})

it('tells what is held, edited, a copy, outside, a question, and how long a packet took', () => {
  expect(found('is:held')).toEqual([6])
  expect(found('is:edited')).toEqual([6])
  expect(found('is:outside')).toEqual([5, 6])
  expect(found('is:question')).toEqual([1, 6])
  expect(found('is:copy')).toEqual([6])
  expect(found('hash:correct')).toEqual([4])
  expect(found('took:>1s')).toEqual([4])
  expect(found('took:600')).toEqual([1, 2, 3, 5])
})

it('goes by the ends and by the bytes where the question is no longer known', () => {
  const later = listOf(PACKETS.slice(1), 1)
  expect(found('client:1', later)).toEqual([2, 3, 4])
  expect(found('server:300', later)).toEqual([2, 3, 4])
  expect(found('policy:111', later)).toEqual([2])
  expect(found('took:>1s', later)).toEqual([])
  expect(found('took:600', later)).toEqual([2, 3, 5])
})

it('finds a question under way where the list does not reach back to it', () => {
  const [question] = PACKETS
  const last = PACKETS[3]
  if (!question || !last) throw new Error('There are packets 1 and 4.')
  const packets = listOf([last], 3)
  expect(factsOf(last, { packets, inFlight: new Map([[1, question]]) }).policy()).toBe('111')
  expect(factsOf(last, { packets }).policy()).toBeUndefined()
})

it('measures no time for what is in flight or lost', () => {
  const [question] = PACKETS
  const lost = packet(9, 0, { status: 'dropped', from: 'proxy', to: 'client:1' })
  const flying = packet(9, 0, { status: 'flying', endedAt: undefined })
  for (const one of [lost, flying]) {
    expect(timeOnLink(one)).toBeUndefined()
    expect(roundTrip(one, question)).toBeUndefined()
  }
})

it('reads bytes that are no message as text, and finds no field in them', () => {
  const bytes = new TextEncoder().encode('GET / HTTP/1.1')
  const packets = listOf([packet(1, 0, { kind: 'error', exchange: 0, bytes })])
  expect(found('http', packets)).toEqual([1])
  expect(found('payload:http', packets)).toEqual([])
  expect(found('client:1', packets)).toEqual([1])
})
