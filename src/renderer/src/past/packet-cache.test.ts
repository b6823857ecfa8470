import { describe, expect, it } from 'vitest'
import type { Packet, State } from '../../../shared/state/state'
import { promisesSettled, testPacket, testState } from '../lab/testing'
import { type HistoryReading, PacketCache, type Shown, type Wish } from './packet-cache'

const OWNER = {}

function live(seq: number, packets: readonly Packet[] = []): Shown {
  return { session: 'now 0', live: true, state: stateAt(seq, packets) }
}

function past(seq: number): Shown {
  return { session: 'past', live: false, state: stateAt(seq) }
}

/** Packets 1 to 200 are no longer in the state, by default. */
function stateAt(seq: number, packets: readonly Packet[] = [testPacket(201)]): State {
  return testState(packets, { seq })
}

/** Reads that are answered when the test says so; the history has the packets 1 to 100. */
function setUp() {
  const asked: Wish[] = []
  const asOfs: (number | undefined)[] = []
  const answers: ((error?: Error) => void)[] = []
  const history = {
    status: 'delivered' as Packet['status'],
    lastSeq: 1_000,
    lastPacket: 200,
    changes: 0,
  }
  const cache = new PacketCache((wish, asOf) => {
    asked.push(wish)
    asOfs.push(asOf)
    return new Promise((resolve, reject) => {
      answers.push((error) => {
        if (error) return reject(error)
        const { lastSeq, lastPacket, status } = history
        const exchanges = new Map(wish.exchangesOf.map((id) => [id, [id, id + 1]]))
        const ids = [...wish.packets, ...[...exchanges.values()].flat()]
        const packets = ids.filter((id) => id <= 100).map((id) => testPacket(id, { status }))
        const reading: HistoryReading = { packets, exchanges, seq: asOf ?? lastSeq, lastPacket }
        resolve(reading)
      })
    })
  })
  cache.subscribe(() => {
    history.changes++
  })
  const want = (packets: readonly number[], shown = live(1)) =>
    cache.want(OWNER, { packets }, shown)
  const answer = async (error?: Error) => {
    answers.shift()?.(error)
    await promisesSettled()
  }
  return { cache, asked, asOfs, answer, history, want }
}

const ids = (wishes: readonly Wish[]) => wishes.map(({ packets }) => packets)

describe('packets that the state does not have', () => {
  it('are read once, and it is told when they have come', async () => {
    const { cache, asked, answer, history, want } = setUp()
    want([1, 2, 3])
    want([1, 2, 3])
    expect(cache.packet(2, live(1))).toBeUndefined()
    await answer()
    expect(cache.packet(2, live(1))?.id).toBe(2)
    want([2, 3, 4])
    await answer()
    expect(ids(asked)).toEqual([[1, 2, 3], [4]])
    expect([history.changes, cache.version]).toEqual([2, 2])
  })

  it('are not read where they are passed by while others are read', async () => {
    const { asked, answer, want } = setUp()
    want([1])
    for (let id = 10; id < 90; id++) want([id])
    await answer()
    await answer()
    expect(ids(asked)).toEqual([[1], [89]])
  })

  it('are read for all who want some, until they leave', async () => {
    const { cache, asked, answer, want } = setUp()
    const other = {}
    want([1])
    cache.want(other, { packets: [2], firsts: true }, live(1))
    want([3])
    await answer()
    cache.leave(other)
    want([4])
    await answer()
    await answer()
    expect(asked.map(({ packets, firsts }) => [packets, firsts])).toEqual([
      [[1], false],
      [[3, 2], true],
      [[4], false],
    ])
  })

  it('are not asked for again where the history does not have them', async () => {
    const { cache, asked, answer, want } = setUp()
    want([99, 101])
    await answer()
    const gone = [99, 101, 50].map((id) => cache.isGone(id, live(1)))
    expect(gone).toEqual([false, true, false])
    want([99, 101])
    expect(asked.length).toBe(1)
  })

  it('give way to what the state has', async () => {
    const { cache, answer, want } = setUp()
    want([1])
    await answer()
    const newer = testPacket(1, { verdict: 'correct' })
    expect(cache.packet(1, live(2, [newer]))).toBe(newer)
    want([1], live(2, [newer]))
    expect(cache.packet(101, live(2, [newer]))).toBeUndefined()
  })

  it('are read again now where they were in flight and are not any more', async () => {
    const { cache, asked, answer, history, want } = setUp()
    history.status = 'flying'
    history.lastSeq = 5
    want([1], live(5))
    await answer()
    want([1], live(5))
    expect(asked.length).toBe(1)
    history.status = 'delivered'
    history.lastSeq = 6
    want([1], live(6))
    expect(cache.packet(1, live(6))?.status).toBe('flying')
    await answer()
    expect(cache.packet(1, live(6))?.status).toBe('delivered')
    want([1], live(7))
    expect(asked.length).toBe(2)
  })

  it('are read for each moment of the past, and stand as they were meanwhile', async () => {
    const { cache, asked, asOfs, answer, want } = setUp()
    want([1], past(50))
    await answer()
    want([1], past(50))
    want([1], past(60))
    expect(cache.packet(1, past(60))?.id).toBe(1)
    await answer()
    expect(ids(asked)).toEqual([[1], [1]])
    expect(asOfs).toEqual([50, 60])
  })

  it('of another session are forgotten, also those that are still read', async () => {
    const { cache, asked, answer, want } = setUp()
    want([1], past(50))
    await answer()
    expect(cache.packet(1, live(1))).toBeUndefined()
    want([2], past(50))
    want([3], live(1))
    await answer()
    await answer()
    expect([1, 2, 3].map((id) => cache.packet(id, live(1))?.id)).toEqual([undefined, undefined, 3])
    expect(ids(asked)).toEqual([[1], [2], [3]])
  })

  it('that could not be read are tried again as the state changes, with words for what went wrong', async () => {
    const { cache, asked, answer, want } = setUp()
    const shown = live(1)
    want([1], shown)
    await answer(new Error('The line is down.'))
    expect(cache.problem).toBe('The line is down.')
    want([1], shown)
    expect(asked.length).toBe(1)
    want([1], live(2))
    await answer()
    expect([cache.problem, cache.packet(1, shown)?.id]).toEqual([undefined, 1])
  })

  it('are kept in a bounded number, among them always those that are wanted', async () => {
    const cache = new PacketCache(async ({ packets }) => ({
      packets: packets.map((id) => testPacket(id)),
      exchanges: new Map(),
      seq: 1,
      lastPacket: 9_000,
    }))
    const shown = live(1, [testPacket(9_000)])
    for (let page = 0; page < 120; page++) {
      const wanted = Array.from({ length: 50 }, (_, index) => page * 50 + index + 1)
      cache.want(OWNER, { packets: wanted }, shown)
      await promisesSettled()
    }
    let kept = 0
    for (let id = 1; id <= 6_000; id++) if (cache.packet(id, shown)) kept++
    expect(kept).toBe(4_000)
    expect(cache.packet(6_000, shown)?.id).toBe(6_000)
    expect(cache.packet(1, shown)).toBeUndefined()
  })
})

describe('an exchange', () => {
  it('is read once, and again where the state may have forgotten later packets of it', async () => {
    const { cache, asked, answer, history } = setUp()
    const want = (shown: Shown) => cache.want(OWNER, { packets: [], exchangesOf: [7] }, shown)
    want(live(1))
    await answer()
    expect(cache.exchange(7, live(1))?.map(({ id }) => id)).toEqual([7, 8])
    want(live(2))
    expect(asked.length).toBe(1)
    history.lastPacket = 400
    want(live(3, [testPacket(300)]))
    await answer()
    want(live(3, [testPacket(300)]))
    expect(asked.map(({ exchangesOf }) => exchangesOf)).toEqual([[7], [7]])
  })

  it('that the state has from its first packet on is not read', () => {
    const { cache, asked } = setUp()
    const state = [testPacket(8), testPacket(9, { exchange: 8 }), testPacket(10, { exchange: 0 })]
    cache.want(OWNER, { packets: [], exchangesOf: [9, 10] }, live(1, state))
    expect(asked).toEqual([])
  })
})
