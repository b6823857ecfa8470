// The packets of a crowd of three, whose connections say which client each belongs to.
import { expect, it } from 'vitest'
import { composeAnswer, composeClientMessage, composeErrorAnswer } from '../protocol/compose'
import { fault } from '../protocol/errors'
import { crowdMembers } from './crowd'
import { sentPacket } from './sent-packet'
import type { Packet } from './state'

const packet = (parts: Partial<Packet>): Packet => ({
  ...sentPacket({
    id: 1,
    exchange: 1,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes: composeClientMessage('1', '111', 'open'),
    sentAt: 0,
    dueAt: 400,
  }),
  status: 'delivered',
  endedAt: 400,
  ...parts,
})
const toClient = { from: 'proxy', to: 'client:1' } as const
const nothing = { sent: 0, answered: 0, errors: 0, inFlight: 0 }

it('counts for each member what it has sent, what was answered, and what is in flight', () => {
  const packets = [
    packet({ connection: 1 }),
    packet({ connection: 2, bytes: composeClientMessage('1.2', '111', 'open') }),
    packet({ ...toClient, connection: 1, kind: 2, bytes: composeAnswer('100', '1', 'abc') }),
    // This answer names no client: only its connection, that of 1.2, tells whose it is.
    packet({
      ...toClient,
      connection: 2,
      kind: 'error',
      bytes: composeErrorAnswer(0, fault('LIMIT_REACHED')),
    }),
    packet({ connection: 1, status: 'flying', endedAt: undefined }),
    packet({ from: 'client:2', connection: 3 }),
  ]
  expect(crowdMembers(packets, 0, 'client:1', '1', 3)).toEqual([
    { ...nothing, id: '1', sent: 2, answered: 1, inFlight: 1 },
    { ...nothing, id: '1.2', sent: 1, errors: 1 },
    { ...nothing, id: '1.3' },
  ])
})

it('knows whose an answer is though its message is not kept any more, and counts from the last reset on', () => {
  const answer = packet({ ...toClient, kind: 2, bytes: composeAnswer('100', '1.2', 'abc') })
  expect(crowdMembers([answer], 1, 'client:1', '1', 2)[1]).toEqual({ ...nothing, id: '1.2' })
  expect(crowdMembers([answer], 0, 'client:1', '1', 2)[1]).toEqual({
    ...nothing,
    id: '1.2',
    answered: 1,
  })
})
