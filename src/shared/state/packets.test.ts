import { expect, it } from 'vitest'
import { packetIn, packetsOfExchange } from './packets'
import { PagedList } from './paged-list'
import { INITIAL_STATE } from './reduce'
import { sentPacket } from './sent-packet'
import type { Packet, State } from './state'

/** A client's message to the proxy. */
function packet(id: number, exchange: number): Packet {
  const way = { from: 'client:1', to: 'proxy', connection: 1, kind: 0 as const }
  return sentPacket({ id, exchange, ...way, bytes: new Uint8Array(0), sentAt: 0, dueAt: 600 })
}

/** A state that has forgotten what came before these packets, but for what is in flight. */
function stateOf(packets: readonly Packet[], inFlight: readonly Packet[] = []): State {
  const list = PagedList.empty<Packet>((packets[0]?.id ?? 1) - 1).edit()
  for (const each of packets) list.push(each)
  const byId = new Map(inFlight.map((each) => [each.id, each]))
  return { ...INITIAL_STATE, packets: list.done(), inFlight: byId }
}

it('finds a packet in the list, and one in flight also where the list has forgotten it', () => {
  const [early, late] = [packet(3, 3), packet(9, 9)]
  const state = stateOf([late], [early])
  expect([3, 9, 4, 10].map((id) => packetIn(state, id))).toEqual([
    early,
    late,
    undefined,
    undefined,
  ])
})

it('gives the packets of an exchange in order of sending, none for those without one', () => {
  const state = stateOf([packet(1, 1), packet(2, 2), packet(3, 0), packet(4, 2), packet(5, 1)])
  const ids = (exchange: number) => packetsOfExchange(state, exchange).map(({ id }) => id)
  expect(ids(2)).toEqual([2, 4])
  expect(ids(1)).toEqual([1, 5])
  expect(ids(0)).toEqual([])
  expect(ids(9)).toEqual([])
})
