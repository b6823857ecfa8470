import { expect, it } from 'vitest'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import type { NodeState, Packet } from '../../../shared/state/state'
import { packetWith } from '../lab/testing'
import { inSentence, listName, nodeName, packetInAWord } from './names'

const counters = { sent: 0, received: 0, errors: 0, served: 0, inFlight: 0, connections: 0 }
const renamed: NodeState = {
  id: 'server:100',
  role: 'server',
  origin: 'inside',
  protocolId: 'PP_1',
  ...counters,
}
const state = { nodes: new Map([[renamed.id, renamed]]) }

it.each([
  ['server:100', 'Server PP_1'],
  ['client:1', 'Client 1'],
  ['outside:server:7:b', 'Outside server 7:b'],
  ['outside:server:7\n8\u202e', 'Outside server 7\\n8\\u202E'],
  ['outside:unknown', 'Unknown program'],
  ['proxy', 'Proxy'],
])('calls %s %s, whether it is there or has left', (id, name) => {
  expect(nodeName(state, id)).toBe(name)
})

it('fits a name into a sentence', () => {
  expect(inSentence('Proxy')).toBe('the proxy')
  expect(inSentence('Client PP_1')).toBe('client PP_1')
})

it.each([
  ['outside:client:79', 'client 79', true],
  ['client:79', 'client 79', false],
  ['server:100', 'server PP_1', false],
  ['outside:unknown', 'an unknown program', false],
  ['proxy', 'proxy', false],
])(
  'in a list, calls %s %s, and says apart from that whether it is outside',
  (id, name, outside) => {
    expect(listName(state, id)).toEqual({ name, outside })
  },
)

it('names a packet by its payload, or by its kind where that says more', () => {
  const word = (over: Partial<Packet>) => packetInAWord(packetWith({ id: 1, ...over }))
  expect(word({ bytes: composeClientMessage('1', '111', 'xyz4') })).toBe('“xyz4”')
  expect(word({ bytes: composeClientMessage('1', '111', 'x'.repeat(99)) })).toHaveLength(20)
  expect(word({ kind: 2, bytes: composeAnswer('100', '1', 'ab') })).toBe('answer')
  expect(word({ kind: 'error', bytes: Uint8Array.of(255) })).toBe('error')
})
