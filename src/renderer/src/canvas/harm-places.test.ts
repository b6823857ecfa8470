import fc from 'fast-check'
import { expect, it } from 'vitest'
import { overlaps, type Rect } from './geometry'
import { harmPlace } from './harm-places'

const MARK = { words: 'lost, sent again ×3', times: '×3', isBeside: false }
const AT = { x: 100, y: 100 }

/** A rectangle over all places that a mark of this text may take below the packet. */
const BELOW: Rect = { x: 0, y: 110, width: 300, height: 30 }
const ABOVE: Rect = { x: 0, y: 60, width: 300, height: 30 }

it('stands below its packet with its words, between the ends of the link', () => {
  const left = harmPlace(AT, 0, MARK, [])
  const right = harmPlace(AT, 1, MARK, [])
  expect(left).toMatchObject({ text: MARK.words, rect: { x: 100, y: 111 } })
  expect(right?.rect.x).toBe(100 - (right?.rect.width ?? 0))
})

it('leaves out its words, goes above, and stands beside, as others take its places', () => {
  const narrow: Rect = { x: 150, y: 110, width: 40, height: 30 }
  expect(harmPlace(AT, 0, MARK, [narrow])).toMatchObject({ text: '×3', rect: { y: 111 } })
  expect(harmPlace(AT, 0, MARK, [BELOW])).toMatchObject({ text: MARK.words, rect: { y: 69 } })
  expect(harmPlace(AT, 0, MARK, [BELOW, ABOVE])).toMatchObject({ text: '', rect: { x: 109 } })
  expect(harmPlace(AT, 0, MARK, [{ x: 0, y: 0, width: 300, height: 300 }])).toBeUndefined()
})

it('lies over no other mark, wherever the packets are', () => {
  const anyPacket = fc.record({
    at: fc.record({ x: fc.nat(400), y: fc.nat(300) }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    isBeside: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(anyPacket, { maxLength: 12 }), (packets) => {
      const taken: Rect[] = []
      for (const { at, part, isBeside } of packets) {
        const place = harmPlace(at, part, { ...MARK, isBeside }, taken)
        if (place === undefined) continue
        expect(taken.some((rect) => overlaps(rect, place.rect))).toBe(false)
        taken.push(place.rect)
      }
    }),
    { seed: 20_261_129 },
  )
})
