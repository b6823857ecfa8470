import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testPackets, testState } from '../lab/testing'
import { type ListRows, rowsOf } from './rows'

function idsOf(rows: ListRows): (number | undefined)[] {
  return Array.from({ length: rows.count }, (_, row) => rows.idAt(row))
}

const state = testState(testPackets(41, 60), { firstPacket: 10 })
const newestFirst = { key: 'id', descending: true } as const

it('lists the whole session, also what the state has forgotten, the newest first', () => {
  const rows = rowsOf(state, newestFirst, undefined, undefined)
  expect(rows.count).toBe(50)
  expect([rows.idAt(0), rows.idAt(49), rows.idAt(50), rows.idAt(-1)]).toEqual([
    60,
    11,
    undefined,
    undefined,
  ])
})

it('stands still up to a packet, and counts the newer ones', () => {
  const rows = rowsOf(state, newestFirst, undefined, 55)
  expect([rows.idAt(0), rows.newer]).toEqual([55, 5])
})

it('lists nothing in another order until it has been found', () => {
  expect(rowsOf(state, { key: 'size', descending: true }, undefined, undefined).count).toBe(0)
})

const rising = fc
  .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 40 })
  .map((ids) => ids.sort((a, b) => a - b))

it('finds for each packet the row that it stands in, and no row for the others', () => {
  const listed = fc.oneof(
    fc
      .record({ ids: rising, cut: fc.nat(80), descending: fc.boolean(), upTo: fc.nat(90) })
      .map(({ ids, cut, descending, upTo }) => {
        const older = Uint32Array.from(ids.filter((id) => id <= cut))
        const recent = Uint32Array.from(ids.filter((id) => id > cut))
        const expected = ids.filter((id) => id <= upTo)
        const matches = { ids: { kind: 'byId' as const, older, recent } }
        const rows = rowsOf(state, { key: 'id', descending }, matches, upTo)
        expect(rows.newer).toBe(ids.length - expected.length)
        return { rows, expected: descending ? expected.reverse() : expected }
      }),
    rising.map((ids) => {
      const expected = ids.map((id) => (id * 37) % 81)
      const matches = { ids: { kind: 'inOrder' as const, ids: Uint32Array.from(expected) } }
      const rows = rowsOf(state, { key: 'size', descending: false }, matches, undefined)
      return { rows, expected }
    }),
    fc
      .record({ descending: fc.boolean(), upTo: fc.option(fc.nat(70), { nil: undefined }) })
      .map(({ descending, upTo }) => {
        const expected = Array.from({ length: 50 }, (_, index) => index + 11).filter(
          (id) => upTo === undefined || id <= upTo,
        )
        const rows = rowsOf(state, { key: 'id', descending }, undefined, upTo)
        return { rows, expected: descending ? expected.reverse() : expected }
      }),
  )
  fc.assert(
    fc.property(listed, ({ rows, expected }) => {
      expect(idsOf(rows)).toEqual(expected)
      for (let id = 0; id <= 90; id++) expect(rows.rowOf(id)).toBe(expected.indexOf(id))
    }),
  )
})
