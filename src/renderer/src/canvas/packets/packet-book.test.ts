import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PacketBook } from './packet-book'
import { type PacketRecord, PacketTable } from './packet-table'

const record: PacketRecord = {
  kind: 0,
  link: 1,
  fromProxy: false,
  sentAt: 0,
  dueAt: 600,
}

type Step = { do: 'send' | 'end'; id: number } | { do: 'flush' } | { do: 'clear' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), id: fc.nat(30) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), id: fc.nat(30) }) },
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
      for (const step of all) {
        if (step.do === 'send') {
          book.send(step.id, { ...record, link: step.id })
          live.add(step.id)
        } else if (step.do === 'end') {
          book.end(step.id)
          live.delete(step.id)
        } else if (step.do === 'clear') {
          book.clear()
          live.clear()
        } else drawn.apply(book.takeChanges())
        expect(new Set(book.liveIds())).toEqual(live)
        expect(book.size).toBe(live.size)
        expect(book.table.count + book.notDrawn).toBe(live.size)
      }
      drawn.apply(book.takeChanges())
      expect(drawn.count).toBe(book.table.count)
      const slots = [...live].flatMap((id) => book.slotOf(id) ?? [])
      expect(slots.map((slot) => drawn.link[slot])).toEqual(
        [...live].filter((id) => book.slotOf(id) !== undefined),
      )
      expect(new Set(slots).size).toBe(slots.length)

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
