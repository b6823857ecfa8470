import { describe, expect, it } from 'vitest'
import type { Packet } from '../../../shared/state/state'
import { testPacket, testState } from '../lab/testing'
import type { Shown } from './packet-cache'
import { exchangeOf, withFirsts } from './packet-source'

/** Packets 1 to 5 are no longer in the state. Packet 6 answers the first, 8 is a question and 9 its answer. */
const [late, alone, question, answer] = [
  testPacket(6, { exchange: 1 }),
  testPacket(7, { exchange: 0 }),
  testPacket(8),
  testPacket(9, { exchange: 8 }),
]
const state = testState([late, alone, question, answer])
const shown: Shown = { session: 'now 0', live: true, state }
const forgotten = testPacket(1, { exchange: 1 })

/** A source with these packets from the history, and these of packet 1's exchange. */
function source(read: readonly Packet[], exchange?: readonly Packet[]) {
  const byId = new Map(read.map((packet) => [packet.id, packet]))
  return {
    packet: (id: number) => state.packets.at(id - 1) ?? byId.get(id),
    exchange: (id: number) => (id === 1 ? exchange : undefined),
    isGone: (id: number) => id === 2,
    problem: undefined,
  }
}

describe('a packet on the screen', () => {
  it('is from the state where it has the whole exchange', () => {
    const found = { isWhole: true, isGone: false, problem: undefined }
    expect(exchangeOf(source([]), shown, 9)).toEqual({
      ...found,
      packet: answer,
      packets: [question, answer],
    })
    expect(exchangeOf(source([]), shown, 7)).toEqual({ ...found, packet: alone, packets: [alone] })
  })

  it('is there before the older packets of its exchange, which come from the history', () => {
    expect(exchangeOf(source([]), shown, 6)).toMatchObject({
      packet: late,
      packets: [late],
      isWhole: false,
    })
    expect(exchangeOf(source([], [forgotten]), shown, 6)).toMatchObject({
      packet: late,
      packets: [forgotten, late],
      isWhole: true,
    })
  })

  it('that the state has forgotten comes with the later ones of its exchange', () => {
    expect(exchangeOf(source([]), shown, 1)).toMatchObject({ packet: undefined, isGone: false })
    expect(exchangeOf(source([forgotten], [forgotten]), shown, 1)).toMatchObject({
      packet: forgotten,
      packets: [forgotten, late],
      isWhole: true,
    })
  })

  it('that the history does not have either is gone', () => {
    expect(exchangeOf(source([]), shown, 2)).toMatchObject({ packet: undefined, isGone: true })
  })
})

it('wants the first packet of each exchange once; a packet without an exchange has none', () => {
  const packets = [
    testPacket(8, { exchange: 2 }),
    testPacket(9, { exchange: 2 }),
    testPacket(10, { exchange: 0 }),
  ]
  const find = (id: number) => packets.find((packet) => packet.id === id)
  expect(withFirsts([7, 8, 9, 10], find)).toEqual([7, 8, 9, 10, 2])
})
