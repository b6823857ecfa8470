import { expect, it } from 'vitest'
import { composeAnswer, composeClientMessage } from '../../../../shared/protocol/compose'
import { PagedList } from '../../../../shared/state/paged-list'
import type { Packet } from '../../../../shared/state/state'
import { storyOf } from '../inspector/story'
import { summaryOf, tookOf } from './summary'

const hop = {
  exchange: 1,
  connection: 1,
  status: 'delivered',
  endedAt: undefined,
  dropped: undefined,
  verdict: undefined,
  bytes: composeClientMessage('1', '111', 'xyz1'),
} as const
const answer = composeAnswer('100', '1', 'ab'.repeat(20))

/** One exchange: asked, forwarded, answered, and a stranger's packet in between. */
const PACKETS: Packet[] = [
  { ...hop, id: 1, kind: 0, from: 'client:1', to: 'proxy', sentAt: 0, dueAt: 600, endedAt: 600 },
  {
    ...hop,
    id: 2,
    exchange: 2,
    kind: 0,
    from: 'client:2',
    to: 'proxy',
    sentAt: 100,
    dueAt: 700,
    status: 'dropped',
    dropped: 'PROXY_CLOSED',
    endedAt: 300,
  },
  {
    ...hop,
    id: 3,
    kind: 0,
    from: 'proxy',
    to: 'server:100',
    sentAt: 600,
    dueAt: 1200,
    endedAt: 1200,
  },
  {
    ...hop,
    id: 4,
    kind: 2,
    from: 'server:100',
    to: 'proxy',
    bytes: answer,
    sentAt: 1200,
    dueAt: 1800,
    endedAt: 1800,
  },
  {
    ...hop,
    id: 5,
    kind: 2,
    from: 'proxy',
    to: 'client:1',
    bytes: answer,
    sentAt: 1800,
    dueAt: 2400,
    endedAt: 2400,
    verdict: 'correct',
  },
  {
    ...hop,
    id: 6,
    exchange: 0,
    kind: 'error',
    from: 'outside:unknown',
    to: 'proxy',
    bytes: new Uint8Array([71]),
    sentAt: 2400,
    dueAt: 3000,
    status: 'flying',
  },
]

function stateOf(packets: readonly Packet[]) {
  const edit = PagedList.empty<Packet>().edit()
  for (const packet of packets) edit.push(packet)
  return { packets: edit.done(), nodes: new Map() }
}

const state = stateOf(PACKETS)
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

it('measures a hop on its link, and the last answer since the question', () => {
  expect(tookOf(state, packet(3))).toMatchObject({ ending: 'arrived', text: '600 ms' })
  expect(tookOf(state, packet(5))).toMatchObject({ ending: 'correct', text: '2.4 s' })
})

it('says in words what is under way and what was lost', () => {
  expect(tookOf(state, packet(6))).toMatchObject({ ending: 'flying', text: 'under way' })
  expect(tookOf(state, packet(2))).toMatchObject({ ending: 'lost', text: 'lost' })
})

it('tells an exchange from asking to answering, without the packets of others', () => {
  const story = storyOf(state, 1)
  expect(story.map((line) => line.text)).toEqual([
    'client 1 asked the proxy',
    'the proxy forwarded it to server 100',
    'server 100 answered the proxy',
    'the proxy answered client 1',
  ])
  expect(story.at(-1)).toMatchObject({ sentAfterMs: 1800, endedAfterMs: 2400 })
})

it('tells of a lost packet why it was lost, and nothing of a packet on its own', () => {
  expect(storyOf(state, 2).map((line) => line.text)).toEqual([
    'client 2 asked the proxy, lost: The proxy closed the connection without an answer.',
  ])
  expect(storyOf(state, 0)).toEqual([])
})
