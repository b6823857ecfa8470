import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginSmooth, failSmoothly, pickSmoothly, weighSmoothly } from './smooth'
import { weighted } from './testing'

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('pick', 'pick', 'pick', 'fail', 'weigh'),
    /** Which servers can be chosen, as bits; or which server, and which part of its weight counts. */
    which: fc.integer({ min: 1, max: 31 }),
    part: fc.integer({ min: 1, max: 1_024 }),
  }),
  { maxLength: 80 },
)

it('current weights sum up to 0, exactly, whoever is skipped, fails or starts slowly', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), (story, maxFails) => {
      const full = { a: 5, b: 3, c: 1, d: 1, e: 9 }
      const members = weighted(full)
      let smooth = beginSmooth(members)
      for (const { what, which, part } of story) {
        const member = members[which % members.length]
        if (member === undefined) continue
        if (what === 'fail') smooth = failSmoothly(smooth, member, maxFails)
        else if (what === 'weigh') {
          member.weight = (member.settings.weight * part) / 1_024
          smooth = weighSmoothly(members, smooth)
        } else {
          const available = members.filter((_, place) => (which >> place) & 1)
          const pick = pickSmoothly(smooth, smooth.placesOf(available))
          smooth = pick.smooth
          expect(available).toContain(members[pick.place])
        }
        expect(smooth.current.reduce((sum, current) => sum + current, 0)).toBe(0)
        for (const [place, share] of smooth.effective.entries()) {
          expect(share).toBeLessThanOrEqual(smooth.weights[place] ?? 0)
        }
      }
    }),
  )
})
