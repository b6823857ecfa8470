import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_READS } from '../../../shared/limits'
import { lengthOf, Reads } from './reads'

describe('the reads of a message', () => {
  it('are untold where it was one read with nothing else in it', () => {
    const reads = new Reads()
    for (const end of [10, 20, 30]) {
      reads.add(10, end)
      expect(reads.take(end, 10)).toBeUndefined()
    }
  })

  it('are told in order, each with its bytes of the message, its own size, and its time', () => {
    const reads = new Reads()
    reads.add(3, 1.00049)
    reads.add(5, 2)
    reads.add(7, 3)
    expect(reads.take(10, 9)).toEqual([
      { bytes: 2, of: 3, at: 1 },
      { bytes: 5, of: 5, at: 2 },
      { bytes: 2, of: 7, at: 3 },
    ])
    expect(reads.take(14, 4)).toEqual([{ bytes: 4, of: 7, at: 3 }])
  })

  it('begin where the last message ended, where its length is not known', () => {
    const reads = new Reads()
    reads.add(10, 1)
    reads.add(20, 2)
    reads.take(4, 4)
    expect(reads.take(30)).toEqual([
      { bytes: 6, of: 10, at: 1 },
      { bytes: 20, of: 20, at: 2 },
    ])
  })

  it('that are very many are told up to a number, the last one for all that follow', () => {
    const reads = new Reads()
    const count = MAX_READS + 50
    for (let read = 1; read <= count; read++) reads.add(1, read)
    const pieces = reads.take(count, count)
    expect(pieces?.length).toBe(MAX_READS)
    expect(pieces?.at(-1)).toEqual({ bytes: 51, of: 51, at: MAX_READS })
  })

  it('have all bytes of every message, however the stream was cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(sizes, sizes, (messages, cuts) => {
        const total = messages.reduce((sum, size) => sum + size, 0)
        const starts: number[] = []
        const reads = new Reads()
        let received = 0
        let taken = 0
        let next = 0
        for (let turn = 0; received < total; turn++) {
          const size = Math.min(cuts[turn % cuts.length] ?? 1, total - received)
          starts.push(received)
          reads.add(size, turn)
          received += size
          for (let length = messages[next]; length && taken + length <= received; ) {
            const start = taken
            taken += length
            const pieces = reads.take(taken, length)
            const isOneRead =
              starts.includes(start) && taken === received && start === received - size
            if (isOneRead) expect(pieces).toBeUndefined()
            else expect(pieces?.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(length)
            const times = pieces?.map(({ at }) => at) ?? []
            expect(times).toEqual([...times].sort((a, b) => a - b))
            length = messages[++next]
          }
        }
        expect(next).toBe(messages.length)
      }),
    )
  })
})

it('the length of a fault that was cut short is not known', () => {
  const fault = { code: 'NOT_JSON', message: '' } as const
  const item = { kind: 'fault', fault, end: 9_000, fatal: false } as const
  expect(lengthOf({ ...item, bytes: new Uint8Array(4_096) })).toBeUndefined()
  expect(lengthOf({ ...item, bytes: new Uint8Array(12) })).toBe(12)
})
