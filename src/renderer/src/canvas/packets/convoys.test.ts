import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeInConvoy } from './convoys'
import { PacketBook } from './packet-book'
import type { PacketRecord } from './packet-table'

const convoy = fc
  .integer({ min: 2, max: 24 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 2 })))

describe('a place in a convoy', () => {
  test('is behind that of the packet in front, until both arrive', () => {
    fc.assert(
      fc.property(convoy, fc.double({ min: 0, max: 0.999, noNaN: true }), ([size, index], way) => {
        const front = placeInConvoy(way, index, size)
        expect(placeInConvoy(way, index + 1, size)).toBeLessThan(front)
        expect(front).toBeLessThanOrEqual(1)
        expect(placeInConvoy(1, index, size)).toBe(1)
      }),
    )
  })

  test('never goes back, and the last packet is where its time says', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(convoy, part, part, ([size, index], one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one]
        expect(placeInConvoy(earlier, index, size)).toBeLessThanOrEqual(
          placeInConvoy(later, index, size) + 1e-9,
        )
        expect(placeInConvoy(one, size - 1, size)).toBe(one)
      }),
    )
  })
})

describe('packets of the book', () => {
  const sent = (more: Partial<PacketRecord> = {}): PacketRecord => ({
    kind: 0,
    link: 1,
    fromProxy: false,
    faint: false,
    legAt: 1000,
    legFrom: 0,
    dueAt: 1600,
    ...more,
  })
  const convoyOf = ({ table }: PacketBook, slot: number | undefined) => [
    table.convoyIndex[slot ?? -1],
    table.convoySize[slot ?? -1],
  ]

  test('that were sent together on one link are a convoy, in the order in which they were sent', () => {
    const book = new PacketBook()
    book.send(1, sent())
    book.send(2, sent({ legAt: 1005, dueAt: 1605 }))
    book.send(3, sent({ fromProxy: true }))
    book.send(4, sent({ link: 2 }))
    book.send(5, sent({ legAt: 1300, dueAt: 1900 }))
    const convoys = [1, 2, 3, 4, 5].map((id) => convoyOf(book, book.slotOf(id)))
    expect(convoys).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
      [0, 1],
      [0, 1],
    ])
  })

  test('that are held stand in a queue instead', () => {
    const book = new PacketBook()
    book.send(1, sent())
    book.send(2, sent())
    book.hold(1, 1300, 0.5, true)
    expect(convoyOf(book, book.slotOf(1))).toEqual([0, 1])
  })

  test('are told to the worker with their convoys', () => {
    const book = new PacketBook()
    book.send(1, sent())
    book.takeChanges()
    book.send(2, sent())
    const copy = new PacketBook().table
    copy.apply(book.takeChanges())
    expect([...copy.convoyIndex.slice(0, 2)]).toEqual([0, 1])
    expect([...copy.convoySize.slice(0, 2)]).toEqual([2, 2])
  })
})
