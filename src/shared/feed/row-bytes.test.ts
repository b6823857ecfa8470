import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tellRealStory } from '../../../tests/support/stories'
import { KINDS } from './event-kinds'
import { encodeEvents, splitFrame } from './frame'
import { RowReader } from './row-bytes'
import { rowProblem } from './rows'

const LISTS = 2

/** The rows in these bytes; undefined: one is not valid, or not written as this version writes it. */
function read(bytes: Uint8Array, count: number, lists = LISTS): unknown[] | undefined {
  const reader = new RowReader(bytes, 0, lists)
  const rows: unknown[] = []
  for (let index = 0; index < count; index++) {
    if (index > 0 && !reader.passComma()) return undefined
    const row = reader.read()
    if (row === undefined) return undefined
    rows.push([...row])
  }
  return reader.at === bytes.length ? rows : undefined
}

describe('rows that are read from their bytes', () => {
  it('are those of their JSON', async () => {
    const { events } = await tellRealStory(3)
    const { header } = splitFrame(encodeEvents(1, 0, events))
    const { rows, lists } = header as { rows: unknown[]; lists: unknown[] }
    const bytes = new TextEncoder().encode(JSON.stringify(rows).slice(1, -1))
    expect(read(bytes, rows.length, lists.length)).toEqual(rows)
  })

  const values = fc.constantFrom(
    ...['0', '7', '01', '-1', '-0', '0.5', '1e3', '1e999', '4294967295', '4294967296', '""'],
    ...['"proxy"', '"a\\u0062"', '"\\"],["', '"\u0001"', '"é"', '"\ufeff"', 'null', 'true', '[]'],
    ...['[[]]', '{}', '{"a":1}', ' 1', '1 ', '\ufeff1', '', ']', '}', '"', '9007199254740993'],
    ...['{"by":"random","drawn":1}', '[{"server":"1","why":"down"}]', '65536', '"lost"', '0.25'],
  )

  /** The number of a kind, and as many values as its rows have. */
  const kindsAndFields = fc.nat(KINDS.length - 1).chain((kind) => {
    const length = 1 + (KINDS[kind]?.names.length ?? 0)
    return fc.tuple(fc.constant(kind), fc.array(values, { minLength: length, maxLength: length }))
  })

  it('are valid only if their JSON is, and then the same', () => {
    let valid = 0
    fc.assert(
      fc.property(kindsAndFields, ([kind, fields]) => {
        const text = `[${[kind, ...fields].join(',')}]`
        const rows = read(new TextEncoder().encode(text), 1)
        if (rows === undefined) return
        valid++
        const parsed = JSON.parse(text)
        expect(rows).toEqual([parsed])
        expect(rowProblem(parsed, LISTS)).toBeUndefined()
      }),
      { numRuns: 10_000 },
    )
    expect(valid).toBeGreaterThan(50)
  })
})
