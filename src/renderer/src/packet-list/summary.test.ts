import { expect, it } from 'vitest'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import type { Packet } from '../../../shared/state/state'
import { testPacket, testState } from '../lab/testing'
import { statusOf, summaryOf } from './summary'
import { linkTime, roundTripTime } from './times'

const answer = composeAnswer('100', '1', 'ab'.repeat(20))
const asked = { exchange: 1, bytes: composeClientMessage('1', '111', 'xyz1') }
const answered = { exchange: 1, kind: 2, bytes: answer } as const

/** One exchange: the question, forwarded and answered, with other clients' packets in between. */
const PACKETS: Packet[] = [
  testPacket(1, { ...asked, from: 'client:1', sentAt: 0, endedAt: 600 }),
  testPacket(2, { status: 'dropped', dropped: 'PROXY_CLOSED', endedAt: 300 }),
  testPacket(3, { ...asked, from: 'proxy', to: 'server:100', sentAt: 600, endedAt: 1200 }),
  testPacket(4, { ...answered, from: 'server:100', sentAt: 1200, endedAt: 1800 }),
  testPacket(5, {
    ...answered,
    from: 'proxy',
    to: 'client:1',
    sentAt: 1800,
    endedAt: 2400,
    verdict: 'correct',
  }),
  testPacket(6, {
    exchange: 0,
    kind: 'error',
    from: 'outside:unknown',
    bytes: new Uint8Array([71]),
    status: 'flying',
    endedAt: undefined,
  }),
  testPacket(7, { status: 'flying', held: { breakpoint: 1, behind: null } }),
  testPacket(8, { status: 'flying', held: { breakpoint: null, behind: 7 } }),
]

const state = testState(PACKETS)
const packet = (id: number): Packet => {
  const found = state.packets.at(id - 1)
  if (!found) throw new Error(`There is no packet ${id}.`)
  return found
}

it('reads policy and payload, and gives an answer the policy of its question', () => {
  expect(summaryOf(state, packet(1))).toEqual({ policy: '111', payload: '"xyz1"' })
  expect(summaryOf(state, packet(5))).toEqual({ policy: '111', payload: 'ab'.repeat(20) })
  expect(summaryOf(state, packet(6))).toMatchObject({ policy: undefined })
})

it('measures every packet on its link, and the answer to the client since its message too', () => {
  expect(linkTime(packet(3))).toMatchObject({ ending: 'arrived', text: '600 ms' })
  expect(linkTime(packet(5))).toMatchObject({ ending: 'arrived', text: '600 ms' })
  expect(roundTripTime(state, packet(5))).toMatchObject({ ending: 'correct', text: '2.40 s' })
  for (const id of [1, 2, 3, 4, 6, 7]) expect(roundTripTime(state, packet(id))).toBeUndefined()
})

it('goes by the verdict, and gives no time, where the client’s message is not known', () => {
  const later = testState(PACKETS.slice(2))
  expect(roundTripTime(later, packet(5))).toMatchObject({ ending: 'correct', text: '–' })
  expect(linkTime(packet(4))).toMatchObject({ ending: 'arrived', text: '600 ms' })
  expect(roundTripTime(later, { ...packet(5), verdict: 'wrong' })?.ending).toBe('wrong')
})

it('says in words what is in flight and what was lost', () => {
  expect(linkTime(packet(6))).toMatchObject({ ending: 'flying', text: 'in flight' })
  expect(linkTime(packet(2))).toMatchObject({ ending: 'lost', text: 'lost' })
})

it('says what is held, and what waits behind it', () => {
  expect(linkTime(packet(7))).toMatchObject({ ending: 'held', text: 'held' })
  expect(linkTime(packet(8))).toMatchObject({
    ending: 'held',
    hint: 'It waits behind packet 7.',
  })
})

it('gives each packet a status in a few words', () => {
  expect([6, 5, 2, 7, 8].map((id) => statusOf(packet(id)))).toEqual([
    'in flight',
    'arrived',
    'lost',
    'held',
    'waits behind a held one',
  ])
  expect(statusOf({ ...packet(5), original: answer })).toBe('arrived, edited')
  expect(statusOf({ ...packet(7), copyOf: 6 })).toBe('held, a copy')
})

it('knows the policy and the time of an answer as soon as the question is known', () => {
  const bytes = composeClientMessage('1', '222', 'xyz1')
  const question = testPacket(1, { from: 'client:1', bytes, sentAt: 0, endedAt: 600 })
  const answer = testPacket(4, {
    exchange: 1,
    kind: 2,
    from: 'proxy',
    to: 'client:1',
    bytes: composeAnswer('200', '1', 'ab'.repeat(20)),
    sentAt: 1800,
    endedAt: 2400,
    verdict: 'correct',
  })
  const { packets } = testState([answer])
  expect(roundTripTime({ packets }, answer)).toMatchObject({ ending: 'correct', text: '–' })
  const source = {
    packets: { at: (index: number) => (index === 0 ? question : packets.at(index)) },
  }
  expect(summaryOf(source, answer).policy).toBe('222')
  expect(roundTripTime(source, answer)).toMatchObject({ ending: 'correct', text: '2.40 s' })
})
