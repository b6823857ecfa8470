import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PacketBook } from './packet-book'
import { type PacketRecord, PacketTable } from './packet-table'

const record: PacketRecord = {
  kind: 0,
  link: 1,
  fromProxy: false,
  faint: false,
  legAt: 0,
  legFrom: 0,
  dueAt: 600,
}

type Step =
  | { do: 'send' | 'end' | 'hold' | 'release' | 'faint'; id: number }
  | { do: 'flush' }
  | { do: 'clear' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), id: fc.nat(30) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), id: fc.nat(30) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('hold' as const, 'release' as const, 'faint' as const),
        id: fc.nat(30),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'flush' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'clear' as const }) },
  ),
  { maxLength: 200 },
)

test('the book holds what was sent and has not ended, and the other side draws the same', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const capacity = 10
      const book = new PacketBook(capacity)
      const drawn = new PacketTable(capacity)
      const live = new Set<number>()
      let now = 0
      for (const step of all) {
        now++
        if (step.do === 'send') {
          book.send(step.id, { ...record, link: step.id })
          live.add(step.id)
        } else if (step.do === 'end') {
          book.end(step.id)
          live.delete(step.id)
        } else if (step.do === 'hold') book.hold(step.id, now, 0.5, true)
        else if (step.do === 'release') book.release(step.id, now, now + 300)
        else if (step.do === 'faint') book.setFaint(step.id, now % 2 === 0)
        else if (step.do === 'clear') {
          book.clear()
          live.clear()
        } else {
          book.lineUp()
          drawn.apply(book.takeChanges())
        }
        expect(new Set(book.liveIds())).toEqual(live)
        expect(book.size).toBe(live.size)
        expect(book.table.count + book.notDrawn).toBe(live.size)
      }
      book.lineUp()
      drawn.apply(book.takeChanges())
      expect(drawn.count).toBe(book.table.count)
      expect(drawn.held).toBe(book.table.held)
      const slots = [...live].flatMap((id) => book.slotOf(id) ?? [])
      expect(slots.map((slot) => drawn.link[slot])).toEqual(
        [...live].filter((id) => book.slotOf(id) !== undefined),
      )
      expect(new Set(slots).size).toBe(slots.length)
      for (const column of ['look', 'legAt', 'legFrom', 'dueAt'] as const) {
        expect(slots.map((slot) => drawn[column][slot])).toEqual(
          slots.map((slot) => book.table[column][slot]),
        )
      }

      const anew = new PacketTable(capacity)
      anew.apply(book.everything())
      expect(slots.map((slot) => anew.link[slot])).toEqual(slots.map((slot) => drawn.link[slot]))
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('a packet that came and went between two frames was never seen', () => {
  const book = new PacketBook()
  book.send(1, record)
  book.send(2, record)
  expect(book.end(1)).toMatchObject({ link: 1, unseen: true })
  book.takeChanges()
  expect(book.end(2)).toMatchObject({ unseen: false })
})

test('past the number that is drawn, packets are counted and not drawn', () => {
  const book = new PacketBook(2)
  for (const id of [1, 2, 3, 4]) book.send(id, record)
  expect(book.notDrawn).toBe(2)
  expect(book.slotOf(3)).toBeUndefined()
  book.end(3)
  expect(book.notDrawn).toBe(1)
  book.end(1)
  book.send(5, record)
  expect(book.slotOf(5)).toBeDefined()
  expect(book.size).toBe(3)
})

function placesOf(book: PacketBook, ...ids: number[]): (number | undefined)[] {
  book.lineUp()
  return ids.map((id) => book.table.legFrom[book.slotOf(id) ?? -1])
}

test('those that wait stand behind the one that is held, and move up when it has gone', () => {
  const book = new PacketBook()
  for (const id of [1, 2, 3]) book.send(id, record)
  for (const id of [1, 2, 3]) book.hold(id, 300 + id, 0.5, id === 1)
  const [first = 0, second = 0, third = 0] = placesOf(book, 1, 2, 3)
  expect(first).toBe(0.5)
  expect(second).toBeLessThan(first)
  expect(third).toBeLessThan(second)
  book.end(1)
  expect(placesOf(book, 2, 3)).toEqual([0.5, expect.closeTo(second)])
})

test('a queue that goes on as a whole goes on from where it stood', () => {
  const book = new PacketBook()
  for (const id of [1, 2]) book.send(id, record)
  for (const id of [1, 2]) book.hold(id, 300, 0.5, id === 1)
  const stood = placesOf(book, 1, 2)
  for (const id of [1, 2]) book.release(id, 900, 1200)
  expect(placesOf(book, 1, 2)).toEqual(stood)
  expect(book.table.held).toBe(0)
})

test('the two directions of a link, and other links, do not wait for one another', () => {
  const book = new PacketBook()
  book.send(1, record)
  book.send(2, { ...record, fromProxy: true })
  book.send(3, { ...record, link: 2 })
  for (const id of [1, 2, 3]) book.hold(id, 300, 0.5, true)
  expect(placesOf(book, 1, 2, 3)).toEqual([0.5, 0.5, 0.5])
})
