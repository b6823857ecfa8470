import { describe, expect, it } from 'vitest'
import { testPacket, testState } from '../lab/testing'
import { choose } from './use-packet'

/** The first five packets have been forgotten. Packet 6 answers the first, 8 asks and 9 answers it. */
const [late, alone, question, answer] = [
  testPacket(6, { exchange: 1 }),
  testPacket(7, { exchange: 0 }),
  testPacket(8),
  testPacket(9, { exchange: 8 }),
]
const state = testState([late, alone, question, answer])
const forgotten = testPacket(1, { exchange: 1 })
const lookedUp = (id: number, packet = id === 1 ? forgotten : undefined) => ({
  id,
  view: 'now' as const,
  seq: 0,
  packet,
  exchange: packet ? [packet] : [],
})

describe('a packet on the screen', () => {
  it('is from the state where it has the whole exchange, and the history is not asked', () => {
    expect(choose(9, state, 'now', lookedUp(1))).toEqual({
      shown: { kind: 'found', packet: answer, exchange: [question, answer] },
      asksHistory: false,
    })
    expect(choose(7, state, 'past', undefined)).toEqual({
      shown: { kind: 'found', packet: alone, exchange: [alone] },
      asksHistory: false,
    })
  })

  it('is there before the older packets of its exchange, which come from the history', () => {
    expect(choose(6, state, 'now', undefined)).toEqual({
      shown: { kind: 'found', packet: late, exchange: [] },
      asksHistory: true,
    })
    const older = { ...lookedUp(6), exchange: [forgotten] }
    expect(choose(6, state, 'now', older).shown).toEqual({
      kind: 'found',
      packet: late,
      exchange: [forgotten, late],
    })
  })

  it('that the state has forgotten is looked up, and until then nothing else stands for it', () => {
    const loading = { shown: { kind: 'loading' }, asksHistory: true }
    expect(choose(1, state, 'now', undefined)).toEqual(loading)
    expect(choose(1, state, 'now', lookedUp(2))).toEqual(loading)
    expect(choose(1, state, 'past', lookedUp(1))).toEqual(loading)
    expect(choose(1, state, 'now', lookedUp(1)).shown).toEqual({
      kind: 'found',
      packet: forgotten,
      exchange: [forgotten, late],
    })
  })

  it('that comes later than the moment has not been sent yet, which needs no history', () => {
    const later = {
      shown: { kind: 'gone', words: 'At this moment packet 10 has not been sent yet.' },
      asksHistory: false,
    }
    expect(choose(10, state, 'past', undefined)).toEqual(later)
    expect(choose(10, state, 'recording', undefined)).toEqual(later)
  })

  it('that the history does not have either is no longer there', () => {
    expect(choose(2, state, 'now', lookedUp(2)).shown).toEqual({
      kind: 'gone',
      words: 'Packet 2 is no longer in the history.',
    })
  })
})
