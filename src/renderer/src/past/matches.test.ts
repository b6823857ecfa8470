import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseFilter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { setFilter } from '../lab/filter'
import { useLab } from '../lab/lab'
import { testPackets, testState } from '../lab/testing'
import type { History, Query } from './history/history'
import { matchCount, type Searching, startMatches, useMatches, useOrder } from './matches'
import { usePast } from './past'

/** A history of packets 1 to `size`, whose searches finish when the test says so. */
class FakeHistory implements Pick<History, 'extent' | 'find'> {
  readonly asked: Query[] = []
  private answers: ((error?: Error) => void)[] = []

  constructor(public size: number) {}

  get extent() {
    return { from: 0, to: 0, firstSeq: 1, lastSeq: this.size * 2, packets: this.size }
  }

  find(query: Query): Promise<Uint32Array> {
    this.asked.push(query)
    return new Promise((resolve, reject) => {
      this.answers.push((error) => (error ? reject(error) : resolve(this.plain(query))))
    })
  }

  async answer(error?: Error): Promise<void> {
    this.answers.shift()?.(error)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }

  private plain({ filter, after, sort }: Query): Uint32Array {
    const parsed = parseFilter(filter)
    if (!parsed.ok) throw new Error(parsed.error)
    const state = testState(testPackets(1, this.size))
    const ids = [...state.packets]
      .filter((packet) => packet.id > after && parsed.filter.matches(factsOf(packet, state)))
      .map(({ id }) => id)
    return Uint32Array.from(sort.descending ? ids.reverse() : ids)
  }
}

let tell: () => void
let nowMs: number
let waiting: { task: () => void; at: number }[]
let stop: (() => void) | undefined

function start(history: FakeHistory): void {
  const searching: Searching = {
    history: async () => history,
    onState: (listener) => {
      tell = listener
      return () => {}
    },
    now: () => nowMs,
    later: (task, ms) => {
      const one = { task, at: nowMs + ms }
      waiting.push(one)
      return () => {
        waiting = waiting.filter((other) => other !== one)
      }
    },
  }
  stop = startMatches(searching)
}

async function pass(ms: number): Promise<void> {
  nowMs += ms
  const due = waiting.filter(({ at }) => at <= nowMs)
  waiting = waiting.filter(({ at }) => at > nowMs)
  for (const { task } of due) task()
  await settle()
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

/** Sets a state with the packets `from` to `to`. */
async function show(from: number, to: number, firstPacket = 0): Promise<void> {
  useLab.setState({ state: testState(testPackets(from, to), { firstPacket, seq: to * 2 }) })
  tell()
  await settle()
}

function shown(): number[] {
  const { matches } = useMatches.getState()
  if (!matches) return []
  const { ids } = matches
  return ids.kind === 'byId' ? [...ids.older, ...ids.recent] : [...ids.ids]
}

/** The ids of client 1's packets, up to this one. */
function ofClientOne(upTo: number, after = 0): number[] {
  const ids: number[] = []
  for (let id = 1; id <= upTo; id += 3) if (id > after) ids.push(id)
  return ids
}

beforeEach(() => {
  nowMs = 0
  waiting = []
  useLab.setState({ state: INITIAL_STATE })
  useOrder.setState({ key: 'id', descending: true })
  setFilter('')
})
afterEach(() => {
  stop?.()
  stop = undefined
  usePast.setState({ view: 'now' })
})

it('does nothing without a filter, in the order of sending', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  expect(useMatches.getState().matches).toBeUndefined()
  expect(history.asked).toEqual([])
})

it('finds in the state what is in the state, and asks no history', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(1, 30)
  setFilter('client:1')
  expect(shown()).toEqual(ofClientOne(30))
  await show(1, 34)
  expect(shown()).toEqual(ofClientOne(34))
  expect(history.asked).toEqual([])
})

it('shows the newest matches at once, and older ones when the history has found them', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  setFilter('client:1')
  expect(shown()).toEqual(ofClientOne(100, 49))
  await settle()
  expect(useMatches.getState().done).toBe(0)
  await history.answer()
  expect(shown()).toEqual(ofClientOne(100))
  expect(useMatches.getState().done).toBeUndefined()
})

it('needs no second search for packets that it has seen pass', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  setFilter('client:1')
  await settle()
  await show(60, 110)
  await history.answer()
  await show(90, 140)
  await show(130, 180)
  expect(shown()).toEqual(ofClientOne(180))
  expect(history.asked.length).toBe(1)
})

it('searches again after a gap, but not sooner than twice a second', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  setFilter('client:1')
  await settle()
  await history.answer()
  history.size = 400
  await show(350, 400)
  expect(history.asked.length).toBe(1)
  await pass(499)
  expect(history.asked.length).toBe(1)
  await pass(1)
  expect(history.asked.length).toBe(2)
  await history.answer()
  expect(shown()).toEqual(ofClientOne(400))
})

it('forgets a search whose filter was changed meanwhile', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  setFilter('client:1')
  await settle()
  setFilter('client:2')
  await settle()
  await history.answer()
  expect(history.asked.map(({ filter }) => filter)).toEqual(['client:1', 'client:2'])
  expect(shown()[0]).toBeGreaterThan(49)
  await history.answer()
  expect(shown()[0]).toBe(2)
})

it('lists the packets since the last reset only', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100, 20)
  setFilter('client:1')
  await settle()
  await history.answer()
  expect(history.asked[0]?.after).toBe(20)
  expect(shown()).toEqual(ofClientOne(100, 20))
  await show(50, 100, 70)
  expect(shown()).toEqual(ofClientOne(100, 70))
})

it('sorts what the state has by itself, not too often, and lets the history sort what it has not', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(1, 9)
  useOrder.setState({ key: 'from', descending: false }, true)
  expect(shown()).toEqual([3, 6, 9, 1, 4, 7, 2, 5, 8])
  useOrder.setState({ key: 'from', descending: true }, true)
  expect(shown()).toEqual([2, 5, 8, 1, 4, 7, 3, 6, 9])
  await show(1, 12)
  expect(shown().length).toBe(9)
  await pass(500)
  expect(shown().length).toBe(12)
  await show(50, 100)
  await pass(500)
  expect(history.asked[0]).toMatchObject({ filter: '', sort: { key: 'from', descending: true } })
  await history.answer()
  expect(shown().length).toBe(100)
})

it('asks for the past as it stood, at each of its moments', async () => {
  const history = new FakeHistory(100)
  start(history)
  usePast.setState({ view: 'past' })
  await show(50, 90)
  setFilter('client:1')
  await settle()
  await history.answer()
  await show(50, 80)
  await pass(500)
  expect(history.asked.map(({ asOf }) => asOf)).toEqual([180, 160])
})

it('says why a search failed, keeps what it has, and tries again only when something has changed', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(50, 100)
  setFilter('client:1')
  await settle()
  await history.answer(new Error('The line to the engine is down.'))
  expect(useMatches.getState()).toMatchObject({
    problem: 'The line to the engine is down.',
    done: undefined,
  })
  expect(shown()).toEqual(ofClientOne(100, 49))
  await pass(10_000)
  expect(history.asked.length).toBe(1)
  await show(51, 101)
  await pass(500)
  expect(history.asked.length).toBe(2)
})

it('counts what matched', async () => {
  const history = new FakeHistory(100)
  start(history)
  await show(1, 30)
  setFilter('client:1')
  const { matches } = useMatches.getState()
  expect(matches && matchCount(matches)).toBe(10)
})
